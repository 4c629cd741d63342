import { element } from './dom.js';

const MaxTextLength = 6000;
const MaxFileBytes = 10 * 1024 * 1024;

// Discord's types of options.
const WholeNumber = 4;
const Flag = 5;
const Decimal = 10;
const Attachment = 11;

/** A command's or option's description in the browser's language, where the bot has it. */
export function description(item) {
  const others = item.description_localizations ?? {};
  return others[navigator.language] ?? others[navigator.language.split('-')[0]] ?? item.description;
}

/** A file as the playground takes it: its content in Base64. */
export function sendable(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve({ name: file.name, content_type: file.type || 'application/octet-stream', data: reader.result.slice(reader.result.indexOf(',') + 1) });
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/** One option of a command: written, chosen from a list, or a file. */
export class OptionField {
  constructor(option, choices) {
    this.option = option;
    this.input = this.draw(option.type === Flag ? [{ name: 'True', value: true }, { name: 'False', value: false }] : choices.ofOption(option));
    this.label = element('label', { class: 'option' }, element('span', { class: 'option-name' }, option.name), this.input);
  }

  /** People, channels and roles are chosen from a list even where there are none. */
  draw(choices) {
    const properties = { 'data-option': this.option.name, 'aria-label': this.option.name + ': ' + description(this.option) };
    if (this.option.type === Attachment) return element('input', { ...properties, type: 'file' });
    if (choices.length === 0 && ![6, 7, 8, 9].includes(this.option.type)) return element('textarea', { ...properties, rows: '1', spellcheck: 'false' });
    return element('select', properties, element('option', { value: '' }, ''), ...choices.map(choice => element('option', { value: String(choice.value) }, choice.name)));
  }

  get isEmpty() {
    return this.input.value === '';
  }

  /** What the bot gets: a text, a number, true or false, an id, or a file. */
  get value() {
    const { type } = this.option;
    if (type === Attachment) return this.input.files[0];
    if (type === Flag) return this.input.value === 'true';
    return type === WholeNumber || type === Decimal ? Number(this.input.value) : this.input.value;
  }

  /** What is wrong with it, or null. */
  get problem() {
    const { name, type, required, max_length: longest = MaxTextLength } = this.option;
    if (required && this.input.value.trim() === '') return `${name}: this option is required`;
    if (this.isEmpty) return null;
    if (type === Attachment) return this.value.size > MaxFileBytes ? `${name}: takes a file of at most ${MaxFileBytes / 1024 / 1024} MiB` : null;
    if (this.input.value.length > longest) return `${name}: ${this.input.value.length} characters, at most ${longest}`;
    return Number.isNaN(this.value) ? `${name}: takes a number` : null;
  }

  /** What to say below it while it is written. */
  get hint() {
    const longest = this.option.max_length ?? MaxTextLength;
    const isTooLong = this.input.tagName === 'TEXTAREA' && this.input.value.length > longest;
    return [isTooLong ? `${this.input.value.length} of at most ${longest} characters` : description(this.option), isTooLong];
  }

  set isWrong(isWrong) {
    this.label.classList.toggle('wrong', isWrong);
  }

  /** What was filled in, to be put back with {@link fill}. */
  get content() {
    return this.option.type === Attachment ? this.input.files : this.input.value;
  }

  fill(content) {
    if (content instanceof FileList) this.input.files = content;
    else if (this.option.type !== Attachment) this.input.value = content;
    this.grow();
  }

  grow() {
    if (this.input.tagName !== 'TEXTAREA') return;
    this.input.style.height = 'auto';
    this.input.style.height = Math.min(this.input.scrollHeight, 200) + 'px';
  }
}
