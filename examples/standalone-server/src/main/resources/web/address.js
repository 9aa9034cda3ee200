import { SYSTEM_USER, isUserId, singleConversationId } from './im-client.js';

/** The conversation that the address names, or null when it names none that this user can have. */
export function conversationInAddress(hash, me) {
  const id = hash.replace(/^#\/?/, '').replaceAll('%3A', ':');
  const parts = id.split(':');
  const [one, other] = parts;
  if (parts.length !== 2) {
    return null;
  }
  if (one === 'group') {
    return isUserId(other) ? id : null;
  }
  const isOwn = parts.includes(me) && parts.every((part) => isUserId(part) || part === SYSTEM_USER);
  return isOwn ? singleConversationId(one, other) : null;
}
