import { byId, setText } from './dom.js';
import { errorText } from './i18n.js';

const SHOWN_MS = 6_000;

let timer = null;

/** Says something above the conversation for a while, or until the user has read it. */
export function notice(text) {
  setText(byId('notice'), text);
  byId('notice').hidden = false;
  clearTimeout(timer);
  timer = setTimeout(hide, SHOWN_MS);
  byId('notice').onclick = hide;
}

function hide() {
  byId('notice').hidden = true;
}

/** Does what the user asked for; when it is refused she reads why. Gives whether it was done. */
export async function attempt(action) {
  try {
    await action();
    return true;
  } catch (error) {
    notice(errorText(error));
    return false;
  }
}
