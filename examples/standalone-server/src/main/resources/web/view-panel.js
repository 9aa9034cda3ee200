import { byId, setText } from './dom.js';

/** The strip beside the conversation, which shows one thing at a time. */
export class Panel {
  #view = null;
  #opener = null;

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
    view.render();
    byId('panel-close').focus();
  }

  render() {
    this.#view?.render();
  }

  close() {
    if (this.#view === null) {
      return;
    }
    this.#view.closed();
    this.#view = null;
    byId('panel').hidden = true;
    byId('app').classList.remove('with-panel');
    (this.#opener?.isConnected ? this.#opener : byId('chat-title')).focus();
  }
}
