/** How far the members of a group have read, for the conversations that are watched. */
export class Readers {
  #request;
  #listener;
  #watched = new Map();
  #online = false;

  /** @param listener `onReaders(conversationId)` when that changed, `onWarning(error)` */
  constructor(request, listener) {
    this.#request = request;
    this.#listener = listener;
  }

  /** `{user_id: last_read_seq}`; empty while nothing is known. */
  of(conversationId) {
    return Object.fromEntries(this.#watched.get(conversationId) ?? []);
  }

  /** Asks how far everybody has read, and listens from now on. */
  watch(conversationId) {
    if (!this.#watched.has(conversationId)) {
      this.#watched.set(conversationId, new Map());
      this.refresh(conversationId);
    }
  }

  unwatch(conversationId) {
    this.#watched.delete(conversationId);
  }

  /** Asks once more: in a large group nobody is told of what others have read. */
  async refresh(conversationId) {
    if (!this.#online) {
      return;
    }
    try {
      const params = { conversation_id: conversationId };
      const { read } = await this.#request('conversation.readers', params);
      Object.entries(read).forEach(([userId, seq]) => this.heard(conversationId, userId, seq));
    } catch (error) {
      if (this.#online) {
        this.#listener.onWarning(error);
      }
    }
  }

  /** Cursors never go back, whichever order the answers and frames come in. */
  heard(conversationId, userId, seq) {
    const cursors = this.#watched.get(conversationId);
    if (cursors && seq > (cursors.get(userId) ?? -1)) {
      cursors.set(userId, seq);
      this.#listener.onReaders(conversationId);
    }
  }

  resume() {
    this.#online = true;
    [...this.#watched.keys()].forEach((conversationId) => this.refresh(conversationId));
  }

  suspend() {
    this.#online = false;
  }
}
