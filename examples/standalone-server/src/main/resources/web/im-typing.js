import { FrameType } from './im-protocol.js';

/** While the user types, the others are told this often. */
const REPEAT_MS = 3_000;
/** Who has not typed for this long has stopped: two repeats and the network's delay. */
const EXPIRE_MS = 7_000;

/** Who is typing where: throttles what is told, and forgets what was heard. */
export class Typing {
  #send;
  #runtime;
  #onChange;
  #told = new Map();
  #heard = new Map();

  /** @param onChange called with `(conversationId)` when the users who type there changed */
  constructor(send, runtime, onChange) {
    this.#send = send;
    this.#runtime = runtime;
    this.#onChange = onChange;
  }

  /** The user has pressed a key. */
  tell(conversationId) {
    const now = this.#runtime.now();
    if (now - (this.#told.get(conversationId) ?? -Infinity) >= REPEAT_MS) {
      this.#told.set(conversationId, now);
      this.#send({ type: FrameType.TYPING, conversation_id: conversationId });
    }
  }

  /** The user has sent the message: the next key is told at once. */
  sent(conversationId) {
    this.#told.delete(conversationId);
  }

  hear(conversationId, userId) {
    const users = this.#heard.get(conversationId) ?? new Map();
    this.#heard.set(conversationId, users);
    const isNew = !users.has(userId);
    this.#runtime.clearTimeout(users.get(userId));
    const expire = () => this.stopped(conversationId, userId);
    users.set(userId, this.#runtime.setTimeout(expire, EXPIRE_MS));
    if (isNew) {
      this.#onChange(conversationId);
    }
  }

  stopped(conversationId, userId) {
    const users = this.#heard.get(conversationId);
    if (users?.has(userId)) {
      this.#runtime.clearTimeout(users.get(userId));
      users.delete(userId);
      this.#onChange(conversationId);
    }
  }

  users(conversationId) {
    return [...(this.#heard.get(conversationId)?.keys() ?? [])];
  }

  suspend() {
    for (const [conversationId, users] of this.#heard) {
      for (const userId of [...users.keys()]) {
        this.stopped(conversationId, userId);
      }
    }
  }
}
