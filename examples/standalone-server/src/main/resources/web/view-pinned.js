import { byId, coalesced, setText } from './dom.js';
import { t } from './i18n.js';
import { FrameType, expiryOf } from './im-client.js';
import { personName, previewOf } from './text.js';

const CHANGES = new Set([FrameType.PIN, FrameType.REVOKE, FrameType.EDIT]);

/** The bar above the messages: what is pinned, one at a time, the newest pin first. */
export class PinnedBar {
  #client;
  #id = null;
  #pinned = [];
  #current = 0;

  /** @param onJump called with the id of the message that the user wants to see */
  constructor(client, onJump) {
    this.#client = client;
    const ask = coalesced(() => this.#ask());
    client.addEventListener('synced', ask);
    client.addEventListener('revision', ({ detail: { conversation_id, entry } }) => {
      if (conversation_id === this.#id && CHANGES.has(entry.type)) {
        ask();
      }
    });
    byId('pinned').onclick = () => {
      const message = this.#pinned[this.#current];
      this.#current = (this.#current + 1) % this.#pinned.length;
      this.render();
      onJump(message.message_id);
    };
  }

  open(conversationId) {
    this.#id = conversationId;
    this.#pinned = [];
    this.#current = 0;
    this.render();
    this.#ask();
  }

  /** Pins can be of messages that are not here, so the server is asked. */
  async #ask() {
    const id = this.#id;
    if (id === null || this.#client.state !== 'online') {
      return;
    }
    let pinned;
    try {
      pinned = await this.#client.actions.pinned(id);
    } catch {
      pinned = this.#client.messages(id).filter((each) => each.pinned); // What is here is known.
    }
    if (id === this.#id) {
      this.#pinned = pinned;
      this.render();
    }
  }

  /** A pinned message may have destroyed itself by now. */
  render() {
    this.#pinned = this.#pinned.filter((each) => expiryOf(each) > Date.now());
    this.#current = Math.min(this.#current, Math.max(0, this.#pinned.length - 1));
    const message = this.#pinned[this.#current];
    byId('pinned').hidden = message === undefined;
    if (!message) {
      return;
    }
    const { length } = this.#pinned;
    const values = { n: this.#current + 1, total: length };
    setText(byId('pinned-title'), length > 1 ? t('pinned.of', values) : t('pinned.title'));
    const conversation = this.#client.conversation(this.#id);
    const isMine = message.from === this.#client.user_id;
    const name = isMine ? t('message.you') : personName(this.#client, conversation, message.from);
    setText(byId('pinned-text'), t('preview.from', { name, text: previewOf(message) }));
  }
}
