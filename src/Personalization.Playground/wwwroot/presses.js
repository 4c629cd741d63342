/** Pressed buttons that wait for the bot, by interaction. */
export class Presses {
  constructor() {
    this.waiting = new Map();
    /** Interactions that were done before the page knew their number; only the latest matter. */
    this.finished = new Set();
  }

  /** Marks a button as pressed. Not disabled, which would take the focus from it. */
  begin(control) {
    control.classList.add('loading');
    control.setAttribute('aria-disabled', 'true');
  }

  isWaiting(control) {
    return control.classList.contains('loading');
  }

  release(control) {
    control.classList.remove('loading');
    control.removeAttribute('aria-disabled');
  }

  wait(interaction, control) {
    this.waiting.set(interaction, control);
    // The answer may have been faster than the request's own reply.
    if (this.finished.delete(interaction)) this.settle(interaction);
  }

  settle(interaction) {
    const control = this.waiting.get(interaction);
    if (control) this.release(control);
    else this.remember(interaction);
    this.waiting.delete(interaction);
  }

  remember(interaction) {
    this.finished.add(interaction);
    if (this.finished.size > 50) this.finished.delete(this.finished.values().next().value);
  }
}
