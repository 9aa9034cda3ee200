import { FrameType } from './im-protocol.js';

/** Receipts of one conversation that fall due within this time leave as one frame. */
const COALESCE_MS = 250;

/**
 * Tells the server what has arrived and what has been read. Neither frame is answered: what the
 * server does not know is told again when a record of the conversation shows it.
 */
export class Receipts {
  #send;
  #runtime;
  #due = new Map();
  #timer = null;

  constructor(send, runtime) {
    this.#send = send;
    this.#runtime = runtime;
  }

  /** Entries of this conversation have arrived; `again` when the server repeated one. */
  received(conversation, again = false) {
    if (again || conversation.log.head > conversation.received_seq) {
      this.#due.set(conversation, again || this.#due.get(conversation) === true);
      this.#timer ??= this.#runtime.setTimeout(() => this.#flush(), COALESCE_MS);
    }
  }

  /** Gives whether the cursor moved. */
  read(conversation, seq) {
    const moved = conversation.readUpTo(seq);
    if (moved) {
      this.#sendRead(conversation);
    }
    return moved;
  }

  /** The server's record of a conversation: what it lacks is told once more. */
  compare(conversation, record) {
    if (record.read_seq < conversation.read_seq) {
      this.#sendRead(conversation);
    }
    this.received(conversation);
  }

  suspend() {
    this.#runtime.clearTimeout(this.#timer);
    this.#timer = null;
    this.#due.clear();
  }

  #sendRead({ id, read_seq }) {
    this.#send({
      type: FrameType.READ_RECEIPT,
      conversation_id: id,
      content: { last_read_seq: read_seq },
    });
  }

  #flush() {
    this.#timer = null;
    for (const [conversation, again] of this.#due) {
      const seq = conversation.log.head;
      if (again || seq > conversation.received_seq) {
        this.#send({ type: FrameType.ACK, conversation_id: conversation.id, content: { seq } });
        conversation.received_seq = Math.max(conversation.received_seq, seq);
      }
    }
    this.#due.clear();
  }
}
