const keys = { 1: 0, ArrowLeft: 0, 2: 1, ArrowRight: 1, 3: 2 };

/** Has 1, 2, 3 and the arrows press the buttons of the newest pair, while it is in view and no text is being written. */
export function voteByKeys(log, composer) {
  const isWriting = field => field.closest('input, textarea, select') && !(field === composer.input && composer.isEmpty);
  const isInView = row => row.getBoundingClientRect().top < log.getBoundingClientRect().bottom && row.getBoundingClientRect().bottom > log.getBoundingClientRect().top;
  document.addEventListener('keydown', event => {
    const isPlain = !event.repeat && !event.isComposing && !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
    if (!(event.key in keys) || !isPlain || isWriting(event.target) || document.querySelector('.overlay:not([hidden])')) return;
    const pair = [...log.querySelectorAll('.pair')].at(-1);
    if (!pair || !isInView(pair)) return;
    event.preventDefault();
    // One answer to a pair, however fast the keys.
    if (pair.querySelector('.loading')) return;
    pair.querySelectorAll('button')[keys[event.key]]?.click();
  });
}
