import { element, safeUrl } from './dom.js';
import { markdown } from './markdown.js';
import { MessageMenu, PersonMenu } from './menus.js';

const Ephemeral = 64;
const Thinking = 128;
/** Discord's type of messages that answer a command of a menu. */
const FromMenu = 23;
const ComponentsV2 = 32768;
const ButtonStyles = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger', 5: 'link' };

const colours = ['#5865f2', '#3ba55d', '#faa61a', '#ed4245', '#eb459e', '#00a8fc', '#9b59b6'];

/** The playground's files have the address that the bot knew it by; the page may know it by another. */
function fileUrl(url) {
  const safe = safeUrl(url);
  const { pathname } = new URL(safe ?? '', location.href);
  return pathname.startsWith('/cdn/attachments/') ? pathname : safe;
}

/** Whether the first two buttons of a row point at two pictures, to choose one. */
const isPair = ({ components: [one, other] }) =>
  ['⬅️', '⬆️'].includes(one?.emoji?.name) && ['➡️', '⬇️'].includes(other?.emoji?.name);

export const nameOf = user => user.global_name || user.username;

/** A circle with a person's initial: the same colour for the same person. */
export function avatar(user) {
  const circle = element('div', { class: 'avatar', 'aria-hidden': 'true' }, user.bot ? '✦' : nameOf(user)[0].toUpperCase());
  circle.style.background = user.bot ? '#5865f2' : colours[Number(BigInt(user.id) % BigInt(colours.length))];
  return circle;
}

/** Draws messages. */
export class MessageView {
  /**
   * @param names The names of people by their ids.
   * @param choices The people, channels and roles that a select offers.
   * @param menu Makes the buttons that open the bot's menus.
   * @param actions What pressing, choosing, enlarging and dismissing do.
   */
  constructor(names, choices, menu, actions) {
    this.names = names;
    this.choices = choices;
    this.menu = menu;
    this.actions = actions;
  }

  draw(message, previous) {
    const isGrouped = !message.interaction && !(message.flags & Ephemeral) && previous && !(previous.flags & Ephemeral)
      && previous.author.id === message.author.id
      && new Date(message.timestamp) - new Date(previous.timestamp) < 7 * 60 * 1000;
    const article = element('article', {
      class: 'message' + (isGrouped ? ' grouped' : '') + (message.flags & Ephemeral ? ' ephemeral' : ''),
      'data-message-id': message.id,
    });
    if (message.interaction) {
      article.append(element('div', { class: 'used' },
        element('span', { class: 'used-name' }, nameOf(message.interaction.user)), ' used ',
        element('span', { class: 'used-command' }, (message.type === FromMenu ? '' : '/') + message.interaction.name)));
    }
    const body = element('div', { class: 'body' });
    if (!isGrouped) body.append(this.head(message));
    body.append(...this.content(message));
    if (message.flags & Ephemeral) body.append(this.onlyYou(message));
    article.append(isGrouped ? element('div', { class: 'gutter' }) : avatar(message.author), body, this.menu.button(MessageMenu, message.id, 'this message'));
    return article;
  }

  head(message) {
    const time = new Date(message.timestamp);
    return element('div', { class: 'head' },
      element('span', { class: 'author' }, nameOf(message.author)),
      message.author.bot ? element('span', { class: 'badge' }, 'APP') : null,
      this.menu.button(PersonMenu, message.author.id, nameOf(message.author)),
      element('time', { datetime: message.timestamp, title: time.toLocaleString() },
        time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })));
  }

  content(message) {
    if (message.flags & Thinking) {
      return [element('div', { class: 'thinking', role: 'status' },
        element('span', { class: 'dots', 'aria-hidden': 'true' }, element('i'), element('i'), element('i')),
        nameOf(message.author) + ' is thinking…')];
    }
    const parts = [];
    if (message.content) parts.push(markdown(message.content, this.names));
    if (!(message.flags & ComponentsV2)) {
      const pictures = message.attachments.filter(file => file.content_type?.startsWith('image/'));
      if (pictures.length) parts.push(this.gallery(pictures.map(file => ({ media: file, description: file.filename }))));
      parts.push(...message.attachments.filter(file => !pictures.includes(file)).map(file => this.file(file)));
      parts.push(...message.embeds.map(embed => this.embed(embed)));
    }
    parts.push(...message.components.map(component => this.component(component, message)));
    return parts;
  }

  onlyYou(message) {
    return element('div', { class: 'only-you' }, '👁 Only you can see this • ',
      element('button', { type: 'button', class: 'plain', onclick: () => this.actions.dismiss(message) }, 'Dismiss message'));
  }

  embed(embed) {
    const box = element('div', { class: 'embed' });
    if (embed.color) box.style.borderColor = '#' + embed.color.toString(16).padStart(6, '0');
    if (embed.title) box.append(element('strong', {}, embed.title));
    if (embed.description) box.append(markdown(embed.description, this.names));
    for (const field of embed.fields ?? []) box.append(element('div', { class: 'field' }, element('strong', {}, field.name), markdown(field.value, this.names)));
    if (embed.image?.url) box.append(this.gallery([{ media: embed.image }]));
    if (embed.footer?.text) box.append(element('small', {}, embed.footer.text));
    return box;
  }

  component(component, message) {
    switch (component.type) {
      case 1: return element('div', { class: isPair(component) ? 'row pair' : 'row' }, ...component.components.map(child => this.component(child, message)));
      case 2: return this.button(component, message);
      case 3: case 5: case 6: case 7: case 8: return this.select(component, message);
      case 9: return element('div', { class: 'section' },
        element('div', {}, ...component.components.map(child => this.component(child, message))),
        this.component(component.accessory, message));
      case 10: return markdown(component.content, this.names);
      case 11: return element('div', { class: 'thumbnail' }, this.picture(component));
      case 12: return this.gallery(component.items);
      case 13: return this.file({ url: component.file.url, filename: decodeURIComponent(component.file.url.split('/').pop()) });
      case 14: return element('hr', { class: component.divider === false ? 'space' : '' });
      case 17: return this.container(component, message);
      default: return element('div', { class: 'unknown' }, `(a component of type ${component.type}, which this playground does not draw)`);
    }
  }

  container(component, message) {
    const box = element('div', { class: 'container' }, ...component.components.map(child => this.component(child, message)));
    if (component.accent_color) box.style.borderLeft = '4px solid #' + component.accent_color.toString(16).padStart(6, '0');
    return box;
  }

  button(button, message) {
    const label = [button.emoji?.name ? element('span', { class: 'emoji' }, button.emoji.name) : null, button.label ?? ''];
    if (button.style === 5) {
      return element('a', { class: 'button link', href: safeUrl(button.url), target: '_blank', rel: 'noopener noreferrer' }, ...label, ' ↗');
    }
    return element('button', {
      type: 'button',
      class: 'button ' + ButtonStyles[button.style],
      'data-custom-id': button.custom_id,
      'aria-label': button.label ? null : button.emoji?.name,
      disabled: button.disabled === true,
      onclick: event => this.actions.press(message, button.custom_id, undefined, event.currentTarget),
    }, ...label);
  }

  select(select, message) {
    const menu = element('select', {
      class: 'select',
      'data-custom-id': select.custom_id,
      disabled: select.disabled === true,
      'aria-label': select.placeholder ?? 'Choose',
      onchange: event => this.actions.press(message, select.custom_id, [event.currentTarget.value], event.currentTarget),
    }, element('option', { value: '', disabled: true, selected: true }, select.placeholder ?? 'Make a selection'));
    for (const { name, value, title } of this.choices.ofSelect(select)) menu.append(element('option', { value, title }, name));
    return menu;
  }

  gallery(items) {
    return element('div', { class: 'gallery n' + items.length }, ...items.map(item => this.picture(item)));
  }

  picture(item) {
    const url = fileUrl(item.media.url);
    const description = item.description ?? '';
    const picture = element('button', {
      type: 'button',
      class: 'picture',
      'aria-label': 'Enlarge: ' + (description || 'picture'),
      onclick: () => this.actions.enlarge(url, description),
    }, element('img', { src: url, alt: description, loading: 'lazy' }));
    if (item.media.width) {
      // The style sheet keeps its room before it has loaded.
      picture.style.setProperty('--width', item.media.width);
      picture.style.setProperty('--height', item.media.height);
    }
    return picture;
  }

  file(file) {
    return element('a', { class: 'file', href: fileUrl(file.url), download: file.filename }, '📄 ', file.filename);
  }
}
