import { ImError, backOffMillis } from './im-protocol.js';

const LIST_PAGE = 100;
const HISTORY_PAGE = 100;
/** A frame that came out of turn is often followed by the one that it overtook. */
const GAP_PATIENCE_MS = 200;
/** A frame holds 64 KiB; a quarter is left for what surrounds the cursors. */
const MAX_CURSOR_BYTES = 48 * 1024;
/** A gap that the server's answers do not close this many times is one that nobody can see. */
const MAX_STALE_ANSWERS = 5;
const GONE = new Set(['conversation_not_found', 'group_not_found', 'not_member']);

/**
 * Brings the conversations up to the server's logs: all of them after a (re)connect and whenever
 * the server asks for it, a single one when its `seq` jumps.
 */
export class Synchroniser {
  #request;
  #runtime;
  #conversations;
  #limit;
  #listener;
  // Grows with every session; what an earlier one still has under way is then void.
  #epoch = 0;
  #online = false;
  #syncing = false;
  #again = false;
  #hasSynced = false;
  #filling = new Set();
  #loading = new Map();

  /**
   * @param request sends a REQUEST, see `Connection`
   * @param conversations `all()`, `get(id)` which makes a conversation when there is none
   * @param limit entries of a conversation for one answer to `sync`
   * @param listener `onApplied(conversation, entries, {isNew})`, `onSynced()`,
   *     `onRecord(conversation, record)` after the record was taken over, `onWarning(error)`
   */
  constructor(request, runtime, conversations, limit, listener) {
    this.#request = request;
    this.#runtime = runtime;
    this.#conversations = conversations;
    this.#limit = limit;
    this.#listener = listener;
  }

  /** A session has begun. */
  resume() {
    this.#epoch++;
    this.#online = true;
    this.#syncing = this.#again = false;
    this.#filling.clear();
    this.sync();
  }

  suspend() {
    this.#epoch++;
    this.#online = false;
  }

  get hasSynced() {
    return this.#hasSynced;
  }

  async sync() {
    if (this.#syncing) {
      this.#again = true;
      return;
    }
    this.#syncing = true;
    const done = await this.#persist(async () => {
      do {
        this.#again = false;
        await this.#syncLogs();
      } while (this.#again);
      if (this.#hasSynced) {
        // Settings and cursors may have changed where no message came.
        await this.#refreshRecords();
      }
    });
    if (!done) {
      return;
    }
    this.#syncing = false;
    this.#hasSynced = true;
    this.#listener.onSynced();
    for (const conversation of this.#conversations.all()) {
      this.fillGap(conversation);
    }
  }

  /** Asks for what lies between the conversation's head and the entries that wait behind a gap. */
  async fillGap(conversation) {
    const { id, log } = conversation;
    if (log.gapEnd === null || !this.#online || this.#syncing || this.#filling.has(id)) {
      return;
    }
    const epoch = this.#epoch;
    this.#filling.add(id);
    await this.#sleep(GAP_PATIENCE_MS);
    if (epoch !== this.#epoch) {
      return;
    }
    let stale = 0;
    const done = await this.#persist(async () => {
      while (log.gapEnd !== null) {
        const { head, gapEnd } = log;
        await this.#fetchGap(conversation);
        if (log.head !== head || log.gapEnd !== gapEnd) {
          continue;
        }
        // The answer is older than the frame that showed the gap: a replica that lags.
        if (++stale < MAX_STALE_ANSWERS) {
          throw new ImError({ reason: 'unavailable', message: `gap before ${gapEnd} in ${id}` });
        }
        stale = 0;
        this.#listener.onApplied(conversation, log.skipTo(gapEnd - 1), { isNew: true });
      }
    }, conversation);
    if (done) {
      this.#filling.delete(id);
    }
  }

  /** Loads a page of older messages. Gives whether there are more. */
  loadHistory(conversation, limit) {
    const { id, log } = conversation;
    if (log.isComplete) {
      return Promise.resolve(false);
    }
    if (!this.#loading.has(id)) {
      const loading = this.#loadPage(conversation, limit).finally(() => this.#loading.delete(id));
      this.#loading.set(id, loading);
    }
    return this.#loading.get(id);
  }

  async #loadPage(conversation, limit) {
    const { id, log } = conversation;
    const isUnknown = log.floor === null;
    const before_seq = isUnknown ? Number.MAX_SAFE_INTEGER : log.floor + 1;
    let page;
    try {
      page = await this.#history(id, { before_seq, limit });
    } catch (error) {
      if (!isUnknown || !GONE.has(error.reason)) {
        throw error;
      }
      page = { messages: [], has_more: false }; // A conversation begins with its first message.
    }
    if (isUnknown) {
      const entries = log.open(page.messages, page.has_more);
      this.#listener.onApplied(conversation, entries, { isNew: false });
    } else {
      conversation.prepend(page.messages, page.has_more);
      this.#listener.onApplied(conversation, [], { isNew: false });
    }
    return !log.isComplete;
  }

  async #syncLogs() {
    let hasMore = true;
    while (hasMore) {
      const cursors = this.#cursors();
      const answer = await this.#request('sync', { cursors, limit: this.#limit });
      let progress = false;
      hasMore = answer.has_more;
      for (const { conversation: record, messages, has_more } of answer.conversations) {
        const conversation = this.#conversations.get(record.conversation_id);
        const { log } = conversation;
        const headBefore = log.head;
        const wasAsked = record.conversation_id in cursors;
        conversation.clear(record.cleared_seq ?? 0); // There is nothing older than that.
        // A log may have older entries than its newest page, unless that begins at the beginning.
        const entries = wasAsked ? log.fill(messages) : log.open(messages, messages[0]?.seq > 1);
        if (!has_more && (wasAsked || headBefore === null)) {
          // What else there is up to the end is not for this user.
          entries.push(...log.skipTo(record.max_seq));
        }
        this.#listener.onApplied(conversation, entries, { isNew: headBefore !== null });
        this.#update(conversation, record);
        progress ||= log.head !== headBefore;
        hasMore ||= wasAsked && has_more;
      }
      hasMore &&= progress;
    }
  }

  /** The cursors of the latest conversations, as many as a frame can hold. */
  #cursors() {
    const known = this.#conversations.all().filter(({ log }) => log.head !== null);
    known.sort((one, other) => other.updated_at - one.updated_at);
    const cursors = {};
    let bytes = 0;
    for (const { id, log } of known) {
      bytes += id.length + String(log.head).length + 4;
      if (bytes > MAX_CURSOR_BYTES) {
        break;
      }
      cursors[id] = log.head;
    }
    return cursors;
  }

  /** The list leaves hidden conversations out, so what it does not name is asked for by itself. */
  async #refreshRecords() {
    const known = this.#conversations.all().filter(({ log }) => log.head > 0);
    const unnamed = new Set(known.map(({ id }) => id));
    let page_token;
    do {
      const params = page_token ? { page_token, limit: LIST_PAGE } : { limit: LIST_PAGE };
      const answer = await this.#request('conversation.list', params);
      for (const record of answer.conversations) {
        const conversation = this.#conversations.get(record.conversation_id);
        this.#update(conversation, record);
        unnamed.delete(conversation.id);
      }
      page_token = answer.next_page_token;
    } while (page_token);
    for (const id of unnamed) {
      await this.#refreshRecord(this.#conversations.get(id));
    }
  }

  async #refreshRecord(conversation) {
    try {
      const params = { conversation_id: conversation.id };
      this.#update(conversation, (await this.#request('conversation.get', params)).conversation);
    } catch (error) {
      if (!GONE.has(error.reason)) {
        throw error;
      }
    }
  }

  async #fetchGap(conversation) {
    const { id, log } = conversation;
    if (log.head !== null) {
      const range = { after_seq: log.head, limit: HISTORY_PAGE };
      const { messages } = await this.#history(id, range);
      this.#listener.onApplied(conversation, log.fill(messages), { isNew: true });
      return;
    }
    const range = { before_seq: log.gapEnd + 1, limit: HISTORY_PAGE };
    const [{ messages, has_more }, { conversation: record }] = await Promise.all([
      this.#history(id, range),
      this.#request('conversation.get', { conversation_id: id }),
    ]);
    this.#listener.onApplied(conversation, log.open(messages, has_more), { isNew: true });
    this.#update(conversation, record);
  }

  #history(conversation_id, range) {
    return this.#request('message.history', { conversation_id, ...range });
  }

  #update(conversation, record) {
    conversation.update(record);
    this.#listener.onRecord(conversation, record);
  }

  /**
   * Repeats the work with back-off until it is done or the session has ended; a new session begins
   * everything anew. Gives whether it is done.
   */
  async #persist(work, conversation) {
    const epoch = this.#epoch;
    for (let attempt = 0; ; attempt++) {
      try {
        await work();
        return epoch === this.#epoch;
      } catch (error) {
        if (epoch !== this.#epoch || !this.#online) {
          return false;
        }
        if (conversation && GONE.has(error.reason)) {
          conversation.log.dropWaiting();
          return true;
        }
        this.#listener.onWarning(error);
        await this.#sleep(error.retry_after_ms ?? backOffMillis(attempt, this.#runtime.random));
        if (epoch !== this.#epoch) {
          return false;
        }
      }
    }
  }

  #sleep(millis) {
    return new Promise((resolve) => this.#runtime.setTimeout(resolve, millis));
  }
}
