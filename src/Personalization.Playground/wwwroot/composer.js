import { byId, element } from './dom.js';
import { OptionField, description, sendable } from './fields.js';
import { Picker } from './picker.js';

/** The box at the bottom: plain talk, or a command picked with `/` and its options filled in. */
export class Composer {
  /**
   * @param send Sends talk or a command; says what is wrong with it, or nothing.
   * @param ask Gives what the bot suggests for an option.
   * @param choices The people, channels and roles that options are chosen from.
   */
  constructor(send, ask, choices) {
    this.send = send;
    this.ask = ask;
    this.choices = choices;
    this.fields = [];
    this.commands = [];
    this.command = null;
    this.input = byId('composer');
    this.picker = new Picker();
    this.input.addEventListener('input', () => this.typed());
    this.input.addEventListener('keydown', event => this.key(event));
    byId('composer-form').addEventListener('submit', event => {
      event.preventDefault();
      this.submit();
    });
  }

  get isEmpty() {
    return !this.command && this.input.value === '';
  }

  /** @param name Such as #pictures. */
  setChannel(name) {
    this.placeholder = `Message ${name}, or / for commands`;
    this.input.placeholder = this.command ? '' : this.placeholder;
  }

  /** @param commands Of all types; those of menus are not for the box. */
  setCommands(commands) {
    this.commands = commands.filter(command => command.type === 1);
    if (this.input.value.startsWith('/') && !this.picker.isOpen) this.typed();
  }

  matches() {
    const text = this.input.value;
    return text.startsWith('/')
      ? this.commands.filter(command => command.name.startsWith(text.slice(1).split(' ')[0].toLowerCase()))
      : [];
  }

  typed() {
    this.hint('');
    if (this.command) return;
    const found = this.matches();
    // A whole name and a space: the command is chosen, what follows is its first option.
    const words = /^\/(\S+) ([\s\S]*)$/.exec(this.input.value);
    const exact = words && this.commands.find(command => command.name === words[1].toLowerCase());
    if (exact) {
      this.choose(exact, words[2]);
      return;
    }
    this.drawPicker(found);
  }

  drawPicker(found) {
    this.picker.show(found.map(command => ({
      id: 'command-' + command.name,
      properties: { 'data-command': command.name },
      shown: [
        element('div', {}, element('strong', {}, '/' + command.name), ' ',
          ...(command.options ?? []).map(option => element('span', { class: 'option-chip' }, option.name))),
        element('div', { class: 'picker-text' }, description(command)),
      ],
      pick: () => this.choose(command, ''),
    })));
  }

  /** Asks the bot what it suggests for an option; only the latest answer is shown. Of the others, it gets what is right so far, without files. */
  async suggest(field) {
    const question = this.question = {};
    const others = this.fields.filter(other => other !== field && !other.isEmpty && !other.problem && !(other.value instanceof File));
    const options = Object.fromEntries([...others.map(other => [other.option.name, other.value]), [field.option.name, field.input.value]]);
    const choices = await this.ask({ type: 4, command: this.command.name, options, focused: field.option.name });
    if (this.question !== question || document.activeElement !== field.input) return;
    this.picker.show(choices.map((choice, i) => ({
      id: 'choice-' + i,
      properties: { 'data-choice': String(choice.value) },
      shown: [choice.name],
      pick: () => {
        field.fill(String(choice.value));
        this.question = null;
        this.picker.hide();
        field.input.focus();
      },
    })), field.input);
  }

  choose(command, text) {
    this.command = command;
    this.picker.hide();
    const chip = byId('command-chip');
    chip.textContent = '/' + command.name;
    chip.hidden = false;
    this.input.value = '';
    this.input.placeholder = '';
    this.input.hidden = true;
    this.fields = (command.options ?? []).map(option => this.field(option));
    byId('options').replaceChildren(...this.fields.map(field => field.label));
    const [first] = this.fields;
    if (first) {
      first.fill(text);
      first.input.focus();
      this.hint(...first.hint);
    } else {
      this.input.hidden = false;
      this.input.readOnly = true;
      this.input.focus();
      this.hint('Press Enter to send');
    }
  }

  field(option) {
    const field = new OptionField(option, this.choices);
    field.input.addEventListener('keydown', event => this.key(event));
    field.input.addEventListener('focus', () => this.hint(...field.hint));
    field.input.addEventListener('input', () => {
      field.grow();
      field.isWrong = false;
      if (option.autocomplete) this.suggest(field);
      this.hint(...field.hint);
    });
    return field;
  }

  key(event) {
    if (this.picker.key(event)) return;
    if (event.key === 'Escape') {
      this.clear();
    } else if (event.key === 'Backspace' && this.command && event.currentTarget.value === '') {
      event.preventDefault();
      this.clear();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    }
  }

  /** Sends what was written. Cleared at once: what is typed meanwhile is the next message. */
  async submit() {
    const draft = this.read();
    if (!draft) return;
    this.clear();
    const problem = await this.send(await this.complete(draft.body));
    if (!problem) return;
    if (this.isEmpty) this.restore(draft);
    this.hint(problem, true);
  }

  /** What was written, or null where nothing can be sent. */
  read() {
    const text = this.input.value;
    if (!this.command) return text.trim() ? { body: { content: text.trim() }, text } : null;
    const wrong = this.fields.find(field => field.problem);
    if (wrong) {
      wrong.isWrong = true;
      wrong.input.focus();
      this.hint(wrong.problem, true);
      return null;
    }
    const options = Object.fromEntries(this.fields.filter(field => !field.isEmpty).map(field => [field.option.name, field.value]));
    return { body: { type: 2, command: this.command.name, options }, command: this.command, contents: this.fields.map(field => field.content) };
  }

  /** The same with the content of its files. */
  async complete(body) {
    const options = Object.entries(body.options ?? {}).map(async ([name, value]) => [name, value instanceof File ? await sendable(value) : value]);
    return body.options ? { ...body, options: Object.fromEntries(await Promise.all(options)) } : body;
  }

  restore({ command, text, contents }) {
    if (command) this.choose(command, '');
    else this.input.value = text;
    this.fields.forEach((field, i) => field.fill(contents[i]));
  }

  clear() {
    this.command = null;
    this.input.hidden = false;
    this.input.readOnly = false;
    this.input.value = '';
    this.input.placeholder = this.placeholder;
    byId('command-chip').hidden = true;
    this.fields = [];
    byId('options').replaceChildren();
    this.question = null;
    this.picker.hide();
    this.hint('');
    this.input.focus();
  }

  hint(text, isWrong = false) {
    const hint = byId('hint');
    hint.textContent = text;
    hint.classList.toggle('wrong', isWrong);
  }
}
