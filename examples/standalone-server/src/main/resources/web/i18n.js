import { TEXTS } from './texts.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

const wished = [new URLSearchParams(location.search).get('lang'), ...navigator.languages];
const language = wished.filter(Boolean).map((tag) => tag.slice(0, 2).toLowerCase());

/** `en` or `zh`: the first of what the address and the browser wish for, else English. */
export const lang = language.find((candidate) => candidate in TEXTS) ?? 'en';

// The region decides how a time is written: 2:05 PM or 14:05.
const region = wished.find((tag) => tag?.toLowerCase().startsWith(`${lang}-`));
const locale = region ?? (lang === 'zh' ? 'zh-CN' : 'en');

const format = (options) => new Intl.DateTimeFormat(locale, options);
const TIME = format({ hour: 'numeric', minute: '2-digit' });
const DATE_AND_TIME = format({ dateStyle: 'full', timeStyle: 'short' });
const WEEKDAY = format({ weekday: 'short' });
const LONG_DAY = format({ weekday: 'long', month: 'long', day: 'numeric' });
const LONG_DAY_OF_YEAR = format({ year: 'numeric', month: 'long', day: 'numeric' });
const SHORT_DAY = format({ month: 'short', day: 'numeric' });
const SHORT_DAY_OF_YEAR = format({ year: 'numeric', month: 'numeric', day: 'numeric' });
const LIST = new Intl.ListFormat(locale, { type: 'conjunction' });
const RELATIVE = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

/** The text of this key, with `{name}` replaced by `values.name`. */
export function t(key, values = {}) {
  return TEXTS[lang][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** The `.one` or `.other` form of this key. */
export function plural(key, n) {
  return t(`${key}.${n === 1 ? 'one' : 'other'}`, { n });
}

/** What to tell the user about an error of the server or of the client. */
export function errorText({ reason, message }) {
  return TEXTS[lang][`error.${reason}`] ?? message;
}

/** One, two and three. */
export function list(names) {
  return LIST.format(names);
}

export function time(millis) {
  return TIME.format(millis);
}

export function dateAndTime(millis) {
  return DATE_AND_TIME.format(millis);
}

/** A day above its messages: today, yesterday, a weekday with its date, or a date with its year. */
export function day(millis) {
  const age = daysAgo(millis);
  if (age >= 0 && age <= 1) {
    return capitalised(RELATIVE.format(-age, 'day'));
  }
  return (isThisYear(millis) ? LONG_DAY : LONG_DAY_OF_YEAR).format(millis);
}

/** The time of a conversation in the list, as short as it can be understood. */
export function shortTime(millis) {
  const age = daysAgo(millis);
  if (age <= 0) {
    return time(millis);
  }
  if (age === 1) {
    return capitalised(RELATIVE.format(-1, 'day'));
  }
  if (age < 7) {
    return WEEKDAY.format(millis);
  }
  return shortDay(millis);
}

/** A time to come: without its day when that is today. */
export function until(millis) {
  return daysAgo(millis) === 0 ? time(millis) : `${shortDay(millis)} ${time(millis)}`;
}

/** When someone was last there. */
export function lastSeen(millis) {
  const minutes = Math.floor((Date.now() - millis) / MINUTE);
  if (minutes < 1) {
    return t('seen.now');
  }
  if (minutes < 60) {
    return t('seen.ago', { when: RELATIVE.format(-minutes, 'minute') });
  }
  const when = daysAgo(millis) === 0 ? time(millis) : `${day(millis)} ${time(millis)}`;
  return t('seen.at', { when: lang === 'en' ? when.replace(/^(Today|Yesterday)/, lower) : when });
}

/** Names a calendar day, the same for all of its moments. */
export function dayKey(millis) {
  return new Date(millis).toDateString();
}

/** Writes the texts into the page's fixed parts. */
export function translatePage() {
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  for (const node of document.querySelectorAll('[data-i18n]')) {
    node.textContent = t(node.dataset.i18n);
  }
  for (const node of document.querySelectorAll('[data-i18n-label]')) {
    const label = t(node.dataset.i18nLabel);
    node.setAttribute('aria-label', label);
    if (node.tagName === 'BUTTON') {
      node.title = label;
    }
  }
  for (const node of document.querySelectorAll('[data-i18n-placeholder]')) {
    node.placeholder = t(node.dataset.i18nPlaceholder);
  }
}

function daysAgo(millis) {
  const midnight = (date) => new Date(date).setHours(0, 0, 0, 0);
  return Math.round((midnight(Date.now()) - midnight(millis)) / DAY);
}

function shortDay(millis) {
  return (isThisYear(millis) ? SHORT_DAY : SHORT_DAY_OF_YEAR).format(millis);
}

function isThisYear(millis) {
  return new Date(millis).getFullYear() === new Date().getFullYear();
}

function capitalised(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lower(text) {
  return text.toLowerCase();
}
