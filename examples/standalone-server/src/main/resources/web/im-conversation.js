import { ConversationLog } from './im-conversation-log.js';
import { Membership } from './im-membership.js';
import { expiryOf, toMessage } from './im-message.js';
import { EVERYBODY, isChatMessage, isGroupEvent, parseConversationId } from './im-protocol.js';

const SETTINGS = ['pinned', 'muted', 'hidden', 'draft'];

/**
 * One conversation as this user has it: its log, the cursors of both sides and the user's settings.
 * Unread counts and message states are derived from the cursors, never counted up and down.
 */
export class Conversation {
  #me;
  #serverLastMessage = null;
  // Unread messages older than the part of the log that is here; only the server knows them.
  #olderUnread = 0;
  // The first unread message that mentions the user, as the server last said; 0 for none.
  #serverMentionSeq = 0;

  constructor(conversationId, me, cursor = null) {
    this.#me = me;
    this.id = conversationId;
    Object.assign(this, parseConversationId(conversationId, me));
    this.log = new ConversationLog(cursor);
    this.membership = new Membership(me);
    this.read_seq = 0;
    this.received_seq = 0;
    this.peer_read_seq = 0;
    this.peer_received_seq = 0;
    this.pinned = false;
    this.muted = false;
    this.hidden = false;
    this.draft = '';
    this.updated_at = 0;
  }

  /**
   * Takes a `conversation` of the server, or the part of one that a CONVERSATION_UPDATE carries.
   * Cursors never go back, whichever order the frames come in.
   */
  update(record) {
    for (const name of SETTINGS) {
      this[name] = record[name] ?? this[name];
    }
    this.updated_at = Math.max(this.updated_at, record.updated_at ?? 0);
    if (record.last_message) {
      this.#serverLastMessage = toMessage(record.last_message);
    }
    this.readUpTo(record.read_seq ?? 0);
    this.received_seq = Math.max(this.received_seq, record.received_seq ?? 0);
    this.peerReadUpTo(record.peer_read_seq ?? 0);
    this.peer_received_seq = Math.max(this.peer_received_seq, record.peer_received_seq ?? 0);
    this.#serverMentionSeq = record.mention_seq ?? this.#serverMentionSeq;
    this.clear(record.cleared_seq ?? 0);
    this.delete(record.deleted_seqs ?? []);
    if (record.type === 2 && record.max_seq >= (this.log.head ?? 0)) {
      this.membership.left = record.left === true;
    }
    const knowsWhatWasRead = (record.read_seq ?? this.read_seq) >= this.read_seq;
    if (record.unread_count !== undefined && knowsWhatWasRead) {
      const upTo = record.max_seq ?? this.log.head ?? 0;
      this.#olderUnread = Math.max(0, record.unread_count - this.#unreadHere(upTo));
      this.#boundOlderUnread();
    }
  }

  readUpTo(seq) {
    if (seq > this.read_seq) {
      this.read_seq = seq;
      this.#boundOlderUnread();
      return true;
    }
    return false;
  }

  peerReadUpTo(seq) {
    this.peer_read_seq = Math.max(this.peer_read_seq, seq);
    this.peer_received_seq = Math.max(this.peer_received_seq, this.peer_read_seq);
  }

  /** Takes the entries that the log has just applied. */
  applied(entries) {
    for (const entry of entries) {
      if (isGroupEvent(entry)) {
        this.membership.apply(entry);
        this.hidden = false;
      }
      if (isChatMessage(entry)) {
        this.hidden = false;
        if (this.type === 1 && entry.from === this.peer_id) {
          // Whoever answers was there, but what he has read only his read receipt says.
          this.peer_received_seq = Math.max(this.peer_received_seq, entry.seq);
        }
      } else if (this.#revokesOlderUnread(entry)) {
        this.#olderUnread--;
      }
    }
    this.#boundOlderUnread();
  }

  prepend(entries, hasOlder) {
    const before = this.#unreadHere();
    this.log.prepend(entries, hasOlder);
    this.#olderUnread = Math.max(0, this.#olderUnread - (this.#unreadHere() - before));
    this.#boundOlderUnread();
  }

  /** The user has cleared the conversation up to this seq, here or on another device. */
  clear(seq) {
    if (!this.log.clear(seq)) {
      return;
    }
    this.#boundOlderUnread();
    if (this.#serverLastMessage?.seq <= seq) {
      this.#serverLastMessage = null;
    }
  }

  /** The user has deleted these entries for herself, here or on another device. */
  delete(seqs) {
    if (seqs.length > 0) {
      this.log.delete(seqs);
      if (seqs.includes(this.#serverLastMessage?.seq)) {
        this.#serverLastMessage = null;
      }
    }
  }

  /** Removes the messages that have destroyed themselves by now. */
  expire(now) {
    this.log.expire(now);
    if (this.#serverLastMessage !== null && expiryOf(this.#serverLastMessage) <= now) {
      this.#serverLastMessage = null;
    }
  }

  get unread_count() {
    return this.#olderUnread + this.#unreadHere();
  }

  /** Whether an unread message mentions this user, or everybody. */
  get mentioned() {
    const older = this.#serverMentionSeq;
    const isOlder = this.log.floor === null || older <= this.log.floor;
    return (older > this.read_seq && isOlder) || this.#unread().some((each) => this.#mentionsMe(each));
  }

  /** The newest group event, when nothing was said since. */
  get last_event() {
    const last = this.log.entries.at(-1);
    return last && isGroupEvent(last) ? last : null;
  }

  get last_message() {
    const mine = this.log.entries.findLast(isChatMessage) ?? null;
    const theirs = this.#serverLastMessage;
    return theirs !== null && theirs.seq > (mine?.seq ?? 0) ? theirs : mine;
  }

  /** The state of one's own message in the log. */
  stateOf(message) {
    if (this.type === 1 && message.seq <= this.peer_read_seq) {
      return 'read';
    }
    return this.type === 1 && message.seq <= this.peer_received_seq ? 'delivered' : 'sent';
  }

  isMine(message) {
    return message.from === this.#me;
  }

  #unreadHere(upToSeq = Infinity) {
    return this.#unread().filter(({ seq }) => seq <= upToSeq).length;
  }

  /** The unread messages that are here. */
  #unread() {
    const { entries } = this.log;
    const unread = [];
    for (let i = entries.length - 1; i >= 0 && entries[i].seq > this.read_seq; i--) {
      const entry = entries[i];
      if (isChatMessage(entry) && !entry.revoked && !this.isMine(entry)) {
        unread.push(entry);
      }
    }
    return unread;
  }

  #mentionsMe({ mentions = [] }) {
    return mentions.includes(this.#me) || mentions.includes(EVERYBODY);
  }

  #revokesOlderUnread({ content }) {
    const seq = content?.target_seq;
    return this.#olderUnread > 0 && seq > this.read_seq && seq <= this.log.floor;
  }

  /** There are not more of them than places between what was read or cleared and the log here. */
  #boundOlderUnread() {
    if (this.log.floor !== null) {
      const begin = Math.max(this.read_seq, this.log.clearedSeq);
      const places = Math.max(0, this.log.floor - begin);
      this.#olderUnread = Math.min(this.#olderUnread, places);
    }
  }
}
