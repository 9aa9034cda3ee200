import { element, paintAvatar } from './dom.js';
import { nameOf } from './text.js';

/** A conversation that can be chosen from a list; `onChosen` is called with its id. */
export function conversationRow(client, conversation, testid, onChosen) {
  const { conversation_id: conversationId, peer_id, group_id } = conversation;
  const name = nameOf(client, conversation);
  const avatar = element('span', { className: 'avatar small', 'aria-hidden': 'true' });
  paintAvatar(avatar, { id: group_id ?? peer_id, name, isGroup: group_id !== undefined });
  const button = element(
    'button',
    {
      ...{ type: 'button', className: 'person', onclick: () => onChosen(conversationId) },
      dataset: { testid, conversationId },
    },
    avatar,
    element('span', { className: 'person-name' }, name),
  );
  return element('li', {}, button);
}
