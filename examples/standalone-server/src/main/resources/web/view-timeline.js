import { KeyedChildren, byId, setText } from './dom.js';
import { t } from './i18n.js';
import { RovingButtons } from './roving.js';
import { nameOf } from './text.js';
import { timelineItems } from './timeline-items.js';
import { createRow, fillRow } from './view-message.js';

/** Older messages are loaded when less than this is left above, in pixels. */
const LOAD_AHEAD_PX = 400;
/** Whoever is this close to the end is at the end. */
const AT_END_PX = 60;
const PAGE = 50;
/** How far back a message is looked for, in pages of a hundred. */
const MAX_JUMP_PAGES = 50;
const JUMP_PAGE = 100;

/**
 * The messages of the open conversation. It stays at the end while the reader is there, holds still
 * while he reads further up, and knows how far he has seen.
 */
export class TimelineView {
  #client;
  #onSeen;
  #actions;
  #box = byId('timeline');
  #rows;
  #id = null;
  #isAtEnd = true;
  // Messages of others behind this seq were new when the reader came, and stand below a line.
  #newAfter = null;
  #isLoading = false;
  #hasFailed = false;
  #entries = [];
  // The row that was jumped to, which is lit for a moment.
  #found = null;
  #menus = new RovingButtons(byId('messages'), '.message-menu', (all) => all.at(-1));
  #resizes = new ResizeObserver(() => this.#resized());

  /**
   * @param onSeen called with the last seq that the reader has before his eyes
   * @param actions what can be done to a message, as `fillRow` needs it
   */
  constructor(client, onSeen, actions) {
    this.#client = client;
    this.#onSeen = onSeen;
    this.#actions = { client, ...actions };
    byId('messages').replaceChildren();
    this.#rows = this.#newRows();
    this.#box.onscroll = () => this.#scrolled();
    byId('jump').onclick = () => this.scrollToEnd();
    byId('history-retry').onclick = () => {
      this.#hasFailed = false;
      this.#loadHistory();
    };
    this.#resizes.observe(this.#box);
  }

  open(conversationId) {
    const { read_seq, unread_count } = this.#client.conversation(conversationId);
    this.#id = conversationId;
    this.#newAfter = unread_count > 0 ? read_seq : null;
    this.#isLoading = this.#hasFailed = false;
    this.#isAtEnd = true;
    this.#box.ariaLive = 'off'; // Nobody wants the whole page read out, only what comes from now on.
    byId('messages').replaceChildren();
    this.#rows = this.#newRows();
    this.#show(this.#client.conversation(conversationId));
    this.#scrollToNew(); // Only now is known what the reader has before his eyes.
    setTimeout(() => (this.#box.ariaLive = 'polite'), 0);
    this.#learnDeleted();
  }

  close() {
    this.#id = null;
  }

  destroy() {
    this.close();
    this.#resizes.disconnect();
  }

  /** The user has written: nothing above that is new to him. */
  wrote() {
    this.#newAfter = null;
    this.render();
    this.scrollToEnd();
  }

  /** The page was hidden or shown. What comes while it is hidden is new when it is shown. */
  visibilityChanged() {
    if (document.hidden) {
      this.#newAfter = null;
    }
    this.render();
  }

  render() {
    if (this.#id === null) {
      return;
    }
    const conversation = this.#client.conversation(this.#id);
    if (document.hidden && this.#newAfter === null && conversation.unread_count > 0) {
      this.#newAfter = conversation.read_seq;
    }
    this.#show(conversation);
    this.#updateJump(conversation);
    this.#tellSeen();
    this.#loadHistoryIfNear(conversation);
  }

  /** Brings the rows up to date, and keeps in its place what is in sight. */
  #show(conversation) {
    this.#entries = this.#client.entries(this.#id);
    const anchor = this.#isAtEnd ? null : this.#findAnchor();
    const { selection } = this.#actions;
    const args = [conversation, this.#entries, selection, this.#newAfter];
    this.#rows.show(timelineItems(this.#client, ...args));
    this.#menus.update();
    this.#box.ariaBusy = this.#isLoading;
    byId('history-start').hidden = !conversation.is_complete;
    byId('history-start').textContent = startText(this.#client, conversation);
    byId('history-loading').hidden = !this.#isLoading;
    byId('history-failed').hidden = !this.#hasFailed;
    if (this.#isAtEnd) {
      this.#box.scrollTop = this.#box.scrollHeight;
    } else if (anchor) {
      this.#box.scrollTop += anchor.node.offsetTop - anchor.top;
    }
  }

  scrollToEnd() {
    this.#isAtEnd = true;
    this.#box.scrollTop = this.#box.scrollHeight;
  }

  /** Brings this message into sight, loading what lies before it. Gives whether it was found. */
  async jump(messageId) {
    const id = this.#id;
    for (let page = 0; page < MAX_JUMP_PAGES && !this.#row(messageId); page++) {
      if (this.#client.conversation(id).is_complete) {
        return false;
      }
      this.#isAtEnd = false;
      await this.#client.loadHistory(id, JUMP_PAGE);
      if (id !== this.#id) {
        return true; // The reader is elsewhere by now.
      }
      this.render();
    }
    const row = this.#row(messageId);
    if (!row) {
      return false;
    }
    this.#isAtEnd = false;
    this.#found?.classList.remove('found');
    this.#found = row;
    row.scrollIntoView({ block: 'center' });
    row.classList.add('found');
    return true;
  }

  #row(messageId) {
    return this.#rows.get(`m ${messageId}`) ?? this.#rows.get(`e ${messageId}`);
  }

  #newRows() {
    return new KeyedChildren(byId('messages'), createRow, (row, item) =>
      fillRow(row, item, this.#actions),
    );
  }

  /** The first row in sight: whatever comes or goes above, it stays where it is. */
  #findAnchor() {
    for (const node of byId('messages').children) {
      if (node.offsetTop + node.offsetHeight > this.#box.scrollTop && node.dataset.messageId) {
        return { node, top: node.offsetTop };
      }
    }
    return null;
  }

  #scrollToNew() {
    const line = this.#rows.get('unread');
    this.#box.scrollTop = this.#box.scrollHeight;
    if (line && line.offsetTop < this.#box.scrollTop) {
      this.#box.scrollTop = line.offsetTop - this.#box.clientHeight / 5;
    }
    this.#scrolled();
  }

  #scrolled() {
    if (this.#id === null) {
      return;
    }
    const { scrollTop, scrollHeight, clientHeight } = this.#box;
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight < AT_END_PX;
    const conversation = this.#client.conversation(this.#id);
    this.#updateJump(conversation);
    this.#tellSeen();
    this.#loadHistoryIfNear(conversation);
  }

  #resized() {
    if (this.#isAtEnd) {
      this.#box.scrollTop = this.#box.scrollHeight;
    }
    if (this.#id !== null) {
      this.#tellSeen();
    }
  }

  #updateJump({ unread_count }) {
    byId('jump').hidden = this.#isAtEnd;
    byId('jump-count').hidden = unread_count === 0;
    setText(byId('jump-count'), String(unread_count));
  }

  #tellSeen() {
    if (document.hidden || this.#box.clientHeight === 0) {
      return;
    }
    const bottom = this.#box.scrollTop + this.#box.clientHeight;
    for (let i = this.#entries.length - 1; i >= 0; i--) {
      const { seq, message_id } = this.#entries[i];
      const node = this.#row(message_id);
      // A message is seen when its beginning is: it may be longer than the screen.
      if (seq !== undefined && node && node.offsetTop + 16 < bottom) {
        this.#onSeen(this.#id, this.#isAtEnd ? Infinity : seq);
        return;
      }
    }
  }

  #loadHistoryIfNear({ is_complete }) {
    const isNear = this.#box.scrollTop < LOAD_AHEAD_PX;
    const canLoad = this.#client.state === 'online' && !this.#isLoading && !this.#hasFailed;
    if (isNear && !is_complete && canLoad) {
      this.#loadHistory();
    }
  }

  async #loadHistory() {
    const id = this.#id;
    this.#isLoading = true;
    this.render();
    let hasFailed = false;
    try {
      await this.#client.loadHistory(id, PAGE);
    } catch {
      // A new session tries by itself; within this one the user is offered to.
      hasFailed = this.#client.state === 'online';
    }
    if (id === this.#id) {
      this.#isLoading = false;
      this.#hasFailed = hasFailed;
      this.render();
    }
  }

  /** There is a session again. */
  reconnected() {
    this.#hasFailed = false;
    this.render();
    this.#learnDeleted();
  }

  /** What is here may have been deleted on another device while there was no connection. */
  async #learnDeleted() {
    const seqs = this.#entries.flatMap(({ seq }) => seq ?? []);
    if (this.#id === null || seqs.length === 0) {
      return;
    }
    try {
      await this.#client.actions.learnDeleted(this.#id, seqs[0], seqs.at(-1));
    } catch (error) {
      console.warn('what was deleted meanwhile is not known', error); // The next session asks again.
    }
  }
}

function startText(client, conversation) {
  const name = nameOf(client, conversation);
  return t(conversation.type === 2 ? 'history.groupStart' : 'history.start', { name });
}
