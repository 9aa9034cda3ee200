import { FrameType } from './im-protocol.js';

/** What an entry of the log shows, and what later entries make of it. */

const REVISIONS = new Map([
  [FrameType.REVOKE, revoked],
  [FrameType.EDIT, edited],
  [FrameType.REACTION, reacted],
  [FrameType.PIN, pinned],
]);

/** Whether this entry changes an earlier message instead of being one. */
export function isRevision({ type, content }) {
  return content?.target_message_id !== undefined && REVISIONS.has(type);
}

/**
 * The state of a message as the server gives it, with every field that a revision can change. What
 * everybody relies on is there, whatever the entry lacks.
 */
export function toMessage(entry) {
  return {
    ...entry,
    content: entry.content ?? {},
    timestamp: Number.isFinite(entry.timestamp) ? entry.timestamp : 0,
    content_type: entry.content_type ?? 1,
    revoked: entry.revoked === true || entry.content?.revoked === true,
    reactions: entry.reactions ?? {},
    pinned: entry.pinned === true,
  };
}

/** When the message destroys itself, in milliseconds since 1970; Infinity when it never does. */
export function expiryOf({ expires_in, timestamp }) {
  return expires_in > 0 ? timestamp + expires_in * 1_000 : Infinity;
}

/** The fields of a message that this entry of the log changes. Applied twice it does the same. */
export function revised(message, revision) {
  return REVISIONS.get(revision.type)(message, revision);
}

function revoked(_, { from }) {
  return { content: { revoked: true }, revoked: true, revoked_by: from, reactions: {}, pinned: false };
}

function edited(message, { content, timestamp }) {
  return message.revoked ? {} : { content: content.content ?? {}, edited_at: timestamp };
}

function reacted(message, { content: { emoji, op }, from }) {
  if (message.revoked) {
    return {};
  }
  const others = (message.reactions[emoji] ?? []).filter((user) => user !== from);
  const { [emoji]: _, ...reactions } = message.reactions;
  const users = op === 'remove' ? others : [...others, from];
  return { reactions: users.length === 0 ? reactions : { ...reactions, [emoji]: users } };
}

function pinned(message, { content }) {
  return message.revoked ? {} : { pinned: content.op !== 'remove' };
}
