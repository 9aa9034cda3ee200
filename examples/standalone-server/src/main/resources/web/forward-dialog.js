import { byId, element, paintAvatar, setText } from './dom.js';
import { errorText } from './i18n.js';
import { SYSTEM_USER } from './im-client.js';
import { nameOf } from './text.js';

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
  byId('forward-targets').replaceChildren(...open.map((each) => row(client, each, send)));
  dialog.showModal();
}

function row(client, conversation, send) {
  const { conversation_id: conversationId, peer_id, group_id } = conversation;
  const name = nameOf(client, conversation);
  const avatar = element('span', { className: 'avatar small', 'aria-hidden': 'true' });
  paintAvatar(avatar, { id: group_id ?? peer_id, name, isGroup: group_id !== undefined });
  const button = element(
    'button',
    {
      ...{ type: 'button', className: 'person', onclick: () => send(conversationId) },
      dataset: { testid: 'forward-target', conversationId },
    },
    avatar,
    element('span', { className: 'person-name' }, name),
  );
  return element('li', {}, button);
}
