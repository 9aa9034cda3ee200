import { day, dayKey, t } from './i18n.js';
import { isChatMessage } from './im-client.js';
import { lineOf, personName, previewOf, revokedText } from './text.js';

/** Messages of one sender that follow within this time stand together. */
const TOGETHER_MS = 5 * 60_000;

/**
 * What a timeline shows, in order: each with a `key`, a `kind` (`day`, `unread`, `event`,
 * `message`), a `version` that differs when it has to be written anew, and what its row shows.
 *
 * @param selection which messages are picked: `has(messageId)` gives null while none can be
 * @param newAfter messages of others behind this seq stand below a line; null for none
 */
export function timelineItems(client, conversation, entries, selection, newAfter) {
  const items = [];
  const readers = readersOf(client, conversation);
  let previous = null;
  let hasLine = newAfter === null;
  for (const [i, entry] of entries.entries()) {
    const dayName = dayKey(entry.timestamp);
    const isNewDay = previous === null || dayKey(previous.timestamp) !== dayName;
    if (isNewDay) {
      const text = day(entry.timestamp);
      items.push({ kind: 'day', key: `day ${dayName}`, version: text, text });
    }
    const isLine = !isChatMessage(entry) || entry.revoked;
    const isNew = !hasLine && isChatMessage(entry) && !entry.mine && entry.seq > newAfter;
    if (isNew) {
      hasLine = true;
      items.push({ kind: 'unread', key: 'unread', version: '', text: t('unread') });
    }
    if (isLine) {
      items.push(eventItem(client, conversation, entry));
    } else {
      const follows = !isNewDay && !isNew && standTogether(previous, entry);
      const isLast = !standTogether(entry, entries[i + 1]);
      const isSelected = entry.seq === undefined ? null : selection.has(entry.message_id);
      const place = { follows, isLast, isSelected };
      items.push(messageItem(client, conversation, entry, place, readers));
    }
    previous = entry;
  }
  return items;
}

function eventItem(client, conversation, entry) {
  const isRevoked = isChatMessage(entry);
  const text = isRevoked
    ? revokedText(client, conversation, entry)
    : lineOf(client, conversation, entry);
  return { kind: 'event', key: `e ${entry.message_id}`, version: text, text, entry };
}

function messageItem(client, conversation, message, place, readers) {
  const isGroup = conversation.type === 2;
  const shown = {
    message,
    ...place,
    // In a group anyone but me, in a one-to-one conversation the system.
    senderName: personName(client, conversation, message.from),
    showSender: !message.mine && !place.follows && message.from !== conversation.peer_id,
    hasFace: isGroup && !message.mine,
    quote: quoteOf(client, conversation, message),
    reactions: reactionsOf(client, conversation, message),
    readBy: isGroup && message.mine ? readByOf(readers, message) : null,
  };
  return {
    ...{ kind: 'message', key: `m ${message.message_id}`, version: JSON.stringify(shown) },
    ...shown,
  };
}

function quoteOf(client, conversation, { conversation_id, reply_to }) {
  if (!reply_to) {
    return null;
  }
  const target = client.message(conversation_id, reply_to);
  if (!target) {
    return { id: reply_to, name: '', text: t('quote.notHere') };
  }
  const name = target.mine ? t('message.you') : personName(client, conversation, target.from);
  return { id: reply_to, name, text: previewOf(target) };
}

function reactionsOf(client, conversation, { reactions }) {
  return Object.entries(reactions).map(([emoji, userIds]) => ({
    emoji,
    isMine: userIds.includes(client.user_id),
    names: userIds.map((userId) => personName(client, conversation, userId)),
  }));
}

/** Who could have read what in this group: everybody else, and how far each has. */
function readersOf(client, { conversation_id, group_id }) {
  const read = client.readership.of(conversation_id);
  const others = client.groups.members(group_id).filter(({ user_id }) => user_id !== client.user_id);
  return others.map(({ user_id, joined_at }) => ({ joined_at, read_seq: read[user_id] ?? 0 }));
}

function readByOf(readers, { seq, timestamp }) {
  const able = readers.filter(({ joined_at }) => joined_at <= timestamp);
  if (seq === undefined || able.length === 0) {
    return null;
  }
  return { n: able.filter(({ read_seq }) => read_seq >= seq).length, total: able.length };
}

function standTogether(one, other) {
  return (
    other !== undefined &&
    isChatMessage(one) &&
    isChatMessage(other) &&
    !one.revoked &&
    !other.revoked &&
    one.from === other.from &&
    other.timestamp - one.timestamp < TOGETHER_MS
  );
}
