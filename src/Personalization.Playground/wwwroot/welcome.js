import { element } from './dom.js';

const starts = [
  { command: 'rank', options: {}, label: 'Choose between two pictures', text: 'Each choice teaches the bot your taste.' },
  { command: 'imagine', options: { prompt: 'a red fox in the snow' }, label: 'Imagine a red fox in the snow', text: 'Four pictures of any prompt.' },
  { command: 'explore', options: {}, label: 'See what others made', text: 'Likes teach the bot, too.' },
];

/**
 * The top of a channel: what the bot is for, and a button for each command to begin with that it has.
 * @param name Such as #pictures.
 * @param commands Null while they are not known.
 */
export function welcome(name, commands, send) {
  const isWithout = commands?.length === 0;
  return element('section', { class: 'welcome', 'aria-label': 'Welcome' },
    element('img', { src: '/assets/welcome.webp', alt: 'Four paintings of a red fox in the snow', width: 320, height: 320 }),
    element('div', {},
      element('h2', {}, 'Welcome to ' + name),
      element('p', {}, isWithout ? 'The bot has no commands for you here.' : 'A bot that learns which pictures you like. Begin here, or type / for all its commands.'),
      element('div', { class: 'starts' }, ...starts.filter(start => commands?.some(command => command.type === 1 && command.name === start.command)).map(start =>
        element('button', { type: 'button', class: 'start', 'data-start': start.command, onclick: () => send({ type: 2, command: start.command, options: start.options }) },
          element('strong', {}, start.label), element('small', {}, start.text))))));
}
