import { MemoryStorage } from './im-client.js';

const storage = usable();

/** What this tab keeps over a reload, as JSON; until then only where the browser forbids storage. */
export const tabStorage = {
  /** The value, or null when there is none that can be read. */
  get(key) {
    try {
      return JSON.parse(storage.getItem(key));
    } catch {
      return null;
    }
  },

  set(key, value) {
    storage.setItem(key, JSON.stringify(value));
  },

  remove(key) {
    storage.removeItem(key);
  },
};

function usable() {
  try {
    return window.sessionStorage;
  } catch {
    return new MemoryStorage();
  }
}
