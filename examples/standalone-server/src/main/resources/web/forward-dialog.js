import { conversationRow } from './conversation-row.js';
import { byId, setText } from './dom.js';
import { errorText } from './i18n.js';
import { SYSTEM_USER } from './im-client.js';

/** So many targets are not to be looked through one by one. */
const MANY = 8;

/**
 * Lets the user choose where to forward these messages of a conversation to.
 *
 * @param onDone called with the id of the conversation that got them
 */
export function forward(client, conversationId, messageIds, onDone) {
  const dialog = byId('forward-dialog');
  setText(byId('forward-error'), '');
  byId('forward-merge-field').hidden = messageIds.length < 2;
  byId('forward-merge').checked = false;
  byId('forward-cancel').onclick = () => dialog.close();
  const send = async (target) => {
    const merge = byId('forward-merge').checked;
    try {
      await client.actions.forward(conversationId, messageIds, target, { merge });
      dialog.close();
      onDone(target);
    } catch (error) {
      setText(byId('forward-error'), errorText(error));
    }
  };
  const open = client.conversations().filter(({ left, peer_id }) => !left && peer_id !== SYSTEM_USER);
  const rows = open.map((each) => conversationRow(client, each, 'forward-target', send));
  byId('forward-targets').replaceChildren(...rows);
  const filter = byId('forward-filter');
  filter.hidden = rows.length < MANY;
  filter.value = '';
  filter.oninput = () => {
    const wanted = filter.value.trim().toLowerCase();
    rows.forEach((each) => (each.hidden = !each.textContent.toLowerCase().includes(wanted)));
  };
  dialog.showModal();
}
