import { attempt } from './notice.js';

/** Whom this user has blocked. */
export class Blocked {
  #client;
  #onChange;
  #ids = null;

  /** @param onChange called when the list is known, and when it has changed */
  constructor(client, onChange) {
    this.#client = client;
    this.#onChange = onChange;
  }

  has(userId) {
    return this.#ids?.has(userId) === true;
  }

  /** A new session: another device may have changed the list. */
  async refresh() {
    try {
      const { user_ids } = await this.#client.request('contact.blocked', {});
      this.#ids = new Set(user_ids);
      this.#onChange();
    } catch {
      this.#ids ??= new Set(); // The list is asked for again with the next session.
    }
  }

  async toggle(userId) {
    const isBlocked = this.has(userId);
    const method = isBlocked ? 'contact.unblock' : 'contact.block';
    if (await attempt(() => this.#client.request(method, { user_id: userId }))) {
      this.#ids ??= new Set();
      if (isBlocked) {
        this.#ids.delete(userId);
      } else {
        this.#ids.add(userId);
      }
      this.#onChange();
    }
  }
}
