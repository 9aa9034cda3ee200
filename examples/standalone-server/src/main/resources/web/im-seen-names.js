const MAX_NAMES = 500;

/**
 * The names of groups that this user has seen here, kept in the storage. Whoever left a group that
 * is closed to others is not told its name any more.
 */
export class SeenNames {
  #storage;
  #key;
  #onWarning;
  #names = new Map();

  /** @param storage a `Storage` */
  constructor(storage, userId, onWarning) {
    this.#storage = storage;
    this.#key = `embedim:names:${userId}`;
    this.#onWarning = onWarning;
    this.#read();
  }

  /** The name, or undefined when none was seen. */
  get(groupId) {
    return this.#names.get(groupId);
  }

  see(groupId, name) {
    if (!name || this.get(groupId) === name) {
      return;
    }
    this.#read(); // Another tab may have seen others.
    this.#names.delete(groupId); // The latest ones stand last.
    this.#names.set(groupId, name);
    const kept = [...this.#names].slice(-MAX_NAMES);
    this.#names = new Map(kept);
    try {
      this.#storage.setItem(this.#key, JSON.stringify(kept));
    } catch (error) {
      this.#onWarning(error); // The storage is full: the name is known as long as the page is there.
    }
  }

  #read() {
    let stored;
    try {
      stored = JSON.parse(this.#storage.getItem(this.#key) ?? '[]');
    } catch {
      return; // It is not what was written; the next name that is seen writes it anew.
    }
    if (Array.isArray(stored)) {
      const names = stored.filter((each) => Array.isArray(each) && each.every(isText));
      this.#names = new Map([...this.#names, ...names]);
    }
  }
}

function isText(value) {
  return typeof value === 'string';
}
