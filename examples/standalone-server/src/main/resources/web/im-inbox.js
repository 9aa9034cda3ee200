import { expiryOf, isRevision } from './im-message.js';
import { FrameType, ImError, isChatMessage, isGroupEvent, isLogged } from './im-protocol.js';

const WATCHED_EXPIRY_MS = 86_400_000;

/** Applies what the server sends, frame by frame, to what this client knows. */
export class Inbox {
  #me;
  #runtime;
  #conversations;
  #outbox;
  #synchroniser;
  #receipts;
  #presence;
  #typing;
  #groups;
  #readers;
  #emit;

  /** @param parts what this client knows, and `emit(type, detail)` to tell of it */
  constructor(parts) {
    this.#me = parts.me;
    this.#runtime = parts.runtime;
    this.#conversations = parts.conversations;
    this.#outbox = parts.outbox;
    this.#synchroniser = parts.synchroniser;
    this.#receipts = parts.receipts;
    this.#presence = parts.presence;
    this.#typing = parts.typing;
    this.#groups = parts.groups;
    this.#readers = parts.readers;
    this.#emit = parts.emit;
  }

  take(frame) {
    const content = frame.content ?? {};
    switch (frame.type) {
      case FrameType.ACK:
        return this.#acknowledged(frame);
      case FrameType.ERROR:
        return this.#refused(frame.message_id, new ImError(content));
      case FrameType.READ_RECEIPT:
        return this.#read(frame);
      case FrameType.TYPING:
        return this.#typing.hear(frame.conversation_id, frame.from);
      case FrameType.PRESENCE:
        return this.#presence.hear(content);
      case FrameType.GROUP_JOIN_REQUEST:
        return this.#emit('join_request', content);
      case FrameType.CONVERSATION_UPDATE:
        return this.#updated(frame);
      case FrameType.SYNC_REQUIRED:
        return this.#synchroniser.sync();
      case FrameType.KICKED:
        return this.#emit('kicked', content);
      default:
        return isLogged(frame) ? this.#logged(frame) : this.#unlogged(frame);
    }
  }

  #logged(frame) {
    const conversation = this.#conversations.get(frame.conversation_id);
    if (conversation.log.has(frame.seq)) {
      // The server repeats what it believes has not arrived.
      this.#receipts.received(conversation, true);
      return;
    }
    this.applied(conversation, conversation.log.offer(frame), { isNew: true });
    this.#synchroniser.fillGap(conversation);
  }

  /** A message of quality of service 0. Frames of other types are of a later protocol. */
  #unlogged(frame) {
    if (isChatMessage(frame)) {
      this.#emit('message', { conversation_id: frame.conversation_id, message: frame });
    }
  }

  #acknowledged({ message_id, seq, timestamp }) {
    const item = this.#outbox.acknowledge(message_id);
    if (!item) {
      return;
    }
    const conversation = this.#conversations.get(item.frame.conversation_id);
    const frame = { ...item.frame, from: this.#me, seq, timestamp };
    const entries = conversation.log.offer(frame);
    if (conversation.log.head === seq) {
      conversation.received_seq = Math.max(conversation.received_seq, seq);
    }
    this.applied(conversation, entries, { isNew: true, sentHere: message_id });
    this.#synchroniser.fillGap(conversation);
  }

  #refused(messageId, error) {
    if (messageId === undefined) {
      this.#emit('warning', { error });
    } else {
      this.#outbox.refuse(messageId, error);
    }
  }

  #updated({ conversation_id, content }) {
    this.update({ ...content, conversation_id });
    if (content.blocked !== undefined) {
      const { peer_id } = this.#conversations.get(conversation_id);
      this.#emit('blocked', { user_id: peer_id, blocked: content.blocked });
    }
  }

  #read({ conversation_id, from, content }) {
    const conversation = this.#conversations.get(conversation_id);
    const seq = content.last_read_seq;
    if (from === this.#me) {
      conversation.readUpTo(seq);
    } else if (from === conversation.peer_id) {
      conversation.peerReadUpTo(seq);
    }
    this.#readers.heard(conversation_id, from, seq);
    this.#emit('read', { conversation_id, user_id: from, last_read_seq: seq });
    this.#changed(conversation);
  }

  /**
   * The log has applied these entries.
   *
   * @param isNew whether they go on from what was there, or opened the log
   * @param sentHere the id of the message whose ACK this is, if it is one
   */
  applied(conversation, entries, { isNew, sentHere }) {
    conversation.applied(entries);
    for (const entry of entries) {
      // Sync may bring what was committed before the connection took the ACK with it.
      const isEcho =
        conversation.isMine(entry) &&
        (entry.message_id === sentHere || this.#outbox.acknowledge(entry.message_id) !== undefined);
      if (isNew && isGroupEvent(entry)) {
        this.#groups.heard(entry);
      }
      if (isNew && isRevision(entry)) {
        this.#emit('revision', { conversation_id: conversation.id, entry });
      }
      if (isChatMessage(entry)) {
        this.#typing.stopped(conversation.id, entry.from);
      }
      this.#watchExpiry(conversation, entry);
      const message = conversation.log.message(entry.message_id);
      if (isNew && !isEcho && isChatMessage(entry) && message) {
        this.#emit('message', {
          conversation_id: conversation.id,
          message: this.#conversations.message(conversation, message),
        });
      }
    }
    this.#receipts.received(conversation);
    this.#changed(conversation);
  }

  /** What destroys itself soon is gone from the page when it does; the rest when it is looked at. */
  #watchExpiry(conversation, entry) {
    const left = expiryOf(entry) - this.#runtime.now();
    if (left > 0 && left < WATCHED_EXPIRY_MS) {
      this.#runtime.setTimeout(() => this.#changed(conversation), left);
    }
  }

  /** The server, or its consent to a change, gave this `conversation` or a part of it. */
  update(record) {
    const conversation = this.#conversations.get(record.conversation_id);
    conversation.update(record);
    this.recorded(conversation, record);
  }

  /** The conversation has taken over this record. */
  recorded(conversation, record) {
    this.#receipts.compare(conversation, record);
    this.#changed(conversation);
  }

  #changed({ id }) {
    this.#emit('conversation', { conversation_id: id });
  }
}
