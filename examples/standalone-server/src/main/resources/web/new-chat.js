import { byId, setText } from './dom.js';
import { createGroup, joinGroup } from './group-dialogs.js';
import { t } from './i18n.js';
import { isUserId, singleConversationId } from './im-client.js';
import { notice } from './notice.js';

/**
 * Asks whom to write to: a user, a new group, or a group that there is already.
 *
 * @param onChosen called with the conversation's id
 */
export function openNewChat(client, onChosen) {
  const dialog = byId('new-chat-dialog');
  byId('new-chat-user').value = '';
  setText(byId('new-chat-error'), '');
  byId('new-chat-cancel').onclick = () => dialog.close();
  byId('new-group').onclick = () => {
    dialog.close();
    createGroup(client, onChosen);
  };
  byId('join-group').onclick = () => {
    dialog.close();
    joinGroup(client, onChosen, () => notice(t('group.asked')));
  };
  byId('new-chat-form').onsubmit = (event) => {
    event.preventDefault();
    const userId = byId('new-chat-user').value.trim();
    if (isUserId(userId) && userId !== client.user_id) {
      dialog.close();
      onChosen(singleConversationId(client.user_id, userId));
    } else {
      const isMe = userId === client.user_id;
      setText(byId('new-chat-error'), t(isMe ? 'newChat.self' : 'login.badId'));
      byId('new-chat-user').focus();
    }
  };
  dialog.showModal();
  byId('new-chat-user').focus();
}
