import { byId, setText } from './dom.js';
import { plural } from './i18n.js';

/** Messages that the user picks, to do something with all of them at once. */
export class Selection {
  #messages = new Map();
  #isActive = false;
  #onChange;

  /**
   * @param onChange called when something was picked or put back, and when the picking ends
   * @param onForward called with the messages, in the order of the log
   * @param onDelete the same
   * @param onCancel called when the user gives it up
   */
  constructor({ onChange, onForward, onDelete, onCancel }) {
    this.#onChange = onChange;
    byId('selection-forward').onclick = () => onForward(this.#inOrder());
    byId('selection-delete').onclick = () => onDelete(this.#inOrder());
    const cancel = () => {
      this.end();
      onCancel();
    };
    byId('selection-cancel').onclick = cancel;
    byId('chat').onkeydown = ({ key }) => {
      if (key === 'Escape' && this.#isActive) {
        cancel();
      }
    };
  }

  get isActive() {
    return this.#isActive;
  }

  /** Whether the message is picked; null when nothing can be. */
  has(messageId) {
    return this.#isActive ? this.#messages.has(messageId) : null;
  }

  begin(message) {
    this.#isActive = true;
    this.#messages = new Map([[message.message_id, message]]);
    this.#changed();
    byId('selection-forward').focus();
  }

  toggle(message) {
    if (!this.#messages.delete(message.message_id)) {
      this.#messages.set(message.message_id, message);
    }
    this.#changed();
  }

  end() {
    this.#isActive = false;
    this.#messages.clear();
    this.#changed();
  }

  #inOrder() {
    return [...this.#messages.values()].sort((one, other) => one.seq - other.seq);
  }

  #changed() {
    const { size } = this.#messages;
    byId('selection').hidden = !this.#isActive;
    setText(byId('selection-count'), plural('selected', size));
    byId('selection-forward').disabled = byId('selection-delete').disabled = size === 0;
    this.#onChange();
  }
}
