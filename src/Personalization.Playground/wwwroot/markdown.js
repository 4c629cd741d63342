import { element, safeUrl } from './dom.js';

// Each inline rule: what begins it, and what it becomes. The first that matches at a place wins.
const inline = [
  [/^\\([\\*_~`|>#\-[\]()<@:.!+])/, match => match[1]],
  [/^``(.+?)``/s, match => element('code', {}, match[1])],
  [/^`([^`]+)`/, match => element('code', {}, match[1])],
  [/^\*\*((?:\\.|[^\\])+?)\*\*(?!\*)/s, (match, render) => element('strong', {}, ...render(match[1]))],
  [/^__((?:\\.|[^\\])+?)__/s, (match, render) => element('u', {}, ...render(match[1]))],
  [/^~~((?:\\.|[^\\])+?)~~/s, (match, render) => element('s', {}, ...render(match[1]))],
  [/^\*((?:\\.|[^\\*])+?)\*/s, (match, render) => element('em', {}, ...render(match[1]))],
  [/^_((?:\\.|[^\\_])+?)_(?![A-Za-z0-9])/s, (match, render) => element('em', {}, ...render(match[1]))],
  [/^\[([^\]]+)\]\((https?:[^\s)]+)\)/, (match, render) => link(match[2], render(match[1]))],
  [/^<t:(\d+):R>/, match => element('span', {}, ago(Number(match[1])))],
  [/^<@!?(\d+)>/, (match, render, names) => element('span', { class: 'mention' }, '@' + (names.get(match[1]) ?? 'unknown'))],
  [/^https?:\/\/[^\s<]+[^\s<.,:;"')\]]/, match => link(match[0], [match[0]])],
];

/** A time in seconds since 1970 as "2 hours ago", as Discord shows it. */
function ago(time) {
  const passed = time - Date.now() / 1000;
  const [unit, seconds] = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]].find(([, length]) => Math.abs(passed) >= length) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' }).format(Math.round(passed / seconds), unit);
}

function link(url, children) {
  const href = safeUrl(url);
  return href ? element('a', { href, target: '_blank', rel: 'noopener noreferrer' }, ...children) : element('span', {}, ...children);
}

function renderInline(text, names) {
  const nodes = [];
  let plain = '';
  const render = inner => renderInline(inner, names);
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at);
    const rule = inline.map(([pattern, make]) => [pattern.exec(rest), make]).find(([match]) => match);
    // An underscore inside a word is no emphasis.
    const insideWord = rest[0] === '_' && /[A-Za-z0-9]$/.test(text.slice(0, at));
    if (!rule || insideWord) {
      plain += text[at++];
      continue;
    }
    if (plain) nodes.push(plain);
    plain = '';
    nodes.push(rule[1](rule[0], render, names));
    at += rule[0][0].length;
  }
  if (plain) nodes.push(plain);
  return nodes;
}

/** Discord's markdown as DOM nodes. `names` maps ids of people to their names. */
export function markdown(text, names) {
  const root = element('div', { class: 'markdown' });
  const lines = text.split('\n');
  let list = null;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (line.startsWith('```')) {
      const code = [];
      while (++i < lines.length && !lines[i].startsWith('```')) code.push(lines[i]);
      root.append(element('pre', {}, element('code', {}, code.join('\n'))));
      continue;
    }
    const item = /^\s*[-*] (.*)$/.exec(line) ?? /^\s*\d+\. (.*)$/.exec(line);
    if (item && !line.startsWith('-# ')) {
      // A list goes on from the number that it begins with.
      const start = /^\s*(\d+)/.exec(line)?.[1];
      const tag = start ? 'ol' : 'ul';
      if (list?.tagName.toLowerCase() !== tag) root.append(list = element(tag, start ? { start } : {}));
      list.append(element('li', {}, ...renderInline(item[1], names)));
      continue;
    }
    list = null;
    const heading = /^(#{1,3}) (.*)$/.exec(line);
    if (heading) root.append(element('h' + (heading[1].length + 1), {}, ...renderInline(heading[2], names)));
    else if (line.startsWith('-# ')) root.append(element('small', {}, ...renderInline(line.slice(3), names)));
    else if (line.startsWith('> ')) root.append(element('blockquote', {}, ...renderInline(line.slice(2), names)));
    else root.append(element('p', {}, ...(line ? renderInline(line, names) : ['\u00a0'])));
  }
  return root;
}
