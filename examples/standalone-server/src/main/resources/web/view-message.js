import { element, icon } from './dom.js';
import { dateAndTime, errorText, t, time } from './i18n.js';
import { isFewEmoji } from './message-text.js';
import { previewOf, userName, withLinks } from './text.js';

/** The empty row of an item of the timeline: a day, the line above what is new, or a message. */
export function createRow({ kind, message }) {
  if (kind === 'day') {
    return element('li', { className: 'day', dataset: { testid: 'day-separator' } });
  }
  if (kind === 'unread') {
    return element('li', { className: 'unread-line', dataset: { testid: 'unread-divider' } });
  }
  const { message_id, from, mine } = message;
  return element('li', {
    className: mine ? 'message mine' : 'message theirs',
    dataset: { testid: 'message', messageId: message_id, from },
  });
}

/** Writes the item into its row. */
export function fillRow(row, item, client) {
  if (item.kind !== 'message') {
    row.replaceChildren(element('span', {}, item.text));
    return;
  }
  const { message, follows, showSender } = item;
  row.classList.toggle('follows', follows);
  row.dataset.state = message.state;
  row.dataset.seq = message.seq ?? '';
  const sender = element('span', { className: showSender ? 'sender' : 'visually-hidden' });
  sender.textContent = message.mine ? t('message.you') : userName(message.from);
  const bubble = element('div', { className: 'bubble' }, sender, body(message), meta(message));
  row.replaceChildren(bubble);
  if (message.state === 'failed') {
    row.append(failure(message, client));
  }
}

function body(message) {
  const isPlain = !message.revoked && typeof message.content.text === 'string';
  const text = previewOf(message);
  return element(
    'span',
    {
      className: isPlain ? (isFewEmoji(text) ? 'text emoji' : 'text') : 'text special',
      dir: 'auto',
      dataset: { testid: 'message-text' },
    },
    ...(isPlain ? withLinks(text) : [text]),
  );
}

function meta({ timestamp, edited_at, revoked, mine, state }) {
  const node = element('span', { className: 'meta' });
  if (edited_at && !revoked) {
    node.append(element('span', { className: 'edited' }, t('message.edited')));
  }
  node.append(
    element(
      'time',
      {
        dateTime: new Date(timestamp).toISOString(),
        title: dateAndTime(timestamp),
        dataset: { testid: 'message-time' },
      },
      time(timestamp),
    ),
  );
  if (mine) {
    const tick = icon(state === 'read' ? 'delivered' : state, t(`state.${state}`));
    tick.classList.add('tick', state);
    node.append(tick);
  }
  return node;
}

function failure({ message_id, error }, client) {
  const button = (testid, key, onclick) =>
    element('button', { type: 'button', className: 'link', dataset: { testid }, onclick }, t(key));
  return element(
    'p',
    { className: 'failure' },
    element('span', { dataset: { testid: 'message-error' } }, explain(error)),
    button('retry', 'retry', () => client.retry(message_id)),
    button('discard', 'discard', () => client.discard(message_id)),
  );
}

function explain(error) {
  return error ? `${t('message.failed')} ${errorText(error)}` : t('message.failed');
}
