import { tabStorage } from './tab-storage.js';

/** What was typed and not sent, by conversation, for as long as the tab lives. */
export class Drafts {
  #key;
  #texts;

  constructor(userId) {
    this.#key = `embedim:drafts:${userId}`;
    this.#texts = tabStorage.get(this.#key) ?? {};
  }

  /** The text, or undefined when nothing was typed in this tab. */
  get(conversationId) {
    return this.#texts[conversationId];
  }

  set(conversationId, text) {
    this.#texts[conversationId] = text;
    tabStorage.set(this.#key, this.#texts);
  }

  forget() {
    this.#texts = {};
    tabStorage.remove(this.#key);
  }
}
