import { Conversation } from './im-conversation.js';
import { expiryOf } from './im-message.js';
import { isChatMessage } from './im-protocol.js';

/** All conversations of this user, and how they look from outside, with what waits to be sent. */
export class Conversations {
  #me;
  #outbox;
  #now;
  #seenName;
  #byId = new Map();

  /**
   * @param now gives the time
   * @param cursors {conversation_id: seq} up to which the host application has the logs already
   * @param seenName gives the name of a group that was seen once, or undefined
   */
  constructor(me, outbox, now, cursors, seenName) {
    this.#me = me;
    this.#outbox = outbox;
    this.#now = now;
    this.#seenName = seenName;
    for (const [id, cursor] of Object.entries(cursors)) {
      this.#byId.set(id, new Conversation(id, me, cursor));
    }
    for (const id of outbox.conversationIds()) {
      this.get(id);
    }
  }

  /** The conversation of this id, made when nothing is known of it yet. */
  get(id) {
    let conversation = this.#byId.get(id);
    if (!conversation) {
      conversation = new Conversation(id, this.#me);
      this.#byId.set(id, conversation);
    }
    return conversation;
  }

  all() {
    return [...this.#byId.values()];
  }

  cursors() {
    const known = this.all().filter(({ log }) => log.head !== null);
    return Object.fromEntries(known.map(({ id, log }) => [id, log.head]));
  }

  /** What a conversation list shows, in its order. */
  list() {
    return this.all()
      .map((conversation) => this.view(conversation))
      .filter(({ hidden, max_seq, last_message, draft }) => {
        return !hidden && (max_seq > 0 || last_message !== null || draft !== '');
      })
      .sort((one, other) => other.pinned - one.pinned || other.active_at - one.active_at);
  }

  view(conversation) {
    conversation.expire(this.#now());
    const { id, log, type, peer_id, group_id } = conversation;
    const { read_seq, received_seq, peer_read_seq, peer_received_seq } = conversation;
    const { pinned, muted, hidden, draft, unread_count, mentioned, last_event } = conversation;
    const { left, endedBy, groupName } = conversation.membership;
    const group_name = groupName ?? this.#seenName(group_id) ?? null;
    const group = { type, group_id, group_name, left, ended_by: endedBy };
    const last_message = this.#lastMessage(conversation);
    const last = [last_message?.timestamp, last_event?.timestamp].filter(Number.isFinite);
    return {
      conversation_id: id,
      ...(type === 1 ? { type, peer_id } : group),
      max_seq: log.head ?? 0,
      ...{ read_seq, received_seq, peer_read_seq, peer_received_seq },
      ...{ pinned, muted, hidden, draft, unread_count, mentioned, last_message, last_event },
      active_at: last.length > 0 ? Math.max(...last) : conversation.updated_at,
      is_complete: log.isComplete,
    };
  }

  messages(conversation) {
    return this.entries(conversation).filter(isChatMessage);
  }

  entries(conversation) {
    // One's own message is committed, and shown, also while something before it is missing.
    const { log } = conversation;
    conversation.expire(this.#now());
    const committed = log.waitingMessages.filter((message) => conversation.isMine(message));
    return [
      ...log.entries.map((entry) => this.#entry(conversation, entry)),
      ...committed.map((message) => this.message(conversation, message)),
      ...this.#outbox.items(conversation.id).map((item) => this.typed(item)),
    ];
  }

  #entry(conversation, entry) {
    return isChatMessage(entry) ? this.message(conversation, entry) : entry;
  }

  message(conversation, message) {
    const mine = conversation.isMine(message);
    const view = { ...message, mine, state: mine ? conversation.stateOf(message) : 'received' };
    return message.expires_in > 0 ? { ...view, expires_at: expiryOf(message) } : view;
  }

  /** A message of the outbox: it has no seq, and the time is that of the typing. */
  typed({ frame, state, error }) {
    const view = { ...frame, from: this.#me, timestamp: frame.client_timestamp, mine: true, state };
    return { ...view, revoked: false, reactions: {}, pinned: false, error };
  }

  #lastMessage(conversation) {
    const item = this.#outbox.items(conversation.id).at(-1);
    if (item) {
      return this.typed(item);
    }
    const message = conversation.last_message;
    return message && this.message(conversation, message);
  }
}
