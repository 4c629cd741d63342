import { byId, element } from './dom.js';
import { Choices } from './choices.js';
import { AppMenu } from './menus.js';
import { MessageView, avatar, nameOf } from './messages.js';
import { Composer } from './composer.js';
import { enlarge, showModal } from './dialogs.js';
import { channelsOf, drawPlaces, dropChannel, labelOf, takeChannel } from './places.js';
import { Presses } from './presses.js';
import { voteByKeys } from './votes.js';
import { welcome } from './welcome.js';

let state = null;
let channel = null;
let socket = null;
let retry = 500;
const names = new Map();
const presses = new Presses();

const log = byId('messages');
const list = byId('list');
const choices = new Choices();
const menu = new AppMenu(list, start);
const view = new MessageView(names, choices, menu, { press, enlarge, dismiss });
const composer = new Composer(send, suggestions, choices);

async function post(path, body) {
  if (!state) return { problem: 'The playground has not answered yet. Try again in a moment.' };
  const response = await fetch('/playground/' + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: state.person, channel: channel.id, locale: navigator.language, ...body }),
  });
  const answer = await response.json().catch(() => ({}));
  return response.ok ? answer : { problem: answer.message ?? 'The playground did not answer.' };
}

/** Sends talk or a command, whose answer is then in view; what is wrong with it, or nothing. */
async function send(body) {
  isFollowing = true;
  toBottom();
  return (await post(body.type ? 'interactions' : 'messages', body)).problem;
}

/** What the bot suggests for an option that is being typed; nothing where it does not answer. */
async function suggestions(body) {
  return (await post('interactions?wait=true', body)).choices ?? [];
}

async function start(body) {
  composer.input.focus();
  const problem = await send(body);
  if (problem) toast(problem);
}

async function press(message, customId, values, control) {
  if (presses.isWaiting(control)) return;
  presses.begin(control);
  const answer = await post('interactions', { type: 3, message: message.id, custom_id: customId, values });
  if (answer.problem) {
    presses.release(control);
    toast(answer.problem);
  } else {
    presses.wait(answer.interaction, control);
  }
}

async function dismiss(message) {
  await fetch(`/playground/messages/${message.id}?person=${state.person}`, { method: 'DELETE' });
}

function toast(text) {
  const box = byId('toast');
  box.textContent = text;
  box.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => box.hidden = true, 6000);
}

/** Whether the newest message is in view; it stays there while messages, pictures and the window change their size. */
let isFollowing = true;
const toBottom = () => log.scrollTop = log.scrollHeight;
const sizes = new ResizeObserver(() => {
  if (isFollowing) toBottom();
});
sizes.observe(list);
sizes.observe(log);
log.addEventListener('scroll', () => isFollowing = log.scrollHeight - log.scrollTop - log.clientHeight < 80);

function shown() {
  return state.messages.filter(message => message.channel_id === channel.id);
}

/** Asks for the commands of the open channel; only the latest question counts. */
async function loadCommands() {
  const question = loadCommands.latest = {};
  const response = await fetch(`/playground/commands?person=${state.person}&channel=${channel.id}`);
  const commands = response.ok ? await response.json() : [];
  if (loadCommands.latest === question) takeCommands(commands);
}

/** @param commands Null while they are not known. */
function takeCommands(commands) {
  state.commands = commands;
  composer.setCommands(commands ?? []);
  menu.setCommands(commands ?? []);
  list.querySelector('.welcome')?.replaceWith(welcome(labelOf(channel), commands, start));
}

function drawAll() {
  const messages = shown();
  list.replaceChildren(welcome(labelOf(channel), state.commands, start), ...messages.map((message, i) => view.draw(message, messages[i - 1])));
  isFollowing = true;
  toBottom();
}

/** Redraws one message. Pictures that stay are moved to the new element, so that nothing flickers. */
function redraw(message) {
  if (message.channel_id !== channel.id) return;
  const messages = shown();
  const index = messages.findIndex(other => other.id === message.id);
  const old = list.querySelector(`[data-message-id="${message.id}"]`);
  const fresh = view.draw(message, messages[index - 1]);
  if (old) {
    const focused = old.contains(document.activeElement) ? [...old.querySelectorAll('button')].indexOf(document.activeElement) : -1;
    const kept = new Map([...old.querySelectorAll('img')].map(image => [image.src, image]));
    for (const image of fresh.querySelectorAll('img')) {
      const same = kept.get(image.src);
      if (!same) continue;
      same.alt = image.alt;
      image.replaceWith(same);
    }
    old.replaceWith(fresh);
    if (focused >= 0) fresh.querySelectorAll('button')[focused]?.focus();
  } else {
    list.append(fresh);
  }
}

const handlers = {
  message_create: message => {
    if (!state.messages.some(other => other.id === message.id)) state.messages.push(message);
    redraw(message);
  },
  message_update: message => {
    const index = state.messages.findIndex(other => other.id === message.id);
    if (index >= 0) state.messages[index] = message;
    else state.messages.push(message);
    redraw(message);
  },
  message_delete: ({ id }) => {
    state.messages = state.messages.filter(message => message.id !== id);
    list.querySelector(`[data-message-id="${id}"]`)?.remove();
  },
  channel: ({ guild, channel: changed, messages }) => {
    takeChannel(state, guild, changed);
    messages?.forEach(handlers.message_create);
    redrawPlaces();
  },
  channel_gone: ({ id }) => {
    dropChannel(state, id);
    state.messages = state.messages.filter(message => message.channel_id !== id);
    redrawPlaces();
  },
  commands: loadCommands,
  modal: modal => {
    presses.settle(modal.interaction);
    showModal(modal, choices, async fields => (await post('interactions', { type: 5, modal: modal.id, fields })).problem);
  },
  interaction_done: ({ interaction }) => presses.settle(interaction),
  interaction_failed: ({ interaction, message }) => {
    presses.settle(interaction);
    toast(message);
  },
};

/**
 * Hears what happens from now on, and only then asks for what there is: nothing falls between the two.
 * @param person An empty one is the playground's first.
 */
function load(person) {
  const opened = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/playground/live?person=${person}`);
  let early = [];
  socket = opened;
  opened.onopen = async () => {
    const response = await fetch(`/playground/state?person=${person}${channel ? '&channel=' + channel.id : ''}`);
    const fresh = await response.json();
    if (socket !== opened) return;
    retry = 500;
    show(fresh);
    early.forEach(handle);
    early = null;
  };
  opened.onmessage = event => {
    const message = JSON.parse(event.data);
    if (early) early.push(message);
    else if (socket === opened) handle(message);
  };
  opened.onclose = () => {
    if (socket !== opened) return;
    toast('The playground is out of reach; trying again…');
    setTimeout(() => {
      if (socket === opened) load(person);
    }, retry);
    retry = Math.min(retry * 2, 10000);
  };
}

function handle({ type, data }) {
  handlers[type]?.(data);
}

function show(fresh) {
  state = fresh;
  byId('toast').hidden = true;
  channel = channelsOf(state).find(known => known.id === state.channel);
  names.clear();
  names.set(state.application.id, state.application.name);
  for (const user of state.people) names.set(user.id, nameOf(user));
  loadCommands.latest = null;
  drawFrame();
  drawAll();
}

function drawFrame() {
  drawPlaces(state, channel, enter);
  choices.setPlace(names, channelsOf(state), channel);
  composer.setChannel(labelOf(channel));
  takeCommands(state.commands);
  const me = state.people.find(user => user.id === state.person);
  document.title = `${labelOf(channel)} | Playground`;
  byId('me').replaceChildren(avatar(me), element('span', {}, element('strong', {}, nameOf(me)), element('small', {}, 'Switch person ▾')));
  byId('people').replaceChildren(...state.people.map(user => element('li', { role: 'none' },
    element('button', { type: 'button', role: 'menuitem', 'data-person': user.id, onclick: () => become(user.id) }, avatar(user), nameOf(user)))));
}

/** After a change of the places: the open one may have another name, or be gone. */
function redrawPlaces() {
  const all = channelsOf(state);
  const same = all.find(known => known.id === channel.id);
  if (same) channel = same;
  if (same) drawFrame();
  else enter(all.find(known => known.guild?.id === channel.guild?.id));
}

function enter(next) {
  channel = next;
  state.commands = null;
  document.body.classList.remove('menu-open');
  drawFrame();
  drawAll();
  loadCommands();
}

function become(person) {
  showPeople(false);
  const old = socket;
  history.replaceState(null, '', '?person=' + person);
  document.body.classList.remove('menu-open');
  load(person);
  old.close();
}

function showPeople(isOpen) {
  byId('people').hidden = !isOpen;
  byId('me').setAttribute('aria-expanded', String(isOpen));
}

byId('me').addEventListener('click', () => showPeople(byId('people').hidden));
byId('menu').addEventListener('click', () => document.body.classList.toggle('menu-open'));
document.addEventListener('click', event => {
  if (!event.target.closest('.me')) showPeople(false);
});
voteByKeys(log, composer);
document.addEventListener('keydown', event => {
  if (event.key === 'Escape') showPeople(false);
});

load(new URLSearchParams(location.search).get('person') ?? '');
composer.input.focus();
