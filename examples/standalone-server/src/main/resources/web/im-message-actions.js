/** `message.deleted` looks at this many entries at most. */
const MAX_RANGE = 10_000;

/**
 * What can be done to a message that is in the log. Each is done when its promise is fulfilled, and
 * rejected with the server's `ImError`; what it changes comes through the log like everybody's.
 */
export class MessageActions {
  #request;
  #onDeleted;

  /** @param onDeleted called with the conversation's id and the seqs that the user deleted */
  constructor(request, onDeleted) {
    this.#request = request;
    this.#onDeleted = onDeleted;
  }

  revoke({ conversation_id, message_id }) {
    return this.#request('message.revoke', { conversation_id, message_id });
  }

  edit({ conversation_id, message_id }, content) {
    return this.#request('message.edit', { conversation_id, message_id, content });
  }

  react({ conversation_id, message_id }, emoji, op) {
    return this.#request('message.react', { conversation_id, message_id, emoji, op });
  }

  pin({ conversation_id, message_id }, op) {
    return this.#request('message.pin', { conversation_id, message_id, op });
  }

  async delete(conversation_id, messages) {
    const message_ids = messages.map(({ message_id }) => message_id);
    await this.#request('message.delete', { conversation_id, message_ids });
    this.#onDeleted(conversation_id, messages.map(({ seq }) => seq));
  }

  /**
   * Finds out what the user has deleted between these seqs on another device, while this one had no
   * connection.
   */
  async learnDeleted(conversation_id, from_seq, to_seq) {
    for (let begin = from_seq; begin <= to_seq; begin += MAX_RANGE) {
      const end = Math.min(to_seq, begin + MAX_RANGE - 1);
      const params = { conversation_id, from_seq: begin, to_seq: end };
      const { deleted_seqs } = await this.#request('message.deleted', params);
      this.#onDeleted(conversation_id, deleted_seqs);
    }
  }

  async forward(conversation_id, message_ids, target_conversation_id, { merge = false } = {}) {
    const params = { conversation_id, message_ids, target_conversation_id, merge };
    return (await this.#request('message.forward', params)).messages;
  }

  /** What the message said before it was edited, `{content, since}`, the oldest first. */
  edits({ conversation_id, message_id }) {
    return this.#pages('message.edits', { conversation_id, message_id }, 'edits');
  }

  search(params) {
    return this.#request('message.search', params);
  }

  pinned(conversation_id) {
    return this.#pages('message.pinned', { conversation_id }, 'messages');
  }

  async #pages(method, params, field) {
    const all = [];
    let page_token;
    do {
      const page = await this.#request(method, { ...params, ...(page_token && { page_token }) });
      all.push(...page[field]);
      page_token = page.next_page_token;
    } while (page_token);
    return all;
  }
}
