import { byId, setText } from './dom.js';
import { plural, t } from './i18n.js';

/** A connection that takes no longer than this needs no word. */
const PATIENCE_MS = 700;

/** Tells, above everything else, when there is no connection, and what waits for one. */
export class BannerView {
  #client;
  #change = { state: 'stopped' };
  #isShown = false;
  #timer = null;

  constructor(client) {
    this.#client = client;
    byId('banner-action').onclick = () => {
      if (this.#change.state === 'stopped') {
        client.connect();
      } else {
        client.wake();
      }
    };
    this.#render();
  }

  /** @param change as a `state` event of the client tells it */
  show(change) {
    this.#change = change;
    clearTimeout(this.#timer);
    if (change.state === 'online') {
      this.#isShown = false;
    } else if (change.state === 'connecting' && !this.#isShown) {
      this.#timer = setTimeout(() => {
        this.#isShown = true;
        this.#render();
      }, PATIENCE_MS);
    } else {
      this.#isShown = true;
    }
    this.#render();
  }

  /** The outbox has changed, or the browser's idea of the network. */
  refresh() {
    this.#render();
  }

  hide() {
    clearTimeout(this.#timer);
    this.#isShown = false;
    this.#render();
  }

  #render() {
    const { state, reason } = this.#change;
    const waiting = this.#client.queuedCount;
    const banner = byId('banner');
    banner.hidden = !this.#isShown;
    banner.dataset.state = state;
    banner.dataset.waiting = waiting;
    const queued = waiting > 0 ? plural('banner.queued', waiting) : '';
    setText(byId('banner-text'), [this.#what(state, reason), queued].join(' ').trim());
    setText(byId('banner-action'), t(reason === 'replaced' ? 'banner.useHere' : 'banner.now'));
    byId('banner-action').hidden = state === 'connecting';
  }

  #what(state, reason) {
    if (reason === 'replaced') {
      return t('banner.replaced');
    }
    if (!navigator.onLine) {
      return t('banner.offline');
    }
    return t(state === 'connecting' ? 'banner.connecting' : 'banner.waiting');
  }
}
