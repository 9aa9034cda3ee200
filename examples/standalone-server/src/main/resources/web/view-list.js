import { KeyedChildren, byId, element, icon, paintAvatar, setText } from './dom.js';
import { dateAndTime, plural, shortTime, t } from './i18n.js';
import { isChatMessage } from './im-client.js';
import { RovingButtons } from './roving.js';
import { lineOf, nameOf } from './text.js';

const MAX_BADGE = 99;

/** The conversations, the latest first, with what is new in them. */
export class ListView {
  #client;
  #drafts;
  #rows;
  #buttons;
  #openId = null;

  /**
   * @param onOpen called with the id of the conversation that the user chose
   * @param onMenu called with the row's button and that id when she asks for its menu
   */
  constructor(client, drafts, onOpen, onMenu) {
    this.#client = client;
    this.#drafts = drafts;
    byId('conversation-list').replaceChildren();
    this.#buttons = new RovingButtons(byId('conversation-list'), '.conversation', stopOf);
    this.#rows = new KeyedChildren(
      byId('conversation-list'),
      ({ key }) => createRow(key, onOpen, onMenu),
      (row, item) => fillRow(row, item),
    );
  }

  /** @param openId the conversation that the other half of the screen shows, or null */
  render(openId = this.#openId) {
    this.#openId = openId;
    const conversations = this.#client.conversations();
    const peers = conversations.flatMap(({ peer_id }) => peer_id ?? []);
    this.#client.watchPresence(peers);
    conversations.forEach(({ group_id }) => group_id && this.#client.groups.know(group_id));
    const items = conversations.map((conversation) => this.#item(conversation));
    this.#rows.show(items);
    this.#buttons.update();
    byId('conversation-empty').hidden = items.length > 0 || !this.#client.hasSynced;
  }

  focus(conversationId) {
    this.#rows.get(conversationId)?.querySelector('button').focus();
  }

  #item(conversation) {
    const { conversation_id, peer_id, group_id, last_message, unread_count } = conversation;
    const isOpen = conversation_id === this.#openId;
    const last = newest(conversation);
    const shown = {
      id: group_id ?? peer_id,
      isGroup: group_id !== undefined,
      name: nameOf(this.#client, conversation),
      isOpen,
      isOnline: this.#client.presence(peer_id)?.online === true,
      isTyping: this.#client.typingUsers(conversation_id).length > 0,
      draft: isOpen ? '' : (this.#drafts.get(conversation_id) ?? conversation.draft),
      isMine: last !== null && isChatMessage(last) && last.mine && !last.revoked,
      state: last_message?.state,
      preview: last ? lineOf(this.#client, conversation, last) : '',
      at: last?.timestamp,
      time: last ? shortTime(last.timestamp) : '',
      isMentioned: conversation.mentioned,
      unread: unread_count,
      isPinned: conversation.pinned,
      isMuted: conversation.muted,
    };
    return { key: conversation_id, version: JSON.stringify(shown), ...shown };
  }
}

/** The open conversation, or the first one. */
function stopOf(all) {
  return all.find((button) => button.getAttribute('aria-current') === 'true') ?? all[0];
}

/** The message or group event that was last, or null. */
function newest({ last_message, last_event }) {
  // What waits to be sent has no place in the log yet, and comes after it.
  const isLater = last_event && last_event.seq > (last_message ? (last_message.seq ?? Infinity) : 0);
  return isLater ? last_event : last_message;
}

function createRow(conversationId, onOpen, onMenu) {
  const part = (className, testid, tag = 'span') =>
    element(tag, { className, dataset: testid ? { testid } : {} });
  const button = element(
    'button',
    {
      ...{ type: 'button', tabIndex: -1 },
      className: 'conversation',
      dataset: { testid: 'conversation-item', conversationId },
      onclick: () => onOpen(conversationId),
      oncontextmenu: (event) => {
        event.preventDefault();
        onMenu(event.currentTarget, conversationId);
      },
    },
    element(
      'span',
      { className: 'avatar', 'aria-hidden': 'true' },
      part('initials'),
      part('presence-dot', 'presence-dot'),
    ),
    element(
      'span',
      { className: 'conversation-lines' },
      element(
        'span',
        { className: 'conversation-line' },
        part('conversation-name', 'conversation-name'),
        part('conversation-marks'),
        part('conversation-time', 'conversation-time', 'time'),
      ),
      element(
        'span',
        { className: 'conversation-line' },
        part('mentioned', 'mentioned'),
        part('conversation-preview', 'conversation-preview'),
        part('badge', 'unread'),
      ),
    ),
  );
  return element('li', {}, button);
}

function fillRow(row, item) {
  const find = (className) => row.querySelector(`.${className}`);
  const button = row.firstChild;
  button.setAttribute('aria-current', item.isOpen);
  paintAvatar(find('avatar'), item, find('initials'));
  find('presence-dot').dataset.online = item.isOnline;
  setText(find('conversation-name'), item.name);
  setText(find('conversation-time'), item.time);
  if (item.at) {
    find('conversation-time').dateTime = new Date(item.at).toISOString();
    find('conversation-time').title = dateAndTime(item.at);
  }
  const marks = [];
  if (item.isMuted) {
    marks.push(mark('mute', 'muted'));
  }
  if (item.isPinned) {
    marks.push(mark('pin', 'pinned'));
  }
  find('conversation-marks').replaceChildren(...marks);
  find('conversation-preview').replaceChildren(...preview(item));
  find('mentioned').hidden = !item.isMentioned;
  setText(find('mentioned'), t('mention.me'));
  const badge = find('badge');
  badge.hidden = item.unread === 0;
  badge.classList.toggle('quiet', item.isMuted);
  badge.textContent = item.unread > MAX_BADGE ? `${MAX_BADGE}+` : item.unread;
  badge.setAttribute('role', 'img');
  badge.setAttribute('aria-label', plural('unread', item.unread));
}

function mark(iconName, key) {
  const svg = icon(iconName, t(key));
  svg.dataset.testid = key;
  return svg;
}

function preview({ isTyping, draft, isMine, state, preview: text }) {
  if (isTyping) {
    return [element('span', { className: 'typing' }, t('typing'))];
  }
  if (draft) {
    return [element('span', { className: 'draft' }, t('draft')), ` ${draft}`];
  }
  const iconName = state === 'read' ? 'delivered' : state;
  if (!isMine) {
    return [text];
  }
  const tick = icon(iconName, t(`state.${state}`));
  tick.classList.add('tick', state);
  return [tick, text];
}
