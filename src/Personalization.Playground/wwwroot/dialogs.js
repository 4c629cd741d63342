import { byId, element, safeUrl } from './dom.js';
import { sendable } from './fields.js';

// Discord's types of fields in a modal; the others are selects.
const TextInput = 4;
const FileUpload = 19;

let returnTo = null;

function open(overlay, ...children) {
  returnTo = document.activeElement;
  overlay.replaceChildren(...children);
  overlay.hidden = false;
}

export function close(overlay) {
  overlay.hidden = true;
  overlay.replaceChildren();
  returnTo?.focus?.();
}

// Escape closes; Tab stays inside.
for (const id of ['lightbox', 'modal']) {
  const overlay = byId(id);
  overlay.addEventListener('keydown', event => {
    if (event.key === 'Escape') close(overlay);
    if (event.key !== 'Tab') return;
    const stops = [...overlay.querySelectorAll('button, a, input, textarea, select')];
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement === edge) {
      event.preventDefault();
      (event.shiftKey ? stops.at(-1) : stops[0]).focus();
    }
  });
}

/** Shows a picture as large as the window allows. */
export function enlarge(url, description) {
  const overlay = byId('lightbox');
  const shut = element('button', { type: 'button', class: 'close', 'aria-label': 'Close', onclick: () => close(overlay) }, '✕');
  overlay.onclick = event => {
    if (event.target === overlay) close(overlay);
  };
  open(overlay, shut,
    element('img', { src: safeUrl(url), alt: description, onclick: () => close(overlay) }),
    element('a', { href: safeUrl(url), target: '_blank', rel: 'noopener noreferrer' }, 'Open original'));
  shut.focus();
}

function control(field, choices) {
  const properties = { name: field.custom_id, required: field.required !== false, multiple: (field.max_values ?? 1) > 1 };
  if (field.type === FileUpload) return element('input', { ...properties, type: 'file' });
  if (field.type !== TextInput) {
    return element('select', properties, properties.multiple ? null : element('option', { value: '' }, field.placeholder ?? ''),
      ...choices.ofSelect(field).map(({ name, value, title, isChosen }) => element('option', { value, title, selected: isChosen === true }, name)));
  }
  const text = element(field.style === 2 ? 'textarea' : 'input', {
    name: field.custom_id,
    rows: field.style === 2 ? '7' : null,
    maxlength: String(field.max_length ?? 4000),
    minlength: field.min_length ? String(field.min_length) : null,
    placeholder: field.placeholder,
    required: properties.required,
  });
  text.value = field.value ?? '';
  return text;
}

/** What was filled into a field: a text, or an array of values or files. */
async function filled(field, input) {
  if (field.type === TextInput) return input.value;
  return field.type === FileUpload
    ? Promise.all([...input.files].map(sendable))
    : [...input.selectedOptions].map(option => option.value).filter(value => value !== '');
}

/**
 * Shows a modal.
 * @param choices The people, channels and roles that its selects offer.
 * @param submit Gets its fields and says what is wrong with them, or nothing.
 */
export function showModal(modal, choices, submit) {
  const overlay = byId('modal');
  const fields = modal.components.map(component => component.component
    ? { ...component.component, label: component.label }
    : component.components?.[0]).filter(Boolean);
  const problem = element('p', { class: 'problem', role: 'alert' });
  const form = element('form', { class: 'modal' },
    element('h2', {}, modal.title),
    ...fields.map(field => element('label', {},
      element('span', {}, field.label ?? '', field.required === false ? '' : element('b', { class: 'required' }, ' *')),
      control(field, choices))),
    problem,
    element('footer', {},
      element('button', { type: 'button', class: 'button secondary', onclick: () => close(overlay) }, 'Cancel'),
      element('button', { type: 'submit', class: 'button primary' }, 'Submit')));
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const values = await Promise.all(fields.map(async field => [field.custom_id, await filled(field, form.elements[field.custom_id])]));
    const wrong = await submit(Object.fromEntries(values));
    if (wrong) problem.textContent = wrong;
    else close(overlay);
  });
  overlay.setAttribute('aria-label', modal.title);
  open(overlay, form);
  form.querySelector('input, textarea, select')?.focus();
}
