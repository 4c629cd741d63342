import { byId, element } from './dom.js';

/** The list above the box: the commands that one may mean, or what the bot suggests for an option. */
export class Picker {
  constructor() {
    this.box = byId('picker');
    this.field = byId('composer');
    this.entries = [];
    this.chosen = 0;
  }

  get isOpen() {
    return this.entries.length > 0;
  }

  /**
   * @param entries Each with an id, its properties, what it shows, and what picking it does.
   * @param field The field that is written in.
   */
  show(entries, field = byId('composer')) {
    this.field.removeAttribute('aria-activedescendant');
    this.entries = entries;
    this.field = field;
    this.chosen = 0;
    this.draw();
  }

  hide() {
    if (this.isOpen) this.show([]);
  }

  /** @returns Whether the key was for the list. */
  key(event) {
    if (!this.isOpen || event.shiftKey) return false;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      this.chosen = (this.chosen + (event.key === 'ArrowDown' ? 1 : this.entries.length - 1)) % this.entries.length;
      this.draw();
    } else if (event.key === 'Tab' || event.key === 'Enter') {
      this.entries[this.chosen].pick();
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  }

  draw() {
    this.box.replaceChildren(...this.entries.map((entry, i) => element('div', {
      class: 'picker-item' + (i === this.chosen ? ' chosen' : ''),
      role: 'option',
      id: entry.id,
      'aria-selected': i === this.chosen ? 'true' : 'false',
      ...entry.properties,
      onclick: entry.pick,
    }, ...entry.shown)));
    this.box.hidden = !this.isOpen;
    byId('composer').setAttribute('aria-expanded', String(this.isOpen));
    if (this.isOpen) this.field.setAttribute('aria-activedescendant', this.entries[this.chosen].id);
    this.box.querySelector('.chosen')?.scrollIntoView({ block: 'nearest' });
  }
}
