import { check } from './im-options.js';
import {
  ContentType,
  FrameType,
  ImError,
  MAX_CONTENT_BYTES,
  groupConversationId,
  parseConversationId,
  singleConversationId,
} from './im-protocol.js';

/**
 * The frame of a message that this user wants to send, complete as the outbox keeps it.
 *
 * @param ids makes the message's id; it is asked only when the message is a good one
 */
export function frameOf(message, me, ids, now) {
  const { to, group_id, conversation_id, content, content_type, ...extra } = message;
  const id =
    conversation_id ??
    (group_id ? groupConversationId(group_id) : to && singleConversationId(me, to));
  check(id, 'one of to, group_id and conversation_id must say where the message goes');
  check(content !== null && typeof content === 'object', 'content must be an object');
  check(extra.qos !== 0, 'a message of qos 0 is not acknowledged and cannot wait in the outbox');
  const bytes = new TextEncoder().encode(JSON.stringify(content)).length;
  if (bytes > MAX_CONTENT_BYTES) {
    throw new ImError({
      reason: 'content_too_large',
      message: `the content has ${bytes} bytes, at most ${MAX_CONTENT_BYTES} are allowed`,
    });
  }
  const isSingle = parseConversationId(id, me).type === 1;
  return {
    ...extra,
    type: isSingle ? FrameType.SINGLE_CHAT : FrameType.GROUP_CHAT,
    message_id: ids(),
    conversation_id: id,
    content_type: content_type ?? ContentType.TEXT,
    content,
    client_timestamp: now,
  };
}
