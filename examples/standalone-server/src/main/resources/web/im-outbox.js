import { ImError, backOffMillis } from './im-protocol.js';

/** From sending a message to its ACK or ERROR; then it is sent again under the same id. */
const ACK_TIMEOUT_MS = 10_000;
const MAX_MESSAGES = 1_000;

/** The rate limit is one of the user: it stops every conversation. */
const RATE_LIMITED = 'rate_limited';
/** Not committed for a passing reason; the message stays first in its conversation. */
const UNAVAILABLE = 'unavailable';
/** The connection is about to close with 4401; the message waits for the next one. */
const SESSION_ENDED = new Set(['unauthenticated', 'token_expired']);

/**
 * The messages that this user has typed and the server has not acknowledged: kept in the storage,
 * so that they outlive the page, and sent under the same id until there is an answer.
 *
 * A conversation has one message under way at a time. A second one sent before the first one's ACK
 * could overtake it when the first is refused by a rate limit or lost with the connection.
 */
export class Outbox {
  #storage;
  #prefix;
  #runtime;
  #send;
  #listener;
  #lanes = new Map();
  #size = 0;
  #online = false;
  #pause = null;
  #pauses = 0;

  /**
   * @param storage a `Storage`; each message has its own key, so that tabs do not overwrite each
   *     other's
   * @param send gives a frame to the connection and tells whether it left
   * @param listener `onChange(item)` when a message's state changed, `onWarning(error)`
   */
  constructor(storage, userId, runtime, send, listener) {
    this.#storage = storage;
    this.#prefix = `embedim:outbox:${userId}:`;
    this.#runtime = runtime;
    this.#send = send;
    this.#listener = listener;
    this.#load();
  }

  /** Messages of this conversation in order: `{frame, state, error}`, `queued` or `failed`. */
  items(conversationId) {
    return this.#lanes.get(conversationId)?.items ?? [];
  }

  conversationIds() {
    return [...this.#lanes.keys()];
  }

  get queuedCount() {
    return this.#items().filter((item) => item.state === 'queued').length;
  }

  add(frame) {
    if (this.#size >= MAX_MESSAGES) {
      throw new ImError({
        reason: 'outbox_full',
        message: `${MAX_MESSAGES} messages wait to be sent; try again when some have left`,
      });
    }
    const item = { frame, state: 'queued' };
    this.#append(item);
    this.#store(item);
    this.#pump(frame.conversation_id);
    return item;
  }

  /** The session is there: everything that waits goes out, in order. */
  resume() {
    this.#online = true;
    this.#pumpAll();
  }

  /** The session is gone, and with it the answers to what was under way. */
  suspend() {
    this.#online = false;
    this.#pauses = 0;
    this.#endPause();
    for (const lane of this.#lanes.values()) {
      this.#free(lane);
      lane.retries = 0;
    }
  }

  /** Committed, as an ACK or the log says. Gives the item, or undefined if it is not ours. */
  acknowledge(messageId) {
    const { lane, item } = this.#find(messageId);
    if (item) {
      this.#pauses = 0;
      lane.retries = 0;
      this.#remove(lane, item);
    }
    return item;
  }

  /** The server refused: for now, then it is tried again, or for good. */
  refuse(messageId, error) {
    const { lane, item } = this.#find(messageId);
    if (!item || SESSION_ENDED.has(error.reason)) {
      return;
    }
    if (error.reason === RATE_LIMITED) {
      this.#free(lane);
      this.#pauseAll(error.retry_after_ms);
    } else if (error.reason === UNAVAILABLE) {
      this.#free(lane);
      const wait = error.retry_after_ms ?? backOffMillis(lane.retries++, this.#runtime.random);
      this.#occupy(lane, null, wait);
    } else {
      this.#fail(lane, item, error);
    }
  }

  /** What was under way broke the connection; sending it again would break the next one too. */
  refuseUnderWay(error) {
    for (const lane of this.#lanes.values()) {
      if (lane.underWay) {
        this.#fail(lane, lane.underWay, error);
      }
    }
  }

  /** Tries a failed message once more, under its old id, behind what has been typed since. */
  retry(messageId) {
    const { lane, item } = this.#find(messageId);
    if (item?.state !== 'failed') {
      return;
    }
    item.state = 'queued';
    delete item.error;
    lane.items.splice(lane.items.indexOf(item), 1);
    lane.items.push(item);
    this.#store(item);
    this.#listener.onChange(item);
    this.#pump(item.frame.conversation_id);
  }

  /** Forgets a failed message. */
  discard(messageId) {
    const { lane, item } = this.#find(messageId);
    if (item?.state === 'failed') {
      this.#remove(lane, item);
      this.#listener.onChange(item);
    }
  }

  #pump(conversationId) {
    const lane = this.#lanes.get(conversationId);
    if (!lane || !this.#online || this.#pause !== null || lane.timer !== null) {
      return;
    }
    const item = lane.items.find((candidate) => candidate.state === 'queued');
    if (item && this.#send(item.frame)) {
      this.#occupy(lane, item, ACK_TIMEOUT_MS);
    }
  }

  #pumpAll() {
    for (const conversationId of this.#lanes.keys()) {
      this.#pump(conversationId);
    }
  }

  /** The lane sends nothing until it is freed, at the latest after this time. */
  #occupy(lane, item, millis) {
    lane.underWay = item;
    lane.timer = this.#runtime.setTimeout(() => {
      this.#free(lane);
      this.#pump(lane.conversationId);
    }, millis);
  }

  #free(lane) {
    this.#runtime.clearTimeout(lane.timer);
    lane.timer = null;
    lane.underWay = null;
  }

  #pauseAll(retryAfterMillis) {
    this.#endPause();
    const wait = retryAfterMillis ?? backOffMillis(this.#pauses++, this.#runtime.random);
    this.#pause = this.#runtime.setTimeout(() => {
      this.#pause = null;
      this.#pumpAll();
    }, wait);
  }

  #endPause() {
    this.#runtime.clearTimeout(this.#pause);
    this.#pause = null;
  }

  #fail(lane, item, error) {
    if (lane.underWay === item) {
      this.#free(lane);
    }
    item.state = 'failed';
    item.error = { code: error.code, reason: error.reason, message: error.message };
    this.#store(item);
    this.#listener.onChange(item);
    this.#pump(lane.conversationId);
  }

  #remove(lane, item) {
    if (lane.underWay === item) {
      this.#free(lane);
    }
    lane.items.splice(lane.items.indexOf(item), 1);
    this.#size--;
    this.#storage.removeItem(this.#prefix + item.frame.message_id);
    this.#pump(lane.conversationId);
    if (lane.items.length === 0) {
      this.#free(lane);
      this.#lanes.delete(lane.conversationId);
    }
  }

  #append(item) {
    const conversationId = item.frame.conversation_id;
    let lane = this.#lanes.get(conversationId);
    if (!lane) {
      lane = { conversationId, items: [], underWay: null, timer: null, retries: 0 };
      this.#lanes.set(conversationId, lane);
    }
    lane.items.push(item);
    this.#size++;
  }

  #items() {
    return [...this.#lanes.values()].flatMap((lane) => lane.items);
  }

  #find(messageId) {
    for (const lane of this.#lanes.values()) {
      const item = lane.items.find((candidate) => candidate.frame.message_id === messageId);
      if (item) {
        return { lane, item };
      }
    }
    return {};
  }

  #store(item) {
    try {
      this.#storage.setItem(this.#prefix + item.frame.message_id, JSON.stringify(item));
    } catch (error) {
      this.#listener.onWarning(error); // The storage is full: kept in memory only.
    }
  }

  #load() {
    const keys = Array.from({ length: this.#storage.length }, (_, i) => this.#storage.key(i));
    // Ids are UUIDv7: their order is the order of typing.
    for (const key of keys.filter((name) => name.startsWith(this.#prefix)).sort()) {
      try {
        const { frame, state, error } = JSON.parse(this.#storage.getItem(key));
        this.#append(error ? { frame, state, error } : { frame, state });
      } catch (error) {
        this.#storage.removeItem(key);
        this.#listener.onWarning(error);
      }
    }
  }
}

/** The part of `Storage` that the outbox uses, for where there is no `localStorage`. */
export class MemoryStorage {
  #values = new Map();

  get length() {
    return this.#values.size;
  }

  key(index) {
    return [...this.#values.keys()][index] ?? null;
  }

  getItem(key) {
    return this.#values.get(key) ?? null;
  }

  setItem(key, value) {
    this.#values.set(key, String(value));
  }

  removeItem(key) {
    this.#values.delete(key);
  }
}
