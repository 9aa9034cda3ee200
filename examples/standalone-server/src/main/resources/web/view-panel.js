import { byId, setText } from './dom.js';

/**
 * The strip beside the conversation, which shows one thing at a time. On a phone it covers the
 * screen, so that the browser's "back" closes it.
 */
export class Panel {
  #view = null;
  #opener = null;
  // Whether the browser's history has an entry for it.
  #hasEntry = false;

  constructor() {
    byId('panel-close').onclick = () => this.close();
    byId('panel').onkeydown = (event) => {
      if (event.key === 'Escape') {
        this.close();
      }
    };
  }

  get view() {
    return this.#view;
  }

  /** @param view `{title, node, render(), closed()}` */
  open(view) {
    this.#view?.closed();
    if (!byId('panel').contains(document.activeElement)) {
      this.#opener = document.activeElement;
    }
    this.#view = view;
    setText(byId('panel-title'), view.title);
    byId('panel-body').replaceChildren(view.node);
    byId('panel-body').scrollTop = 0;
    byId('panel').hidden = false;
    byId('app').classList.add('with-panel');
    if (!this.#hasEntry && matchMedia('(max-width: 720px)').matches) {
      this.#hasEntry = true;
      history.pushState(null, '');
    }
    view.render();
    byId('panel-close').focus();
  }

  render() {
    this.#view?.render();
  }

  /** The browser went back, or elsewhere. */
  wentBack() {
    if (this.leaveEntry()) {
      this.close();
    }
  }

  /** Its entry in the history becomes somebody else's. Gives whether there was one. */
  leaveEntry() {
    const had = this.#hasEntry;
    this.#hasEntry = false;
    return had;
  }

  close() {
    if (this.#view === null) {
      return;
    }
    if (this.leaveEntry()) {
      history.back();
    }
    this.#view.closed();
    this.#view = null;
    byId('panel').hidden = true;
    byId('app').classList.remove('with-panel');
    (this.#opener?.isConnected ? this.#opener : byId('chat-title')).focus();
  }
}
