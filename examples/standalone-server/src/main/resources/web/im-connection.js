import { CloseCode, FrameType, SUBPROTOCOL, backOffMillis } from './im-protocol.js';
import { Requests } from './im-requests.js';

/** From the start of a connection to its WELCOME. */
const CONNECT_TIMEOUT_MS = 15_000;
/** From a HEARTBEAT to any sign of life. */
const HEARTBEAT_TIMEOUT_MS = 10_000;
/** The same when there is reason to doubt the connection; to give up a good one costs little. */
const PROBE_TIMEOUT_MS = 3_000;
/** A connection that held this long was a good one: the next back-off starts from the beginning. */
const STABLE_MS = 10_000;
/** A draining server has successors: come back within this time, each client at its own moment. */
const DRAIN_SPREAD_MS = 1_000;

const STOPPED_BY = new Map([
  [CloseCode.BANNED, 'banned'],
  [CloseCode.REPLACED, 'replaced'],
]);

/**
 * Keeps one authenticated connection: connects, proves who it is, beats, notices when the other end
 * is gone, comes back with back-off, and matches responses with requests. It knows nothing of
 * conversations.
 *
 * States: `stopped` → `connecting` → `online` → (`waiting` → `connecting` → …) → `stopped`.
 */
export class Connection {
  #options;
  #runtime;
  #ids;
  #listener;

  #state = 'stopped';
  #token;
  #socket = null;
  // Grows with every connect and stop: what an earlier one still has under way is then void.
  #epoch = 0;
  #attempt = 0;
  #onlineSince = 0;
  // A browser does not show the HTTP 401 of a refused upgrade. After an upgrade that failed for
  // whatever reason the token goes into a first frame instead: its refusal, close 4401, is visible.
  #authenticateByFrame;
  #heartbeatMillis = 30_000;
  #timers = new Map();
  #requests;

  /**
   * @param options `url`, `token` (a string, or a function that gives one or a promise of one),
   *     `refreshToken`, `authenticate` (`query` or `frame`), `device_id`, `platform`, `batch`,
   *     `WebSocket`
   * @param runtime `now`, `setTimeout`, `clearTimeout`, `random`
   * @param ids gives a fresh message id at each call
   * @param listener `onState(change)`, `onWelcome(content)`, `onFrame(frame)`, `onClose(code)`,
   *     `onWarning(error)`
   */
  constructor(options, runtime, ids, listener) {
    this.#options = options;
    this.#runtime = runtime;
    this.#ids = ids;
    this.#listener = listener;
    this.#token = options.token;
    this.#requests = new Requests((frame) => this.send(frame), runtime, ids);
    this.#authenticateByFrame = options.authenticate === 'frame';
  }

  get state() {
    return this.#state;
  }

  open() {
    if (this.#state === 'stopped') {
      this.#attempt = 0;
      this.#connect();
    }
  }

  stop(reason) {
    if (this.#state === 'stopped') {
      return;
    }
    this.#leaveSocket(1000);
    this.#setState('stopped', { reason });
  }

  /** The network or the page came back: try now instead of waiting, and see whether it holds. */
  wake() {
    if (this.#state === 'waiting') {
      this.#attempt = 0;
      this.#connect();
    } else if (this.#state === 'online') {
      this.#beat(PROBE_TIMEOUT_MS);
    }
  }

  /** A fresh token of the same user; a session that is open goes on with it. */
  renewToken(token) {
    this.#token = token;
    if (this.#state === 'online') {
      this.send(this.#authFrame(token));
    }
  }

  /** Whether the frame left; the frames of a session that is not online would be lost. */
  send(frame) {
    if (this.#state !== 'online') {
      return false;
    }
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  request(method, params) {
    return this.#requests.request(method, params);
  }

  async #connect() {
    const epoch = ++this.#epoch;
    this.#clearTimers();
    this.#setState('connecting');
    this.#startTimer('connect', CONNECT_TIMEOUT_MS, () => this.#lost());
    let token;
    try {
      token = typeof this.#token === 'function' ? await this.#token() : this.#token;
    } catch (error) {
      if (epoch === this.#epoch) {
        this.#listener.onWarning(error);
        this.#lost();
      }
      return;
    }
    if (epoch === this.#epoch) {
      this.#openSocket(token);
    }
  }

  #openSocket(token) {
    const byFrame = this.#authenticateByFrame;
    const url = new URL(this.#options.url);
    url.searchParams.set('device_id', this.#options.device_id);
    url.searchParams.set('platform', this.#options.platform);
    if (this.#options.batch) {
      url.searchParams.set('batch', '1');
    }
    if (!byFrame) {
      url.searchParams.set('token', token);
    }
    const socket = new this.#options.WebSocket(url.href, SUBPROTOCOL);
    let upgraded = false;
    this.#socket = socket;
    socket.onopen = () => {
      upgraded = true;
      if (byFrame) {
        socket.send(JSON.stringify(this.#authFrame(token)));
      }
    };
    socket.onmessage = (event) => this.#receive(event.data);
    // An error is always followed by a close, and says nothing that the close does not.
    socket.onerror = () => {};
    socket.onclose = (event) => {
      if (!upgraded) {
        this.#authenticateByFrame = true;
      }
      this.#lost(event.code);
    };
  }

  #authFrame(token) {
    const { device_id, platform, batch } = this.#options;
    return {
      type: FrameType.AUTH,
      message_id: this.#ids(),
      content: { token, device_id, platform, batch },
    };
  }

  #receive(text) {
    this.#stopTimer('silence');
    const socket = this.#socket;
    let frames;
    try {
      frames = JSON.parse(text);
    } catch (error) {
      this.#listener.onWarning(error);
      return;
    }
    for (const frame of Array.isArray(frames) ? frames : [frames]) {
      // A frame of this array may have ended the connection.
      if (this.#socket === socket) {
        this.#handleSafely(frame);
      }
    }
  }

  /** A frame that cannot be understood must not take those behind it with it. */
  #handleSafely(frame) {
    try {
      this.#handle(frame);
    } catch (error) {
      this.#listener.onWarning(error);
    }
  }

  #handle(frame) {
    if (frame.type === FrameType.WELCOME) {
      this.#welcome(frame.content ?? {});
    } else if (frame.type === FrameType.RESPONSE) {
      this.#requests.settle(frame);
    } else if (frame.type === FrameType.ERROR && this.#requests.settle(frame)) {
      return;
    } else if (frame.type !== FrameType.HEARTBEAT) {
      this.#listener.onFrame(frame);
    }
  }

  #welcome(content) {
    this.#heartbeatMillis = (content.heartbeat_seconds ?? 30) * 1_000;
    if (this.#state === 'online') {
      return; // The answer to a renewed token, if the server gives one.
    }
    this.#authenticateByFrame = this.#options.authenticate === 'frame';
    this.#stopTimer('connect');
    this.#onlineSince = this.#runtime.now();
    this.#scheduleBeat();
    this.#setState('online');
    this.#listener.onWelcome(content);
  }

  #scheduleBeat() {
    this.#startTimer('beat', this.#heartbeatMillis, () => this.#beat());
  }

  #beat(patience = HEARTBEAT_TIMEOUT_MS) {
    this.send({ type: FrameType.HEARTBEAT });
    this.#startTimer('silence', patience, () => this.#lost());
    this.#scheduleBeat();
  }

  /** The connection is gone, or must be given up; what comes next depends on the close code. */
  #lost(code) {
    if (this.#state === 'online' && this.#runtime.now() - this.#onlineSince >= STABLE_MS) {
      this.#attempt = 0;
    }
    this.#leaveSocket();
    this.#listener.onClose(code);
    if (STOPPED_BY.has(code)) {
      this.#setState('stopped', { reason: STOPPED_BY.get(code) });
    } else if (code === CloseCode.UNAUTHENTICATED) {
      this.#refreshToken();
    } else if (code === CloseCode.DRAINING && this.#attempt === 0) {
      this.#attempt++;
      this.#wait(Math.round(this.#runtime.random() * DRAIN_SPREAD_MS));
    } else {
      this.#backOff();
    }
  }

  #backOff() {
    this.#wait(backOffMillis(this.#attempt++, this.#runtime.random));
  }

  #wait(millis) {
    this.#startTimer('retry', millis, () => this.#connect());
    this.#setState('waiting', { retry_at: this.#runtime.now() + millis });
  }

  async #refreshToken() {
    const epoch = this.#epoch;
    this.#setState('connecting');
    let token = null;
    try {
      token = (await this.#options.refreshToken?.()) ?? null;
    } catch (error) {
      if (epoch === this.#epoch) {
        // Whoever gives tokens cannot be asked now: the old one shows again that a new one is due.
        this.#listener.onWarning(error);
        this.#backOff();
      }
      return;
    }
    if (epoch !== this.#epoch) {
      return;
    }
    if (token === null) {
      this.#setState('stopped', { reason: 'unauthenticated' });
    } else {
      this.#token = token;
      this.#backOff();
    }
  }

  /** Detaches from the socket first: one whose network is dead reports its close minutes later. */
  #leaveSocket(code) {
    this.#epoch++;
    this.#clearTimers();
    const socket = this.#socket;
    this.#socket = null;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.onerror = () => {};
      socket.close(code);
    }
    this.#requests.rejectAll();
  }

  #setState(state, details = {}) {
    this.#state = state;
    this.#listener.onState({ state, ...details });
  }

  #startTimer(name, millis, action) {
    this.#stopTimer(name);
    this.#timers.set(name, this.#runtime.setTimeout(action, millis));
  }

  #stopTimer(name) {
    this.#runtime.clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }

  #clearTimers() {
    for (const name of [...this.#timers.keys()]) {
      this.#stopTimer(name);
    }
  }
}
