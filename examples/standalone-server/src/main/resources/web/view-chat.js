import { byId, paintAvatar, setText } from './dom.js';
import { errorText, lastSeen, t } from './i18n.js';
import { SYSTEM_USER } from './im-client.js';
import { nameOf } from './text.js';
import { TimelineView } from './view-timeline.js';

/** The open conversation: who it is with, its messages, and the field to write in. */
export class ChatView {
  #client;
  #drafts;
  #timeline;
  #onBack;
  #confirm;
  #id = null;
  #input = byId('message-input');
  #outside;

  /**
   * @param onBack called when the user leaves the conversation
   * @param confirm asks the user `{title, text, yes}` and gives a promise of the answer
   */
  constructor(client, drafts, onBack, confirm) {
    this.#client = client;
    this.#drafts = drafts;
    this.#onBack = onBack;
    this.#confirm = confirm;
    this.#timeline = new TimelineView(client, (id, seq) => client.markRead(id, seq));
    byId('back').onclick = onBack;
    byId('composer').onsubmit = (event) => {
      event.preventDefault();
      this.#send();
    };
    this.#input.oninput = () => this.#typed();
    this.#input.onkeydown = (event) => {
      // While an input method composes, Enter chooses a word; Safari tells that by 229 only.
      const isComposing = event.isComposing || event.keyCode === 229;
      if (event.key === 'Enter' && !event.shiftKey && !isComposing) {
        event.preventDefault();
        this.#send();
      }
    };
    this.#listenToMenu();
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
    if (conversation.peer_id) {
      this.#client.watchPresence([conversation.peer_id]);
    }
    byId('chat').hidden = false;
    byId('nothing-open').hidden = true;
    byId('chat').dataset.conversationId = conversationId;
    this.#input.value = this.#drafts.get(conversationId) ?? conversation.draft;
    this.#showError('');
    this.#fitInput();
    this.render();
    this.#timeline.open(conversationId);
    if (matchMedia('(pointer: fine)').matches) {
      this.#input.focus();
    } else {
      byId('chat-title').focus();
    }
  }

  close() {
    this.#leave();
    this.#id = null;
    this.#timeline.close();
    byId('chat').hidden = true;
    byId('nothing-open').hidden = false;
  }

  destroy() {
    this.#id = null;
    this.#timeline.destroy();
    document.removeEventListener('pointerdown', this.#outside);
    byId('chat').hidden = true;
    byId('nothing-open').hidden = false;
  }

  /** Shows what the client knows; called whenever that changed. */
  render() {
    if (this.#id === null) {
      return;
    }
    const conversation = this.#client.conversation(this.#id);
    const name = nameOf(conversation);
    setText(byId('chat-title'), name);
    paintAvatar(byId('chat-avatar'), name);
    this.#renderStatus(conversation);
    byId('composer').hidden = conversation.peer_id === SYSTEM_USER;
    setText(byId('menu-pin'), t(conversation.pinned ? 'menu.unpin' : 'menu.pin'));
    setText(byId('menu-mute'), t(conversation.muted ? 'menu.unmute' : 'menu.mute'));
    for (const id of ['menu-pin', 'menu-mute', 'menu-hide', 'menu-clear']) {
      byId(id).disabled = conversation.max_seq === 0; // Nothing of it is on the server yet.
    }
    this.#timeline.render();
  }

  visibilityChanged() {
    this.#timeline.visibilityChanged();
  }

  reconnected() {
    this.#timeline.reconnected();
  }

  #renderStatus({ peer_id, type }) {
    const typing = this.#client.typingUsers(this.#id);
    byId('typing').hidden = typing.length === 0;
    if (typing.length > 0) {
      const text = type === 1 ? t('typing') : t('typing.who', { name: typing.join(', ') });
      setText(byId('typing'), text);
    }
    const presence = this.#client.presence(peer_id);
    const node = byId('presence');
    node.hidden = typing.length > 0;
    node.dataset.online = presence?.online ?? 'unknown';
    setText(node, describe(presence));
  }

  #typed() {
    this.#showError('');
    this.#fitInput();
    this.#drafts.set(this.#id, this.#input.value);
    if (this.#input.value.trim() !== '') {
      this.#client.typing(this.#id);
    }
  }

  #send() {
    const text = this.#input.value.trim();
    if (text === '') {
      return;
    }
    try {
      this.#client.sendText({ conversation_id: this.#id }, text);
    } catch (error) {
      this.#showError(errorText(error));
      return;
    }
    this.#input.value = '';
    this.#drafts.set(this.#id, '');
    this.#fitInput();
    this.#timeline.wrote();
    this.#input.focus();
  }

  /** As high as its text, up to what the style sheet allows. */
  #fitInput() {
    byId('send').disabled = this.#input.value.trim() === '';
    this.#input.style.height = 'auto';
    this.#input.style.height = `${this.#input.scrollHeight}px`;
  }

  #showError(text) {
    setText(byId('composer-error'), text);
  }

  /** The user's other devices get to know what he has begun to write. */
  #leave() {
    if (this.#id === null) {
      return;
    }
    const { max_seq, draft } = this.#client.conversation(this.#id);
    const text = this.#input.value;
    if (max_seq > 0 && text !== draft && this.#client.state === 'online') {
      this.#change(this.#id, { draft: text });
    }
    this.#closeMenu();
  }

  async #change(conversationId, changes) {
    try {
      await this.#client.updateConversation(conversationId, changes);
    } catch (error) {
      if (this.#id === conversationId) {
        this.#showError(errorText(error));
      }
    }
  }

  #listenToMenu() {
    const items = byId('menu-items');
    byId('menu-button').onclick = () => this.#openMenu(items.hidden);
    this.#outside = (event) => {
      if (!event.target.closest('.menu')) {
        this.#closeMenu();
      }
    };
    document.addEventListener('pointerdown', this.#outside);
    items.onclick = () => this.#closeMenu();
    items.parentElement.onkeydown = (event) => {
      if (event.key === 'Escape') {
        this.#closeMenu();
        byId('menu-button').focus();
      }
    };
    const settings = () => this.#client.conversation(this.#id);
    byId('menu-pin').onclick = () => this.#change(this.#id, { pinned: !settings().pinned });
    byId('menu-mute').onclick = () => this.#change(this.#id, { muted: !settings().muted });
    byId('menu-hide').onclick = () => {
      this.#change(this.#id, { hidden: true });
      this.#onBack();
    };
    byId('menu-clear').onclick = () => this.#clear(this.#id);
  }

  async #clear(conversationId) {
    const name = nameOf(this.#client.conversation(conversationId));
    const text = t('clear.text', { name });
    const question = { title: t('clear.title'), text, yes: t('clear.yes') };
    if (!(await this.#confirm(question))) {
      return;
    }
    try {
      await this.#client.clearConversation(conversationId);
    } catch (error) {
      this.#showError(errorText(error));
    }
  }

  #openMenu(isOpen) {
    byId('menu-items').hidden = !isOpen;
    byId('menu-button').setAttribute('aria-expanded', isOpen);
  }

  #closeMenu() {
    this.#openMenu(false);
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
