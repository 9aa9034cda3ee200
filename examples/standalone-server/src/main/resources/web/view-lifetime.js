import { byId, setText } from './dom.js';
import { t } from './i18n.js';

/** How long what is written in this conversation stays, and the line above the field that says so. */
export class Lifetime {
  #seconds = 0;

  /** @param onCancel called when the user wants what she writes to stay */
  constructor(onCancel) {
    byId('expiry-cancel').onclick = () => {
      this.set(0);
      onCancel();
    };
  }

  /** After how many seconds a message destroys itself; 0 for never. */
  get seconds() {
    return this.#seconds;
  }

  set(seconds) {
    this.#seconds = seconds;
    byId('expiry').hidden = seconds === 0;
    setText(byId('expiry-text'), t('expiry.on', { time: t(`expiry.${seconds}`) }));
  }
}
