import { ask } from './dialogs.js';
import { t, time } from './i18n.js';
import { ImError } from './im-client.js';
import { openMenu } from './menu.js';
import { fromLocal, inAYear, inAnHour, toLocal, tomorrowAtNine } from './schedule-times.js';

/** How long a message may stay, in seconds. */
const LIFETIMES = [60, 3_600, 86_400, 604_800];

/**
 * The menu beside the field to write in: when the message leaves, and how long it stays.
 *
 * @param message `hasText`, and `expiresIn` in seconds, 0 for ever
 * @param actions `schedule(sendAt)`, which gives a promise, `onDone()` and `onError(error)` for what
 *     becomes of it, `showScheduled()`, and `expire(seconds)`
 */
export function openSendLater(button, { hasText, expiresIn }, actions) {
  const now = Date.now();
  const at = (testid, key, when) => ({
    ...{ testid, isDisabled: !hasText, text: t(key, { time: time(when(now)) }) },
    action: () => actions.schedule(when(Date.now())).then(actions.onDone, actions.onError),
  });
  openMenu(button, [
    at('later-hour', 'later.hour', inAnHour),
    at('later-tomorrow', 'later.tomorrow', tomorrowAtNine),
    {
      ...{ testid: 'later-pick', text: t('later.pick'), isDisabled: !hasText },
      action: () => pickTime(actions),
    },
    { testid: 'later-scheduled', text: t('scheduled.title'), action: actions.showScheduled },
    {
      ...{ testid: 'later-expiry', text: t('expiry.choose') },
      action: () => openLifetimes(button, expiresIn, actions.expire),
    },
  ]);
}

function pickTime({ schedule, onDone }) {
  const now = Date.now();
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  ask({
    title: t('later.title'),
    yes: t('later.yes'),
    fields: [
      {
        ...{ name: 'time', testid: 'later-time', kind: 'time', label: t('later.when', { timeZone }) },
        ...{ value: toLocal(inAnHour(now)), min: toLocal(now), max: toLocal(inAYear(now)) },
      },
    ],
    submit: ({ time: text }) => {
      const sendAt = fromLocal(text);
      if (!(sendAt > Date.now() && sendAt <= inAYear(Date.now()))) {
        throw new ImError({ reason: 'invalid_argument', message: t('later.badTime') });
      }
      return schedule(sendAt);
    },
    done: onDone,
  });
}

function openLifetimes(button, expiresIn, expire) {
  const items = [0, ...LIFETIMES].map((seconds) => ({
    testid: `expiry-${seconds}`,
    isDisabled: seconds === expiresIn,
    text: seconds === 0 ? t('expiry.0') : t('expiry.after', { time: t(`expiry.${seconds}`) }),
    action: () => expire(seconds),
  }));
  openMenu(button, items);
}
