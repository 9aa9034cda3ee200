import { openChatMenu } from './chat-menu.js';
import { closedReason } from './closed-reason.js';
import { byId, paintAvatar, setText } from './dom.js';
import { forward } from './forward-dialog.js';
import { lastSeen, plural, t } from './i18n.js';
import { SYSTEM_USER, singleConversationId } from './im-client.js';
import { deleteForMe, openMessageMenu, toggleReaction } from './message-menu.js';
import { attempt, notice } from './notice.js';
import { nameOf, personName } from './text.js';
import { Composer } from './view-composer.js';
import { EditsView } from './view-edits.js';
import { GroupView } from './view-group.js';
import { PinnedBar } from './view-pinned.js';
import { ReadersView } from './view-readers.js';
import { ScheduledView } from './view-scheduled.js';
import { SearchView } from './view-search.js';
import { Selection } from './view-selection.js';
import { TimelineView } from './view-timeline.js';

/** The open conversation: who it is with, its messages, and the field to write in. */
export class ChatView {
  #client;
  #panel;
  #requests;
  #blocked;
  #timeline;
  #composer;
  #pinned;
  #selection;
  #go;
  #id = null;

  /**
   * @param parts `drafts`, `panel`, the join `requests`, and who is `blocked`
   * @param go called with the id of the conversation to open, or null for the list
   */
  constructor(client, { drafts, panel, requests, blocked }, go) {
    this.#client = client;
    this.#panel = panel;
    this.#requests = requests;
    this.#blocked = blocked;
    this.#go = go;
    this.#selection = new Selection({
      onChange: () => this.render(),
      onForward: (messages) => this.#forward(messages),
      onDelete: (messages) => this.#delete(messages),
      onCancel: () => this.#focus(),
    });
    this.#timeline = new TimelineView(client, (id, seq) => client.markRead(id, seq), {
      openMenu: (message, button) => this.#openMessageMenu(message, button),
      react: (message, emoji) => this.#isOpen() && toggleReaction(client, message, emoji),
      jump: (messageId) => this.jump(messageId),
      showReaders: (message) => panel.open(new ReadersView(client, message)),
      showEdits: (message) => panel.open(new EditsView(client, message)),
      selection: this.#selection,
    });
    this.#composer = new Composer(client, drafts, {
      onWrote: () => this.#timeline.wrote(),
      showScheduled: () => this.#showScheduled(this.#id),
    });
    this.#pinned = new PinnedBar(client, (messageId) => this.jump(messageId));
    byId('back').onclick = () => go(null);
    byId('menu-button').onclick = () => this.openMenu(byId('menu-button'), this.#id);
    byId('chat-search').onclick = () => this.search(this.#id);
    byId('group-details').onclick = () => this.#showGroup();
  }

  get openId() {
    return this.#id;
  }

  open(conversationId) {
    if (this.#id === conversationId) {
      return;
    }
    this.#leave();
    this.#id = conversationId;
    const conversation = this.#client.conversation(conversationId);
    this.#watch(conversation);
    byId('chat').hidden = false;
    byId('nothing-open').hidden = true;
    byId('chat').dataset.conversationId = conversationId;
    this.#composer.open(conversation);
    this.#pinned.open(conversationId);
    this.render();
    this.#timeline.open(conversationId);
    this.#focus();
  }

  close() {
    this.#leave();
    this.#id = null;
    this.#timeline.close();
    this.#pinned.open(null);
    byId('chat').hidden = true;
    byId('nothing-open').hidden = false;
  }

  destroy() {
    this.#id = null;
    this.#timeline.destroy();
    byId('chat').hidden = true;
    byId('nothing-open').hidden = false;
  }

  /** Shows what the client knows; called whenever that changed. */
  render() {
    if (this.#id === null) {
      return;
    }
    const conversation = this.#client.conversation(this.#id);
    const { peer_id, group_id } = conversation;
    const name = nameOf(this.#client, conversation);
    const isGroup = group_id !== undefined;
    setText(byId('chat-title'), name);
    paintAvatar(byId('chat-avatar'), { id: group_id ?? peer_id, name, isGroup });
    this.#renderStatus(conversation);
    byId('group-details').hidden = !isGroup;
    const waiting = isGroup ? this.#countRequests(group_id) : 0;
    byId('request-count').hidden = waiting === 0;
    setText(byId('request-count'), String(waiting));
    byId('composer').hidden = peer_id === SYSTEM_USER || this.#selection.isActive;
    this.#composer.render(this.#closedReason(conversation));
    this.#timeline.render();
    this.#pinned.render();
  }

  visibilityChanged() {
    this.#timeline.visibilityChanged();
  }

  reconnected() {
    this.#timeline.reconnected();
  }

  /** Brings a message into sight. */
  async jump(messageId) {
    let isFound = true;
    await attempt(async () => (isFound = await this.#timeline.jump(messageId)));
    if (!isFound) {
      notice(t('jump.notFound'));
    }
  }

  /** @param conversationId where to look first, or null for everywhere */
  search(conversationId) {
    const onOpen = (id) => {
      this.#go(id);
      if (matchMedia('(max-width: 1100px)').matches) {
        this.#panel.close();
      }
    };
    const onFound = async (message) => {
      onOpen(message.conversation_id);
      await this.jump(message.message_id);
    };
    const view = new SearchView(this.#client, conversationId, { onFound, onOpen });
    this.#panel.open(view);
    view.focus();
  }

  /** Opens the menu of a conversation at this button. */
  openMenu(button, conversationId) {
    openChatMenu(button, this.#client, conversationId, {
      blocked: this.#blocked,
      showScheduled: () => this.#showScheduled(conversationId),
      onHidden: () => conversationId === this.#id && this.#go(null),
    });
  }

  /** Where the user goes on; a touch screen's keyboard comes only when she asks for it. */
  #focus() {
    if (matchMedia('(pointer: fine)').matches) {
      this.#composer.focus();
    } else {
      byId('chat-title').focus();
    }
  }

  #watch({ peer_id, group_id, conversation_id }) {
    if (peer_id) {
      this.#client.watchPresence([peer_id]);
    } else {
      this.#client.groups.watch(group_id);
      this.#client.readership.watch(conversation_id);
    }
  }

  /** What belongs to this conversation in the panel goes with it; the search stays. */
  #leave() {
    if (this.#id === null) {
      return;
    }
    this.#composer.leave();
    this.#selection.end();
    const { group_id, conversation_id } = this.#client.conversation(this.#id);
    if (group_id) {
      this.#client.groups.unwatch(group_id);
      this.#client.readership.unwatch(conversation_id);
    }
    if (!(this.#panel.view instanceof SearchView)) {
      this.#panel.close();
    }
  }

  #countRequests(groupId) {
    this.#requests.know(groupId);
    return this.#requests.of(groupId).length;
  }

  #closedReason(conversation) {
    const { peer_id } = conversation;
    if (peer_id && this.#blocked.has(peer_id)) {
      return t('closed.blocked', { name: nameOf(this.#client, conversation) });
    }
    return closedReason(this.#client, conversation, Date.now());
  }

  #isOpen() {
    return this.#closedReason(this.#client.conversation(this.#id)) === '';
  }

  #renderStatus(conversation) {
    const { peer_id, group_id } = conversation;
    const names = this.#client.typingUsers(this.#id).map((userId) => {
      return personName(this.#client, conversation, userId);
    });
    byId('typing').hidden = names.length === 0;
    if (names.length > 0) {
      setText(byId('typing'), peer_id ? t('typing') : t('typing.who', { name: names.join(', ') }));
    }
    const presence = this.#client.presence(peer_id);
    const node = byId('presence');
    node.hidden = names.length > 0;
    node.dataset.online = presence?.online ?? 'unknown';
    const count = this.#client.groups.info(group_id)?.member_count;
    setText(node, count ? plural('members', count) : describe(presence));
  }

  #openMessageMenu(message, button) {
    openMessageMenu(button, this.#client, message, this.#isOpen(), {
      reply: (target) => this.#composer.reply(target),
      edit: (target) => this.#composer.edit(target),
      forward: (target) => this.#forward([target]),
      select: (target) => this.#selection.begin(target),
      showReaders: (target) => this.#panel.open(new ReadersView(this.#client, target)),
    });
  }

  #forward(messages) {
    const ids = messages.map(({ message_id }) => message_id);
    forward(this.#client, this.#id, ids, (target) => {
      this.#selection.end();
      this.#go(target);
      this.#focus();
    });
  }

  async #delete(messages) {
    if (await deleteForMe(this.#client, messages)) {
      this.#selection.end();
      this.#focus();
    }
  }

  #showScheduled(conversationId) {
    this.#panel.open(new ScheduledView(this.#client, conversationId));
  }

  #showGroup() {
    const { group_id } = this.#client.conversation(this.#id);
    if (this.#panel.view instanceof GroupView) {
      this.#panel.close();
    } else {
      const onChat = (userId) => this.#go(singleConversationId(this.#client.user_id, userId));
      this.#panel.open(new GroupView(this.#client, group_id, this.#requests, onChat));
    }
  }
}

function describe(presence) {
  if (presence?.online === undefined) {
    return '';
  }
  if (presence.online) {
    return t('online');
  }
  return presence.last_seen ? lastSeen(presence.last_seen) : t('offline');
}
