import { confirm } from './dialogs.js';
import { element } from './dom.js';
import { plural, t } from './i18n.js';
import { Role } from './im-client.js';
import { openMenu } from './menu.js';
import { attempt } from './notice.js';
import { isMerged } from './text.js';

const EMOJI = ['👍', '❤️', '😂', '🎉', '😮', '😢'];

/**
 * The menu of one message. When an action is too late or not allowed, the server says so.
 *
 * @param actions `reply`, `edit`, `forward`, `select`, `showReaders`, each called with the message
 * @param isOpen whether something can be said in this conversation
 */
export function openMessageMenu(button, client, message, isOpen, actions) {
  const { conversation_id, mine, pinned, content, expires_in } = message;
  const conversation = client.conversation(conversation_id);
  const isGroup = conversation.type === 2;
  const isAdmin = client.groups.me(conversation.group_id)?.role >= Role.ADMIN;
  const mayPin = isOpen && (!isGroup || isAdmin);
  const stays = !(expires_in > 0); // What destroys itself is neither edited nor passed on.
  const canEdit = isOpen && mine && stays && typeof content.text === 'string' && !isMerged(message);
  const item = (testid, text, action, more) => ({ testid, text, action, ...more });
  openMenu(
    button,
    [
      isOpen && item('message-reply', t('message.reply'), () => actions.reply(message)),
      canEdit && item('message-edit', t('message.edit'), () => actions.edit(message)),
      stays && item('message-forward', t('message.forward'), () => actions.forward(message)),
      item('message-select', t('message.select'), () => actions.select(message)),
      mayPin &&
        item('message-pin', t(pinned ? 'message.unpin' : 'message.pin'), () =>
          attempt(() => client.actions.pin(message, pinned ? 'remove' : 'add')),
        ),
      isGroup && mine && item('message-readers', t('readers'), () => actions.showReaders(message)),
      item('message-delete', t('message.delete'), () => deleteForMe(client, [message]), {
        isDanger: true,
      }),
      isOpen &&
        (mine || isAdmin) &&
        item('message-revoke', t('message.revoke'), () => attempt(() => client.actions.revoke(message)), {
          isDanger: true,
        }),
    ],
    isOpen ? [emojiRow(client, message)] : [],
  );
}

/** Adds this user's reaction, or takes it back. */
export function toggleReaction(client, message, emoji) {
  const given = message.reactions[emoji]?.includes(client.user_id);
  return attempt(() => client.actions.react(message, emoji, given ? 'remove' : 'add'));
}

function emojiRow(client, message) {
  const buttons = EMOJI.map((emoji) =>
    element(
      'button',
      {
        ...{ type: 'button', role: 'menuitem', onclick: () => toggleReaction(client, message, emoji) },
        dataset: { testid: 'react', emoji },
      },
      emoji,
    ),
  );
  return element('div', { className: 'emoji-row', role: 'group' }, ...buttons);
}

/** Deletes these messages of a conversation for this user, if she is sure. Gives whether she was. */
export async function deleteForMe(client, messages) {
  const title = plural('delete.title', messages.length);
  const question = { title, text: t('delete.text'), yes: t('delete.yes') };
  const isSure = await confirm(question);
  if (isSure) {
    await attempt(() => client.actions.delete(messages[0].conversation_id, messages));
  }
  return isSure;
}
