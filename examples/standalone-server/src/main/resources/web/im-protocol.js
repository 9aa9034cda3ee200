/** The words of the `im.v1` protocol, and the small pure functions that every module needs. */

export const SUBPROTOCOL = 'im.v1.json';

export const FrameType = Object.freeze({
  SINGLE_CHAT: 1,
  GROUP_CHAT: 2,
  SYSTEM: 3,
  GROUP_CREATED: 10,
  GROUP_MEMBER_JOIN: 11,
  GROUP_MEMBER_LEAVE: 12,
  GROUP_MEMBER_KICKED: 13,
  GROUP_DISMISSED: 14,
  GROUP_INFO_UPDATE: 15,
  GROUP_ADMIN_CHANGE: 16,
  GROUP_MUTE: 17,
  GROUP_TRANSFER: 18,
  GROUP_JOIN_REQUEST: 19,
  ACK: 20,
  READ_RECEIPT: 21,
  REVOKE: 22,
  TYPING: 23,
  EDIT: 24,
  REACTION: 25,
  PIN: 26,
  PRESENCE: 27,
  CONVERSATION_UPDATE: 28,
  REQUEST: 40,
  RESPONSE: 41,
  AUTH: 90,
  WELCOME: 91,
  KICKED: 92,
  ERROR: 93,
  SYNC_REQUIRED: 94,
  HEARTBEAT: 99,
});

export const ContentType = Object.freeze({
  TEXT: 1,
  IMAGE: 2,
  VOICE: 3,
  VIDEO: 4,
  FILE: 5,
  LOCATION: 6,
  CARD: 7,
  CUSTOM: 8,
});

export const CloseCode = Object.freeze({
  TOO_LARGE: 1009,
  DRAINING: 1012,
  ABUSE: 4400,
  UNAUTHENTICATED: 4401,
  BANNED: 4403,
  TOO_SLOW: 4408,
  REPLACED: 4409,
  TOO_MANY: 4429,
});

/** The serialised `content` of a message, in bytes of UTF-8. */
export const MAX_CONTENT_BYTES = 16 * 1024;

/** `presence.get` and `presence.subscribe` take at most this many users. */
export const MAX_PRESENCE_USERS = 500;

export const Role = Object.freeze({ MEMBER: 0, ADMIN: 1, OWNER: 2 });

/** In `mentions`: everybody in the group. */
export const EVERYBODY = '*';

const USER_ID = /^[A-Za-z0-9_.@-]{1,64}$/;
/** Who writes messages of type 3. Nobody can write to it, and it is never online. */
export const SYSTEM_USER = 'system';
const RESERVED_USER_IDS = new Set([SYSTEM_USER, 'group']);
const GROUP_PREFIX = 'group:';

/**
 * An error of the server, with the `code` and `reason` of the protocol, or of this client: then
 * `code` is 0 and `reason` is `timeout`, `disconnected`, `invalid_argument`,
 * `content_too_large`, `outbox_full` or `connection_lost`.
 */
export class ImError extends Error {
  constructor({ code = 0, reason, message, retry_after_ms }) {
    super(message ?? reason);
    this.name = 'ImError';
    this.code = code;
    this.reason = reason;
    this.retry_after_ms = retry_after_ms;
  }
}

export function isUserId(text) {
  return typeof text === 'string' && USER_ID.test(text) && !RESERVED_USER_IDS.has(text);
}

/** The two ids in byte order; ids are ASCII, so that comparing code units compares bytes. */
export function singleConversationId(one, other) {
  return one < other ? `${one}:${other}` : `${other}:${one}`;
}

export function groupConversationId(groupId) {
  return GROUP_PREFIX + groupId;
}

/** `{type: 1, peer_id}` or `{type: 2, group_id}`: what the id alone tells to this user. */
export function parseConversationId(conversationId, me) {
  if (conversationId.startsWith(GROUP_PREFIX)) {
    return { type: 2, group_id: conversationId.slice(GROUP_PREFIX.length) };
  }
  const [one, other] = conversationId.split(':');
  return { type: 1, peer_id: one === me ? other : one };
}

export function isChatMessage(frame) {
  return (
    frame.type === FrameType.SINGLE_CHAT ||
    frame.type === FrameType.GROUP_CHAT ||
    frame.type === FrameType.SYSTEM
  );
}

/** Tells of a change of a group or of who belongs to it; its content names a `group_id`. */
export function isGroupEvent({ type, content }) {
  const isOne = type >= FrameType.GROUP_CREATED && type <= FrameType.GROUP_TRANSFER;
  return isOne && typeof content?.group_id === 'string';
}

/** Whatever has a position in a conversation's log is logged, types of the future included. */
export function isLogged(frame) {
  return (
    frame.type !== FrameType.ACK &&
    Number.isSafeInteger(frame.seq) &&
    frame.seq > 0 &&
    typeof frame.conversation_id === 'string'
  );
}

/**
 * Makes UUIDv7 strings that grow strictly, also within a millisecond and when the clock steps back:
 * the outbox restores its order by sorting ids.
 */
export function createIds(now) {
  let lastMs = 0;
  let counter = 0;
  return () => {
    const random = crypto.getRandomValues(new Uint8Array(10));
    const ms = Math.floor(now());
    if (ms > lastMs) {
      lastMs = ms;
      // The upper half stays free, so that a millisecond has room for 2048 more ids at least.
      counter = ((random[0] << 8) | random[1]) & 0x7ff;
    } else if (++counter > 0xfff) {
      lastMs += 1;
      counter = 0;
    }
    const time = lastMs.toString(16).padStart(12, '0');
    const tail = Array.from(random.subarray(2), (byte) => byte.toString(16).padStart(2, '0'));
    const variant = ((random[2] & 0x3f) | 0x80).toString(16);
    return [
      time.slice(0, 8),
      time.slice(8),
      '7' + counter.toString(16).padStart(3, '0'),
      variant + tail[1],
      tail.slice(2).join(''),
    ].join('-');
  };
}

/**
 * How long to wait before try number `attempt` (0 is the first): 1 s doubling to 30 s, of which a
 * random half is taken off, so that the clients of a restarted server do not come all at once.
 */
export function backOffMillis(attempt, random) {
  const ceiling = Math.min(30_000, 1_000 * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}
