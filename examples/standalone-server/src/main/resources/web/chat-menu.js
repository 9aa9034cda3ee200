import { confirm } from './dialogs.js';
import { t } from './i18n.js';
import { openMenu } from './menu.js';
import { attempt } from './notice.js';
import { nameOf } from './text.js';

/**
 * The menu of one conversation: how it stands in the list, and what can be done to it as a whole.
 *
 * @param actions `blocked` whom the user has blocked, `showScheduled` called to show what of it waits
 *     for its time, `onHidden` called when it left the list
 */
export function openChatMenu(button, client, conversationId, { blocked, showScheduled, onHidden }) {
  const conversation = client.conversation(conversationId);
  const { pinned, muted, peer_id, max_seq } = conversation;
  const change = (changes) => attempt(() => client.updateConversation(conversationId, changes));
  const isDisabled = max_seq === 0; // Nothing of it is on the server yet.
  const item = (testid, key, action, more) => ({ testid, text: t(key), action, isDisabled, ...more });
  const isOther = peer_id !== undefined && peer_id !== client.user_id;
  openMenu(button, [
    item('menu-pin', pinned ? 'menu.unpin' : 'menu.pin', () => change({ pinned: !pinned })),
    item('menu-mute', muted ? 'menu.unmute' : 'menu.mute', () => change({ muted: !muted })),
    item('menu-hide', 'menu.hide', async () => {
      if (await change({ hidden: true })) {
        onHidden();
      }
    }),
    item('menu-scheduled', 'scheduled.title', showScheduled, { isDisabled: false }),
    isOther &&
      item(
        'menu-block',
        blocked.has(peer_id) ? 'menu.unblock' : 'menu.block',
        () => blocked.toggle(peer_id),
        { isDisabled: false },
      ),
    item('menu-clear', 'menu.clear', () => clear(client, conversation), { isDanger: true }),
  ]);
}

async function clear(client, conversation) {
  const text = t('clear.text', { name: nameOf(client, conversation) });
  if (await confirm({ title: t('clear.title'), text, yes: t('clear.yes') })) {
    await attempt(() => client.clearConversation(conversation.conversation_id));
  }
}
