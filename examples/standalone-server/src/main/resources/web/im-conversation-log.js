import { expiryOf, isRevision, revised, toMessage } from './im-message.js';
import { isChatMessage, isGroupEvent } from './im-protocol.js';

/**
 * What this client knows of one conversation's log: every entry that the user may see in the range
 * (`floor`, `head`], applied in order, and the later ones that must wait until a gap is filled.
 * The messages are the pure result of applying those entries.
 *
 * An answer of the server (history, sync) is complete in its range: a seq that is missing there is
 * hidden from this user, for example deleted for him. A live frame that jumps is a gap.
 */
export class ConversationLog {
  #head;
  #floor;
  #cleared = 0;
  #deleted = new Set();
  #hasExpiring = false;
  // What is shown: chat messages, and the events of a group between them.
  #entries = [];
  #byId = new Map();
  // Entries that change earlier ones, kept for the messages that history brings in later.
  #revisions = [];
  #waiting = new Map();

  /** @param cursor the seq up to which the host application has the log already, or null */
  constructor(cursor = null) {
    this.#head = cursor;
    this.#floor = cursor;
  }

  /** The last seq applied, 0 in an empty log; null while nothing is known. */
  get head() {
    return this.#head;
  }

  /** Everything after this seq is here; null while nothing is known. */
  get floor() {
    return this.#floor;
  }

  /** Whether there is nothing older to load. */
  get isComplete() {
    return this.#floor === 0;
  }

  /** Up to this seq the user sees nothing, because she cleared the conversation; 0 for nothing. */
  get clearedSeq() {
    return this.#cleared;
  }

  /** The chat messages and group events by seq, revisions applied. Not to be modified. */
  get entries() {
    return this.#entries;
  }

  /** The chat messages of them. */
  get messages() {
    return this.#entries.filter(isChatMessage);
  }

  /** The chat messages behind a gap, by seq. */
  get waitingMessages() {
    const shown = [...this.#waiting.values()].filter((entry) => this.#shows(entry));
    const entries = shown.filter(isChatMessage);
    return entries.sort((one, other) => one.seq - other.seq).map(toMessage);
  }

  /** The first seq behind a gap, or null when there is none. */
  get gapEnd() {
    return this.#waiting.size === 0 ? null : Math.min(...this.#waiting.keys());
  }

  has(seq) {
    return (this.#head !== null && seq <= this.#head) || this.#waiting.has(seq);
  }

  message(messageId) {
    return this.#byId.get(messageId);
  }

  /** Takes one live entry. Gives the entries that it allowed to apply: none behind a gap. */
  offer(entry) {
    if (this.has(entry.seq)) {
      return [];
    }
    if (this.#head === null && entry.seq <= this.#cleared + 1) {
      this.#head = entry.seq - 1;
      this.#floor = 0;
    }
    this.#waiting.set(entry.seq, entry);
    return this.#applyWaiting();
  }

  /** Takes the server's answer to "what comes after head". Gives the entries that applied. */
  fill(entries) {
    const applied = [];
    for (const entry of entries) {
      if (entry.seq > this.#head) {
        this.#apply(entry);
        applied.push(entry);
      }
    }
    return applied.concat(this.#applyWaiting());
  }

  /** Takes the newest page of a log, which says nothing of what lies between it and head. */
  open(entries, hasOlder) {
    if (this.#head !== null) {
      return entries.flatMap((entry) => this.offer(entry));
    }
    this.#setFloor(entries, hasOlder);
    this.#head = this.#floor;
    return this.fill(entries);
  }

  /** Takes the server's answer to "what comes up to floor". */
  prepend(entries, hasOlder) {
    const older = entries.filter((entry) => entry.seq <= this.#floor);
    const shown = older.filter((entry) => this.#shows(entry)).map(toMessage);
    shown.forEach((entry) => this.#remember(entry));
    this.#entries = shown.concat(this.#entries);
    this.#revisions = older.filter(isRevision).concat(this.#revisions);
    // The answer may be older than the latest revisions of what it holds.
    for (const revision of this.#revisions) {
      this.#revise(revision, shown[0]?.seq ?? 0, this.#floor);
    }
    this.#setFloor(older, hasOlder);
  }

  /**
   * There is nothing more to see up to this seq, as the server said. Gives the entries that this
   * allowed to apply.
   */
  skipTo(seq) {
    this.#head = Math.max(this.#head ?? 0, seq);
    this.#floor ??= this.#head;
    return this.#applyWaiting();
  }

  /** Forgets what waits behind a gap: the conversation is not to be seen any more. */
  dropWaiting() {
    this.#waiting.clear();
  }

  /**
   * Hides everything up to this seq, also what arrives later: the user has cleared the
   * conversation. Gives whether that was not known before.
   */
  clear(seq) {
    if (seq <= this.#cleared) {
      return false;
    }
    this.#cleared = seq;
    this.#dropHidden();
    if (this.#floor !== null && this.#floor <= seq) {
      this.#floor = 0;
    }
    return true;
  }

  /** Hides these entries, also when they arrive later: the user has deleted them for herself. */
  delete(seqs) {
    seqs.forEach((seq) => this.#deleted.add(seq));
    this.#dropHidden();
  }

  /** Removes the messages that have destroyed themselves by now. */
  expire(now) {
    if (!this.#hasExpiring) {
      return;
    }
    const expired = this.#entries.filter((entry) => expiryOf(entry) <= now);
    if (expired.length > 0) {
      this.delete(expired.map(({ seq }) => seq));
    }
  }

  /** Whether the entry is one that is shown, and that this user may see. */
  #shows(entry) {
    const isShown = isChatMessage(entry) || isGroupEvent(entry);
    return isShown && entry.seq > this.#cleared && !this.#deleted.has(entry.seq);
  }

  #dropHidden() {
    this.#entries = this.#entries.filter((entry) => this.#shows(entry));
    this.#byId.clear();
    this.#entries.forEach((entry) => this.#remember(entry));
  }

  /** Only a message can be found, to be revised or quoted. */
  #remember(entry) {
    if (isChatMessage(entry)) {
      this.#byId.set(entry.message_id, entry);
      this.#hasExpiring ||= entry.expires_in > 0;
    }
  }

  /** What comes before these entries, if anything: it is older, and not cleared. */
  #setFloor(entries, hasOlder) {
    const floor = hasOlder && entries.length > 0 ? entries[0].seq - 1 : 0;
    this.#floor = floor > this.#cleared ? floor : 0;
  }

  #applyWaiting() {
    const applied = [];
    if (this.#head === null) {
      return applied;
    }
    for (const [seq] of this.#waiting) {
      if (seq <= this.#head) {
        this.#waiting.delete(seq);
      }
    }
    let next;
    while ((next = this.#waiting.get(this.#head + 1))) {
      this.#waiting.delete(next.seq);
      this.#apply(next);
      applied.push(next);
    }
    return applied;
  }

  #apply(entry) {
    this.#head = entry.seq;
    if (this.#shows(entry)) {
      const shown = toMessage(entry);
      this.#entries.push(shown);
      this.#remember(shown);
    } else if (isRevision(entry)) {
      this.#revisions.push(entry);
      this.#revise(entry, 0, this.#head);
    }
  }

  #revise(revision, fromSeq, toSeq) {
    const message = this.#byId.get(revision.content.target_message_id);
    if (message && message.seq >= fromSeq && message.seq <= toSeq) {
      Object.assign(message, revised(message, revision));
    }
  }
}
