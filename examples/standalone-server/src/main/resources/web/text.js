import { element } from './dom.js';
import { t } from './i18n.js';
import { SYSTEM_USER } from './im-client.js';
import { splitLinks } from './message-text.js';

/** What one line shows of a message: its text, or its kind. */
export function previewOf({ revoked, content_type, content }) {
  if (revoked) {
    return t('message.revoked');
  }
  if (typeof content.text === 'string') {
    return content.text;
  }
  return `[${t(`message.${content_type >= 2 && content_type <= 8 ? content_type : 8}`)}]`;
}

/** The name of a conversation. */
export function nameOf({ peer_id, group_id }) {
  return group_id ?? userName(peer_id);
}

/** Ids are all that the engine knows of people. */
export function userName(userId) {
  return userId === SYSTEM_USER ? t('system') : userId;
}

/** A text as nodes, addresses as links. */
export function withLinks(text) {
  return splitLinks(text).map((part) => (part.isLink ? link(part.text) : part.text));
}

function link(address) {
  const properties = { href: address, target: '_blank', rel: 'noopener noreferrer' };
  return element('a', properties, address);
}
