import { MAX_PRESENCE_USERS, isUserId } from './im-protocol.js';

/** Who is online, of the users that the host application asked to watch. */
export class Presence {
  #request;
  #listener;
  #watched = new Set();
  #known = new Map();
  #online = false;

  /** @param listener `onPresence(presence)`, `onWarning(error)` */
  constructor(request, listener) {
    this.#request = request;
    this.#listener = listener;
  }

  /** `{user_id, online, platforms, last_seen}`, or undefined while nothing is known. */
  of(userId) {
    return this.#known.get(userId);
  }

  /** Watches these users, of whom the system is none, now and in every later session. */
  watch(userIds) {
    const added = userIds.filter((userId) => isUserId(userId) && !this.#watched.has(userId));
    added.forEach((userId) => this.#watched.add(userId));
    if (this.#online) {
      this.#subscribe(added);
    }
  }

  hear(presence) {
    this.#known.set(presence.user_id, presence);
    this.#listener.onPresence(presence);
  }

  resume() {
    this.#online = true;
    this.#subscribe([...this.#watched]);
  }

  /** Without a session nobody tells who comes and goes. */
  suspend() {
    this.#online = false;
    for (const userId of [...this.#known.keys()]) {
      this.#known.delete(userId);
      this.#listener.onPresence({ user_id: userId });
    }
  }

  async #subscribe(userIds) {
    for (let i = 0; i < userIds.length; i += MAX_PRESENCE_USERS) {
      const user_ids = userIds.slice(i, i + MAX_PRESENCE_USERS);
      try {
        const { presences } = await this.#request('presence.subscribe', { user_ids });
        presences.forEach((presence) => this.hear(presence));
      } catch (error) {
        this.#listener.onWarning(error);
      }
    }
  }
}
