import { element, icon, paintAvatar } from './dom.js';
import { dateAndTime, errorText, t, time, until } from './i18n.js';
import { isFewEmoji } from './message-text.js';
import { isMerged, previewOf, richText, userName } from './text.js';

/** Of messages that were forwarded as one, this many are shown. */
const MAX_MERGED = 100;
/** A message of more characters, or lines, is folded. */
const LONG = 1_500;
const LONG_LINES = 25;

/** The empty row of an item of the timeline: a day, the line above what is new, or an entry. */
export function createRow({ kind, entry, message }) {
  if (kind === 'day') {
    return element('li', { className: 'day', dataset: { testid: 'day-separator' } });
  }
  if (kind === 'unread') {
    return element('li', { className: 'unread-line', dataset: { testid: 'unread-divider' } });
  }
  if (kind === 'event') {
    const { message_id: messageId, type } = entry;
    return element('li', { className: 'event', dataset: { testid: 'event', messageId, type } });
  }
  const { message_id, from, mine } = message;
  return element('li', {
    className: mine ? 'message mine' : 'message theirs',
    dataset: { testid: 'message', messageId: message_id, from },
  });
}

/**
 * Writes the item into its row.
 *
 * @param actions what can be done: `client`, `openMenu(message, button)`, `react(message, emoji)`,
 *     `jump(messageId)`, `showReaders(message)`, `showEdits(message)`, and the `selection`
 */
export function fillRow(row, item, actions) {
  if (item.kind !== 'message') {
    row.replaceChildren(element('span', {}, item.text));
    return;
  }
  const { message, follows, hasFace, readBy, isLast } = item;
  row.classList.toggle('follows', follows);
  row.classList.toggle('with-face', hasFace);
  row.classList.toggle('long', isLong(message));
  row.dataset.state = message.state;
  row.dataset.seq = message.seq ?? '';
  const line = element('div', { className: 'message-line' }, bubble(item, actions));
  if (item.isSelected !== null) {
    line.append(checkbox(message, item.isSelected, actions));
  } else if (message.seq !== undefined) {
    const button = menuButton(message, actions);
    line.append(button);
    line.firstChild.onclick = (event) => tapped(event, button);
  }
  row.replaceChildren(...(hasFace && !follows ? [face(item)] : []), line);
  if (item.reactions.length > 0) {
    row.append(reactions(item, actions));
  }
  if (readBy && isLast) {
    row.append(readByButton(message, readBy, actions));
  }
  if (message.state === 'failed') {
    row.append(failure(message, actions.client));
  }
}

function face({ message, senderName }) {
  const avatar = element('span', { className: 'avatar face', 'aria-hidden': 'true' });
  paintAvatar(avatar, { id: message.from, name: senderName });
  return avatar;
}

function bubble({ message, showSender, senderName, quote, readBy }, { client, jump, showEdits }) {
  const sender = element('span', {
    className: showSender ? 'sender' : 'visually-hidden',
    dataset: { testid: 'message-sender' },
  });
  sender.textContent = message.mine ? t('message.you') : senderName;
  const parts = [sender];
  if (message.forwarded_from) {
    parts.push(element('span', { className: 'forwarded' }, forwardedText(message.forwarded_from)));
  }
  if (quote) {
    parts.push(quoteButton(quote, jump));
  }
  const isReadByAll = readBy !== null && readBy.n === readBy.total;
  const state = isReadByAll ? 'read' : message.state;
  parts.push(isMerged(message) ? merged(message) : body(message, message.mine ? null : client.user_id));
  if (isLong(message)) {
    parts.push(moreButton());
  }
  parts.push(meta(message, state, showEdits));
  return element('div', { className: quote ? 'bubble with-quote' : 'bubble' }, ...parts);
}

function forwardedText({ from }) {
  const isUser = typeof from === 'string' && from !== '';
  return isUser ? t('forward.from', { name: userName(from) }) : t('forward.label');
}

function quoteButton({ id, name, text }, jump) {
  return element(
    'button',
    {
      ...{ type: 'button', className: 'quote', onclick: () => jump(id) },
      dataset: { testid: 'message-quote' },
    },
    ...(name ? [element('span', { className: 'quote-name' }, name)] : []),
    element('span', { className: 'quote-text', dir: 'auto' }, text),
  );
}

function body(message, me) {
  const isPlain = typeof message.content.text === 'string';
  const text = previewOf(message);
  return element(
    'span',
    {
      className: `text ${isPlain ? (isFewEmoji(text) ? 'emoji' : '') : 'special'}`,
      dir: 'auto',
      dataset: { testid: 'message-text' },
    },
    ...(isPlain ? richText(text, message.mentions ?? [], me) : [text]),
  );
}

function isLong({ content: { text } }) {
  return typeof text === 'string' && (text.length > LONG || text.split('\n').length > LONG_LINES);
}

/** Shows the whole of a long message; the row remembers that. */
function moreButton() {
  return element(
    'button',
    {
      ...{ type: 'button', className: 'link more', dataset: { testid: 'message-more' } },
      onclick: ({ target }) => {
        const row = target.closest('.message');
        row.classList.add('whole'); // The button is gone, so the focus goes on.
        row.querySelector('.message-menu')?.focus({ preventScroll: true });
      },
    },
    t('message.more'),
  );
}

/** Several messages that were forwarded as one, as far as they are what they should be. */
function merged({ content: { items } }) {
  const isMessage = (item) => typeof item?.from === 'string' && typeof item.content === 'object';
  const lines = items.filter(isMessage).slice(0, MAX_MERGED).map(({ from, content_type, content }) =>
    element(
      'span',
      { className: 'merged-line', dir: 'auto' },
      element('b', {}, userName(from)),
      ` ${previewOf({ content_type, content: content ?? {} })}`,
    ),
  );
  return element(
    'span',
    { className: 'merged', dataset: { testid: 'message-merged' } },
    element('span', { className: 'merged-title' }, t('forward.merged')),
    ...lines,
  );
}

function meta(message, state, showEdits) {
  const { timestamp, edited_at, expires_in, pinned, mine } = message;
  const node = element('span', { className: 'meta' });
  if (pinned) {
    node.append(icon('pin', t('message.pinned')));
  }
  if (expires_in > 0) {
    node.append(expiryMark(message));
  }
  if (edited_at) {
    node.append(
      element(
        'button',
        {
          ...{ type: 'button', className: 'edited', title: t('edits') },
          ...{ dataset: { testid: 'edited' }, onclick: () => showEdits(message) },
        },
        t('message.edited'),
      ),
    );
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

/** Before the commit nobody knows when that will be. */
function expiryMark({ expires_at }) {
  const text = expires_at ? t('message.expiresAt', { time: until(expires_at) }) : t('message.expires');
  return element(
    'span',
    { className: 'expires', title: text, dataset: { testid: 'expires' } },
    icon('timer', text),
  );
}

function menuButton(message, { openMenu }) {
  const button = element(
    'button',
    {
      ...{ type: 'button', className: 'message-menu', title: t('message.menu'), tabIndex: -1 },
      'aria-label': t('message.menu'),
      'aria-haspopup': 'menu',
      dataset: { testid: 'message-menu' },
    },
    icon('menu'),
  );
  button.onclick = () => openMenu(message, button);
  return button;
}

/** Where nothing hovers, the message itself opens its menu. */
function tapped({ target }, button) {
  const isTouch = matchMedia('(hover: none)').matches;
  if (isTouch && !target.closest('a, button') && getSelection().isCollapsed) {
    button.click();
  }
}

function checkbox(message, checked, { selection }) {
  return element('input', {
    ...{ type: 'checkbox', checked, onchange: () => selection.toggle(message) },
    ...{ 'aria-label': t('select.label'), dataset: { testid: 'select-message' } },
  });
}

function reactions({ message, reactions: all }, { react }) {
  const chips = all.map(({ emoji, isMine, names }) =>
    element(
      'button',
      {
        ...{ type: 'button', className: 'reaction', title: names.join(', ') },
        ...{ 'aria-pressed': String(isMine), 'aria-label': `${emoji} ${names.join(', ')}` },
        dataset: { testid: 'reaction', emoji },
        onclick: () => react(message, emoji),
      },
      element('span', { className: 'reaction-emoji' }, emoji),
      ` ${names.length}`,
    ),
  );
  return element('div', { className: 'reactions' }, ...chips);
}

function readByButton(message, { n, total }, { showReaders }) {
  return element(
    'button',
    {
      ...{ type: 'button', className: 'read-by', onclick: () => showReaders(message) },
      dataset: { testid: 'read-by' },
    },
    t('readBy', { n, total }),
  );
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
