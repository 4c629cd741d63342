import { byId, element } from './dom.js';
import { Picker } from './picker.js';

const MaxTextLength = 6000;

// Discord's types of options.
const WholeNumber = 4;
const Flag = 5;
const Decimal = 10;

/** A command's or option's description in the browser's language, where the bot has it. */
function description(item) {
  const others = item.description_localizations ?? {};
  return others[navigator.language] ?? others[navigator.language.split('-')[0]] ?? item.description;
}

function valueOf(option, text) {
  if (option.type === Flag) return text === 'true';
  return option.type === WholeNumber || option.type === Decimal ? Number(text) : text;
}

/** The box at the bottom: plain talk, or a command picked with `/` and its options filled in. */
export class Composer {
  /**
   * @param send Sends talk or a command; says what is wrong with it, or nothing.
   * @param ask Gives what the bot suggests for an option.
   */
  constructor(send, ask) {
    this.send = send;
    this.ask = ask;
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

  setCommands(commands) {
    this.commands = commands;
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

  /** Asks the bot what it suggests for an option; only the latest answer is shown. */
  async suggest(option, field) {
    const question = this.question = {};
    const options = Object.fromEntries((this.command.options ?? []).map(other => [other.name, this.field(other).value]).filter(([name, text]) => text !== '' || name === option.name));
    const choices = await this.ask({ type: 4, command: this.command.name, options, focused: option.name });
    if (this.question !== question || document.activeElement !== field) return;
    this.picker.show(choices.map((choice, i) => ({
      id: 'choice-' + i,
      properties: { 'data-choice': String(choice.value) },
      shown: [choice.name],
      pick: () => {
        field.value = String(choice.value);
        this.question = null;
        this.grow(field);
        this.picker.hide();
        field.focus();
      },
    })), field);
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
    const options = command.options ?? [];
    byId('options').replaceChildren(...options.map((option, i) => this.option(option, i === 0 ? text : '')));
    const first = byId('options').querySelector('textarea, select');
    if (first) {
      first.focus();
      this.grow(first);
      this.hint(description(options[0]));
    } else {
      this.input.hidden = false;
      this.input.readOnly = true;
      this.input.focus();
      this.hint('Press Enter to send');
    }
  }

  option(option, text) {
    const choices = option.type === Flag ? [{ name: 'True', value: true }, { name: 'False', value: false }] : option.choices ?? [];
    const field = choices.length
      ? element('select', { 'data-option': option.name }, element('option', { value: '' }, ''), ...choices.map(choice => element('option', { value: String(choice.value) }, choice.name)))
      : element('textarea', { 'data-option': option.name, rows: '1', spellcheck: 'false', 'aria-label': option.name + ': ' + description(option) });
    field.value = text;
    field.addEventListener('keydown', event => this.key(event));
    field.addEventListener('focus', () => this.hint(description(option)));
    field.addEventListener('input', () => {
      this.grow(field);
      field.closest('.option').classList.remove('wrong');
      const longest = option.max_length ?? MaxTextLength;
      if (option.autocomplete) this.suggest(option, field);
      this.hint(field.value.length > longest ? `${field.value.length} of at most ${longest} characters` : description(option), field.value.length > longest);
    });
    return element('label', { class: 'option' }, element('span', { class: 'option-name' }, option.name), field);
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
    const problem = await this.send(draft.body);
    if (!problem) return;
    if (this.isEmpty) this.restore(draft);
    this.hint(problem, true);
  }

  /** What was written, or null where nothing can be sent. */
  read() {
    const text = this.input.value;
    if (!this.command) return text.trim() ? { body: { content: text.trim() }, text } : null;
    const options = {};
    const texts = {};
    for (const option of this.command.options ?? []) {
      const field = this.field(option);
      const problem = this.problem(option, field.value);
      if (problem) {
        field.closest('.option').classList.add('wrong');
        field.focus();
        this.hint(problem, true);
        return null;
      }
      texts[option.name] = field.value;
      if (field.value !== '') options[option.name] = valueOf(option, field.value);
    }
    return { body: { type: 2, command: this.command.name, options }, command: this.command, texts };
  }

  restore({ command, text, texts }) {
    if (command) this.choose(command, '');
    else this.input.value = text;
    for (const option of command?.options ?? []) {
      const field = this.field(option);
      field.value = texts[option.name];
      this.grow(field);
    }
  }

  field(option) {
    return byId('options').querySelector(`[data-option="${CSS.escape(option.name)}"]`);
  }

  problem(option, value) {
    if (option.required && value.trim() === '') return `${option.name}: this option is required`;
    const longest = option.max_length ?? MaxTextLength;
    if (value.length > longest) return `${option.name}: ${value.length} characters, at most ${longest}`;
    if (value !== '' && (option.type === WholeNumber || option.type === Decimal) && Number.isNaN(Number(value))) return `${option.name}: takes a number`;
    return null;
  }

  clear() {
    this.command = null;
    this.input.hidden = false;
    this.input.readOnly = false;
    this.input.value = '';
    this.input.placeholder = this.placeholder;
    byId('command-chip').hidden = true;
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

  grow(field) {
    if (field.tagName !== 'TEXTAREA') return;
    field.style.height = 'auto';
    field.style.height = Math.min(field.scrollHeight, 200) + 'px';
  }
}
