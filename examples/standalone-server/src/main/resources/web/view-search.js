import { conversationRow } from './conversation-row.js';
import { element, icon, setText } from './dom.js';
import { dateAndTime, errorText, shortTime, t } from './i18n.js';
import { expiryOf } from './im-client.js';
import { nameOf, personName, previewOf } from './text.js';

const PAGE = 20;
const MAX_CONVERSATIONS = 5;

/**
 * Looks for messages, in one conversation or in all of them, and then for conversations by their
 * names too, in the panel.
 */
export class SearchView {
  #client;
  #conversationId;
  #onFound;
  #onOpen;
  #input;
  #scope;
  #named = element('ul', { className: 'targets', dataset: { testid: 'search-conversations' } });
  #hits = element('ul', { className: 'hits', dataset: { testid: 'search-hits' } });
  #status = element('p', { className: 'quiet', role: 'status', dataset: { testid: 'search-status' } });
  #more;
  #expiring = [];
  // Grows with every search: an answer to an earlier one is void.
  #epoch = 0;

  /**
   * @param conversationId where to look, or null for everywhere
   * @param onFound called with the message that the user chose
   * @param onOpen called with the id of the conversation that she chose
   */
  constructor(client, conversationId, { onFound, onOpen }) {
    this.#client = client;
    this.#conversationId = conversationId;
    this.#onFound = onFound;
    this.#onOpen = onOpen;
    this.title = t('search');
    this.#input = element('input', {
      ...{ type: 'search', maxLength: 200, dataset: { testid: 'search-input' } },
      ...{ placeholder: t('search.placeholder'), 'aria-label': t('search') },
    });
    this.#more = element(
      'button',
      { type: 'button', className: 'link', hidden: true, dataset: { testid: 'search-more' } },
      t('search.more'),
    );
    this.node = element('div', { className: 'search' }, this.#form());
    this.node.append(this.#named, this.#status, this.#hits, this.#more);
  }

  closed() {
    this.#epoch++;
  }

  /** What was found may have destroyed itself by now. */
  render() {
    for (const { hit, expiresAt } of this.#expiring) {
      if (expiresAt <= Date.now()) {
        hit.remove();
      }
    }
  }

  focus() {
    this.#input.focus();
  }

  #form() {
    const submit = element(
      'button',
      { className: 'send', 'aria-label': t('search'), dataset: { testid: 'search-submit' } },
      icon('search'),
    );
    const row = element('div', { className: 'search-row' }, this.#input, submit);
    const form = element('form', {}, row);
    if (this.#conversationId) {
      this.#scope = element('select', {
        dataset: { testid: 'search-scope' },
        'aria-label': t('search.scope'),
      });
      this.#scope.append(
        element('option', { value: 'here' }, t('search.here')),
        element('option', { value: 'all' }, t('search.everywhere')),
      );
      form.append(this.#scope);
    }
    form.onsubmit = (event) => {
      event.preventDefault();
      this.#search();
    };
    return form;
  }

  async #search(page_token) {
    const query = this.#input.value.trim();
    if (query === '') {
      return;
    }
    const epoch = ++this.#epoch;
    const isHere = this.#scope?.value === 'here';
    this.#named.replaceChildren(...(isHere ? [] : this.#conversations(query)));
    const scope = isHere ? { conversation_id: this.#conversationId } : {};
    try {
      const params = { query, ...scope, limit: PAGE, ...(page_token && { page_token }) };
      const answer = await this.#client.actions.search(params);
      if (epoch === this.#epoch) {
        this.#show(answer, page_token !== undefined, isHere);
      }
    } catch (error) {
      if (epoch === this.#epoch) {
        if (!page_token) {
          this.#clear(); // What is left there is no answer to this.
        }
        setText(this.#status, errorText(error));
      }
    }
  }

  #clear() {
    this.#hits.replaceChildren();
    this.#expiring = [];
    this.#more.hidden = true;
  }

  #show({ messages, next_page_token }, isMore, isHere) {
    if (!isMore) {
      this.#clear();
    }
    for (const message of messages) {
      const hit = this.#hit(message, isHere);
      this.#hits.append(hit);
      if (message.expires_in > 0) {
        this.#expiring.push({ hit, expiresAt: expiryOf(message) });
      }
    }
    const isNothing = this.#hits.children.length === 0 && this.#named.children.length === 0;
    setText(this.#status, isNothing ? t('search.nothing') : '');
    this.#more.hidden = !next_page_token;
    this.#more.onclick = () => this.#search(next_page_token);
  }

  #conversations(query) {
    const wanted = query.toLowerCase();
    const isNamed = (each) => nameOf(this.#client, each).toLowerCase().includes(wanted);
    const found = this.#client.conversations().filter(isNamed).slice(0, MAX_CONVERSATIONS);
    return found.map((each) => conversationRow(this.#client, each, 'search-conversation', this.#onOpen));
  }

  #hit(message, isHere) {
    const { conversation_id, message_id: messageId, from, timestamp } = message;
    const conversation = this.#client.conversation(conversation_id);
    const who =
      from === this.#client.user_id
        ? t('message.you')
        : personName(this.#client, conversation, from);
    const where = isHere ? who : `${nameOf(this.#client, conversation)} · ${who}`;
    const at = element(
      'time',
      { dateTime: new Date(timestamp).toISOString(), title: dateAndTime(timestamp) },
      shortTime(timestamp),
    );
    const button = element(
      'button',
      {
        ...{ type: 'button', className: 'hit', onclick: () => this.#onFound(message) },
        dataset: { testid: 'search-hit', messageId },
      },
      element('span', { className: 'hit-head' }, element('b', {}, where), at),
      element('span', { className: 'hit-text', dir: 'auto' }, previewOf(message)),
    );
    return element('li', {}, button);
  }
}
