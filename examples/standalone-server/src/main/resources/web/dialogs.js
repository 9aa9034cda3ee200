import { byId, element, setText } from './dom.js';
import { errorText } from './i18n.js';
import { notice } from './notice.js';

/** Asks the user a question, and gives whether she said yes. */
export function confirm({ title, text, yes }) {
  const dialog = byId('confirm-dialog');
  setText(byId('confirm-title'), title);
  setText(byId('confirm-text'), text);
  setText(byId('confirm-yes'), yes);
  dialog.returnValue = '';
  byId('confirm-no').onclick = () => dialog.close();
  byId('confirm-yes').onclick = () => dialog.close('yes');
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === 'yes');
  });
}

let asked = 0;

/**
 * Asks for some values. The dialog stays until they are taken, and says why they were not.
 *
 * @param fields `{name, testid, label, value, kind, options, maxLength, suggestions}`; the kind is
 *     `line` (default), `text`, `choice` with `options` `[value, text]`, `time`, a date and a time
 *     from `min` to `max`, or `users`, which are typed one beside the other, with `suggestions` to choose
 *     from
 * @param submit takes the values by name; when it throws, the dialog stays
 * @param done called with what that gave, when the dialog is gone
 */
export function ask({ title, fields, yes, submit, done }) {
  const dialog = byId('form-dialog');
  const inputs = new Map(fields.map((field) => [field.name, inputOf(field)]));
  // Who has closed it does not wait for the answer, and may have opened it for something else.
  const number = ++asked;
  const isOpen = () => dialog.open && number === asked;
  setText(byId('form-title'), title);
  setText(byId('form-submit'), yes);
  setText(byId('form-error'), '');
  byId('form-fields').replaceChildren(...fields.map((field) => row(field, inputs.get(field.name))));
  byId('form-cancel').onclick = () => dialog.close();
  byId('form').onsubmit = async (event) => {
    event.preventDefault();
    byId('form-submit').disabled = true;
    const values = [...inputs].map(([name, { value }]) => [name, value.trim()]);
    try {
      const result = await submit(Object.fromEntries(values));
      if (isOpen()) {
        dialog.close();
        done?.(result);
      }
    } catch (error) {
      if (isOpen()) {
        setText(byId('form-error'), errorText(error));
      } else {
        notice(errorText(error));
      }
    }
    if (isOpen()) {
      byId('form-submit').disabled = false;
    }
  };
  byId('form-submit').disabled = false;
  dialog.showModal();
}

/** The ids in what the user has typed. */
export function idsIn(text) {
  return [...new Set(text.split(/[\s,;，；、]+/).filter(Boolean))];
}

function inputOf({ name, testid, value = '', kind, options, min, max, maxLength = 1_000 }) {
  const common = { id: `form-${name}`, dataset: { testid } };
  if (kind === 'choice') {
    const all = options.map(([each, text]) => element('option', { value: each }, text));
    const select = element('select', common, ...all);
    select.value = value;
    return select;
  }
  if (kind === 'time') {
    return element('input', { ...common, type: 'datetime-local', min, max, value });
  }
  const typed = { ...common, value, maxLength };
  if (kind === 'text') {
    return element('textarea', { ...typed, rows: 4 });
  }
  const input = element('input', { ...typed, autocomplete: 'off' });
  if (kind === 'users') {
    input.autocapitalize = 'none';
    input.spellcheck = false;
  }
  return input;
}

function row({ label, suggestions = [] }, input) {
  const chips = suggestions.map((userId) =>
    element(
      'button',
      { type: 'button', className: 'chip', 'aria-pressed': 'false', onclick: toggle },
      userId,
    ),
  );
  function toggle({ currentTarget: chip }) {
    const ids = idsIn(input.value);
    const rest = ids.filter((id) => id !== chip.textContent);
    const isOn = rest.length === ids.length;
    input.value = (isOn ? [...ids, chip.textContent] : rest).join(' ');
    chip.setAttribute('aria-pressed', isOn);
  }
  return element(
    'div',
    { className: 'form-row' },
    element('label', { htmlFor: input.id }, label),
    input,
    ...(chips.length > 0 ? [element('div', { className: 'chips' }, ...chips)] : []),
  );
}
