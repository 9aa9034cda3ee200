import { ImError, isUserId } from './im-protocol.js';
import { MemoryStorage } from './im-outbox.js';

const DEFAULTS = {
  authenticate: 'query',
  platform: 'web',
  batch: true,
  sync_limit: 200,
};

/** The options of a client, with what they leave out, and nothing that it could not work with. */
export function settingsOf(options) {
  const settings = { ...DEFAULTS, WebSocket: globalThis.WebSocket, ...options };
  check(isUserId(settings.user_id), 'user_id must be the id of the user that the token is for');
  check(/^wss?:/.test(settings.url), 'url must begin with ws:// or wss://');
  check(settings.token, 'token must be a string or a function that gives one');
  check(settings.WebSocket, 'WebSocket must be given where there is none built in');
  settings.storage ??= defaultStorage();
  settings.runtime = { ...defaultRuntime(), ...settings.runtime };
  return settings;
}

export function check(condition, message) {
  if (!condition) {
    throw new ImError({ reason: 'invalid_argument', message });
  }
}

function defaultRuntime() {
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    setTimeout: (action, millis) => setTimeout(action, millis),
    clearTimeout: (timer) => clearTimeout(timer),
  };
}

function defaultStorage() {
  try {
    // Reading the property throws where the user forbids storage; writing does in some others.
    const { localStorage } = globalThis;
    localStorage.setItem('embedim:probe', '');
    localStorage.removeItem('embedim:probe');
    return localStorage;
  } catch {
    return new MemoryStorage();
  }
}
