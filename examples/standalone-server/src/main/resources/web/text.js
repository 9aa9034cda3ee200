import { element } from './dom.js';
import { eventText } from './event-text.js';
import { t } from './i18n.js';
import { EVERYBODY, SYSTEM_USER, isChatMessage } from './im-client.js';
import { splitText } from './message-text.js';

const MERGED = 'merged_forward';

/** What one line shows of a message: its text, or its kind. */
export function previewOf({ revoked, content_type, content }) {
  if (revoked) {
    return t('message.revoked');
  }
  if (isMerged({ content })) {
    return `[${t('forward.merged')}]`;
  }
  if (typeof content.text === 'string') {
    return content.text;
  }
  return `[${t(`message.${content_type >= 2 && content_type <= 8 ? content_type : 8}`)}]`;
}

/** Whether the message holds several others, which were forwarded as one. */
export function isMerged({ content }) {
  return content.kind === MERGED && Array.isArray(content.items);
}

/** What one line shows of a message or a group event in this conversation. */
export function lineOf(client, conversation, entry) {
  const name = (userId) => personName(client, conversation, userId);
  if (!isChatMessage(entry)) {
    return eventText(entry, client.user_id, name);
  }
  if (entry.revoked) {
    return revokedText(client, conversation, entry);
  }
  const isOfOther = conversation.type === 2 && !entry.mine;
  return isOfOther
    ? t('preview.from', { name: name(entry.from), text: previewOf(entry) })
    : previewOf(entry);
}

/** Who took the message back, and whose it was where that is somebody else. */
export function revokedText(client, conversation, { from, revoked_by }) {
  if (revoked_by === undefined) {
    return t('message.revoked');
  }
  const name = (userId) => t('event.person', { name: personName(client, conversation, userId) });
  const who = revoked_by === client.user_id ? t('event.You') : name(revoked_by);
  if (revoked_by === from) {
    return t('event.revoked', { who });
  }
  const names = from === client.user_id ? t('event.you') : name(from);
  return t('event.revokedOf', { who, names });
}

/** The name of a conversation. */
export function nameOf(client, { peer_id, group_id, group_name }) {
  if (group_id === undefined) {
    return userName(peer_id);
  }
  return client.groups.info(group_id)?.name || group_name || group_id;
}

/** What a user is called in this conversation. */
export function personName(client, { group_id }, userId) {
  const member = group_id === undefined ? undefined : client.groups.member(group_id, userId);
  return member?.nickname || userName(userId);
}

/** Ids are all that the engine knows of people. */
export function userName(userId) {
  return userId === SYSTEM_USER ? t('system') : userId;
}

/**
 * A text as nodes: addresses are links, and who is mentioned stands out.
 *
 * @param mentions ids of those whom the message mentions
 * @param me whose page it is; null where she wrote it herself
 */
export function richText(text, mentions, me) {
  const everybody = [t('mention.all'), 'all', '所有人'];
  return splitText(text, mentions, everybody).map((part) => {
    if (part.isLink) {
      return link(part.text);
    }
    if (part.mentions) {
      const isMe = me !== null && [me, EVERYBODY].includes(part.mentions);
      return element('span', { className: isMe ? 'mention me' : 'mention' }, part.text);
    }
    return part.text;
  });
}

function link(address) {
  const properties = { href: address, target: '_blank', rel: 'noopener noreferrer' };
  return element('a', properties, address);
}
