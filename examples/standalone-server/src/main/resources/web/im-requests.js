import { FrameType, ImError } from './im-protocol.js';

const REQUEST_TIMEOUT_MS = 15_000;

/** The REQUESTs that wait for their RESPONSE: each ends with a result or an `ImError`. */
export class Requests {
  #send;
  #runtime;
  #ids;
  #waiting = new Map();

  constructor(send, runtime, ids) {
    this.#send = send;
    this.#runtime = runtime;
    this.#ids = ids;
  }

  request(method, params = {}) {
    const message_id = this.#ids();
    return new Promise((resolve, reject) => {
      if (!this.#send({ type: FrameType.REQUEST, message_id, content: { method, params } })) {
        reject(disconnected());
        return;
      }
      const timer = this.#runtime.setTimeout(() => {
        this.#waiting.delete(message_id);
        reject(new ImError({ reason: 'timeout', message: `no response to ${method} in time` }));
      }, REQUEST_TIMEOUT_MS);
      this.#waiting.set(message_id, { resolve, reject, timer });
    });
  }

  /** Takes a RESPONSE or an ERROR. Gives whether it answers a request that waits. */
  settle({ type, message_id, content = {} }) {
    const request = this.#waiting.get(message_id);
    if (!request) {
      return false;
    }
    this.#waiting.delete(message_id);
    this.#runtime.clearTimeout(request.timer);
    const error = type === FrameType.ERROR ? content : content.error;
    if (error) {
      request.reject(new ImError(error));
    } else {
      request.resolve(content.result);
    }
    return true;
  }

  /** The connection is gone, and the responses with it. */
  rejectAll() {
    for (const { reject, timer } of this.#waiting.values()) {
      this.#runtime.clearTimeout(timer);
      reject(disconnected());
    }
    this.#waiting.clear();
  }
}

function disconnected() {
  return new ImError({ reason: 'disconnected', message: 'there is no connection' });
}
