import { element } from './dom.js';

/** Discord's types of commands that are found in a menu, not in the list of `/`. */
export const PersonMenu = 2;
export const MessageMenu = 3;

/** The bot's commands for a message or a person: opened by a button beside it, which is there only where there are such commands. */
export class AppMenu {
  /**
   * @param list What holds the messages; it says in `data-menus` which menus there are.
   * @param use Sends a command on a message or person.
   */
  constructor(list, use) {
    this.list = list;
    this.use = use;
    this.commands = [];
    document.addEventListener('click', event => {
      if (!event.target.closest('.app-menu, .opens-menu')) this.close();
    });
    window.addEventListener('resize', () => this.close());
    list.parentElement.addEventListener('scroll', () => this.close());
  }

  setCommands(commands) {
    this.close();
    this.commands = commands.filter(command => command.type !== 1);
    this.list.dataset.menus = [...new Set(this.commands.map(command => command.type))].join(' ');
  }

  /** A button that opens the menu of a message or person. */
  button(type, target, name) {
    return element('button', {
      type: 'button',
      class: 'opens-menu ' + (type === MessageMenu ? 'message-menu' : 'person-menu'),
      'aria-label': 'Apps for ' + name,
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      title: 'Apps',
      onclick: event => this.toggle(type, target, event.currentTarget),
    }, type === MessageMenu ? '⋯' : '▾');
  }

  toggle(type, target, opener) {
    const isOpen = this.opener === opener;
    this.close();
    if (isOpen) return;
    this.opener = opener;
    opener.setAttribute('aria-expanded', 'true');
    this.box = element('ul', { class: 'app-menu', role: 'menu', 'aria-label': opener.getAttribute('aria-label'), onkeydown: event => this.key(event) },
      ...this.commands.filter(command => command.type === type).map(command => element('li', { role: 'none' },
        element('button', { type: 'button', role: 'menuitem', 'data-menu-command': command.name, onclick: () => this.pick(command, target) }, command.name))));
    document.body.append(this.box);
    this.place(opener.getBoundingClientRect());
    this.box.querySelector('button').focus();
  }

  /** Below the button, or above it where there is no room; within the window. */
  place(at) {
    const { width, height } = this.box.getBoundingClientRect();
    const top = at.bottom + 4 + height > innerHeight ? at.top - 4 - height : at.bottom + 4;
    this.box.style.top = Math.max(8, top) + 'px';
    this.box.style.left = Math.max(8, Math.min(at.left, innerWidth - width - 8)) + 'px';
  }

  pick(command, target) {
    this.close();
    this.use({ type: 2, command: command.name, command_type: command.type, target });
  }

  key(event) {
    const items = [...this.box.querySelectorAll('button')];
    const step = { ArrowDown: 1, ArrowUp: items.length - 1 }[event.key];
    if (step) {
      items[(items.indexOf(document.activeElement) + step) % items.length].focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      this.opener.focus();
      this.close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  close() {
    this.opener?.setAttribute('aria-expanded', 'false');
    this.box?.remove();
    this.opener = this.box = null;
  }
}
