import { ImClient, MemoryStorage } from '../../main/resources/web/im-client.js';

const START = 1_700_000_000_000;

/** A clock and timers that stand still until a test moves them. */
export class ManualRuntime {
  #now = START;
  #timers = new Map();
  #nextTimer = 1;
  nextRandom = 0.5;

  now = () => this.#now;
  random = () => this.nextRandom;

  setTimeout = (action, millis) => {
    const timer = this.#nextTimer++;
    this.#timers.set(timer, { at: this.#now + millis, action });
    return timer;
  };

  clearTimeout = (timer) => {
    this.#timers.delete(timer);
  };

  /** Milliseconds from now of every timer that is set, ascending. */
  get pending() {
    return [...this.#timers.values()].map(({ at }) => at - this.#now).sort((a, b) => a - b);
  }

  async advance(millis) {
    const end = this.#now + millis;
    await settled();
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end);
      if (due.length === 0) {
        break;
      }
      due.sort(([, one], [, other]) => one.at - other.at);
      const [timer, { at, action }] = due[0];
      this.#timers.delete(timer);
      this.#now = at;
      action();
      await settled();
    }
    this.#now = end;
  }
}

/** Lets every promise that is ready run its continuations. */
export function settled() {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The server's end of one connection, played by the test. */
class FakeSocket {
  constructor(network, url, protocol) {
    this.network = network;
    this.url = new URL(url);
    this.protocol = protocol;
    this.received = [];
    this.closedWith = undefined;
    network.sockets.push(this);
  }

  send(text) {
    const frame = JSON.parse(text);
    this.received.push(frame);
    this.network.answer(this, frame);
  }

  close(code) {
    this.closedWith ??= code ?? 1000;
  }

  // From here on what the test does.

  accept() {
    this.onopen({});
  }

  push(frame) {
    this.onmessage({ data: JSON.stringify(frame) });
  }

  end(code) {
    this.onclose({ code });
  }

  sent(type) {
    return this.received.filter((frame) => frame.type === type);
  }

  requests(method) {
    return this.sent(40)
      .map((frame) => frame.content)
      .filter((content) => content.method === method)
      .map((content) => content.params);
  }
}

/**
 * One client of user `alice` with a network, a clock and a storage that the test controls. Requests
 * are answered by `methods`, with a result or `{error}`; everything else is the test's to answer.
 */
export class Peer {
  sockets = [];
  runtime = new ManualRuntime();
  storage = new MemoryStorage();
  messages = [];
  states = [];
  warnings = [];
  methods = {
    sync: () => ({ conversations: [], has_more: false }),
    'conversation.list': () => ({ conversations: [] }),
    'group.list': () => ({ groups: [] }),
    'presence.subscribe': () => ({ presences: [] }),
  };

  constructor(options = {}) {
    this.client = this.newClient(options);
  }

  newClient(options = {}) {
    const network = this;
    const client = new ImClient({
      url: 'ws://chat.test/ws',
      user_id: 'alice',
      token: 'token-1',
      device_id: 'device-1',
      storage: this.storage,
      runtime: this.runtime,
      WebSocket: class extends FakeSocket {
        constructor(url, protocol) {
          super(network, url, protocol);
        }
      },
      ...options,
    });
    client.addEventListener('message', ({ detail }) => this.messages.push(detail.message));
    client.addEventListener('state', ({ detail }) => this.states.push(detail));
    client.addEventListener('warning', ({ detail }) => this.warnings.push(detail.error));
    return client;
  }

  get socket() {
    return this.sockets.at(-1);
  }

  answer(socket, frame) {
    const method = this.methods[frame.content?.method];
    if (frame.type !== 40 || !method) {
      return;
    }
    queueMicrotask(() => {
      if (socket.onmessage) {
        const result = method(frame.content.params);
        const content = result.error ? result : { result };
        socket.push({ type: 41, message_id: frame.message_id, content });
      }
    });
  }

  /** Plays the server's part up to WELCOME, and lets the client sync. */
  async online(client = this.client) {
    client.connect();
    await settled();
    await this.welcome();
    return this.socket;
  }

  async welcome(user_id = 'alice') {
    this.socket.accept();
    this.socket.push({ type: 91, content: { user_id, heartbeat_seconds: 30 } });
    await settled();
    await settled();
  }

  ack(frame, seq, status = 'accepted') {
    this.socket.push({
      type: 20,
      message_id: frame.message_id,
      conversation_id: frame.conversation_id,
      seq,
      timestamp: this.runtime.now(),
      content: { status },
    });
  }

  refuse(frame, error) {
    this.socket.push({ type: 93, message_id: frame.message_id, content: error });
  }

  texts(conversationId = 'alice:bob') {
    return this.client.messages(conversationId).map(({ content }) => content.text);
  }
}

export function entry(seq, text = `message ${seq}`, more = {}) {
  return {
    type: 1,
    message_id: `m-${seq}`,
    conversation_id: 'alice:bob',
    from: 'bob',
    content_type: 1,
    content: { text },
    timestamp: START + seq,
    seq,
    ...more,
  };
}

export function record(max_seq, more = {}) {
  return {
    conversation_id: 'alice:bob',
    type: 1,
    peer_id: 'bob',
    max_seq,
    read_seq: 0,
    received_seq: 0,
    unread_count: 0,
    ...more,
  };
}
