import { attempt } from './notice.js';

/** Whom this user has blocked. */
export class Blocked {
  #client;
  #onChange;
  #ids = new Set();

  /** @param onChange called when the list is known, and when it has changed */
  constructor(client, onChange) {
    this.#client = client;
    this.#onChange = onChange;
    client.addEventListener('blocked', ({ detail }) => this.#set(detail.user_id, detail.blocked));
  }

  has(userId) {
    return this.#ids.has(userId);
  }

  /** A new session: another device may have changed the list. */
  async refresh() {
    try {
      const ids = new Set();
      let page_token;
      do {
        const params = page_token ? { page_token } : {};
        const page = await this.#client.request('contact.blocked', params);
        page.user_ids.forEach((userId) => ids.add(userId));
        page_token = page.next_page_token;
      } while (page_token);
      this.#ids = ids;
      this.#onChange();
    } catch (error) {
      // What is known stays; the list is asked for again with the next session.
      console.warn('who is blocked is not known', error);
    }
  }

  async toggle(userId) {
    const blocks = !this.has(userId);
    const method = blocks ? 'contact.block' : 'contact.unblock';
    if (await attempt(() => this.#client.request(method, { user_id: userId }))) {
      this.#set(userId, blocks);
    }
  }

  #set(userId, isBlocked) {
    if (isBlocked) {
      this.#ids.add(userId);
    } else {
      this.#ids.delete(userId);
    }
    this.#onChange();
  }
}
