/** Times in the user's own zone, in milliseconds since 1970. */

const HOUR = 3_600_000;

export function inAnHour(now) {
  return now + HOUR;
}

/** As late as the server takes one. */
export function inAYear(now) {
  return now + 365 * 24 * HOUR;
}

export function tomorrowAtNine(now) {
  const date = new Date(now);
  date.setDate(date.getDate() + 1);
  return date.setHours(9, 0, 0, 0);
}

/** As a field for a date and a time has it: `2026-11-27T09:00`. */
export function toLocal(millis) {
  const date = new Date(millis);
  const two = (number) => String(number).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** NaN for what is no time. */
export function fromLocal(text) {
  return new Date(text).getTime();
}
