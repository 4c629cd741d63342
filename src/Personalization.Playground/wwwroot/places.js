import { byId, element } from './dom.js';

const DirectMessage = 1;
const Group = 3;
const PrivateThread = 12;

/** Every channel, thread and conversation that the person sees, each with the server it is in, or null. */
export function channelsOf(state) {
  return [
    ...state.guilds.flatMap(guild => inOrder(guild.channels).map(channel => ({ ...channel, guild }))),
    ...state.conversations.map(channel => ({ ...channel, guild: null })),
  ];
}

/** Channels with their threads below them. */
function inOrder(channels) {
  return channels.filter(channel => !channel.parent_id)
    .flatMap(channel => [channel, ...channels.filter(thread => thread.parent_id === channel.id)]);
}

/** Takes a thread that is new or changed. */
export function takeChannel(state, guild, channel) {
  const channels = state.guilds.find(known => known.id === guild)?.channels ?? [];
  const index = channels.findIndex(known => known.id === channel.id);
  channels.splice(index < 0 ? channels.length : index, index < 0 ? 0 : 1, channel);
}

/** Forgets a thread that the person no longer sees. */
export function dropChannel(state, id) {
  for (const guild of state.guilds) guild.channels = guild.channels.filter(channel => channel.id !== id);
}

/** How a channel is called in text: #pictures, or @Grace. */
export const labelOf = channel => (channel.type === DirectMessage || channel.type === Group ? '@' : '#') + channel.name;

const headingOf = channel => labelOf(channel).replace(/^./, '$& ');

/** Draws the servers at the left, the channels of the one that is open, and the heading. */
export function drawPlaces(state, current, enter) {
  const all = channelsOf(state);
  const place = (guild, content, name) => {
    const isCurrent = guild?.id === current.guild?.id;
    return element('li', {}, element('button', {
      type: 'button',
      class: isCurrent ? 'guild current' : 'guild',
      title: name,
      'aria-label': name,
      'aria-current': isCurrent ? 'true' : null,
      onclick: () => enter(all.find(channel => channel.guild?.id === guild?.id)),
    }, content));
  };
  byId('guilds').replaceChildren(place(null, '💬', 'Direct messages'), ...state.guilds.map(guild => place(guild, guild.name[0], guild.name)));
  byId('guild-name').textContent = current.guild?.name ?? 'Direct messages';
  byId('channel-name').textContent = headingOf(current);
  byId('channel-topic').textContent = current.topic ?? '';
  byId('channels').replaceChildren(...all.filter(channel => channel.guild?.id === current.guild?.id).map(channel => element('li', {},
    element('button', {
      type: 'button',
      class: ['channel', channel.parent_id ? 'thread' : '', channel.id === current.id ? 'current' : ''].filter(Boolean).join(' '),
      'aria-current': channel.id === current.id ? 'true' : null,
      onclick: () => enter(channel),
    },
    channel.parent_id ? (channel.type === PrivateThread ? '🔒 ' : '↳ ') + channel.name : headingOf(channel),
    channel.nsfw ? element('small', { class: 'adults', title: 'Age-restricted' }, '18+') : null))));
}
