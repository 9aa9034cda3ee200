import { KeyedChildren, element, setText } from './dom.js';
import { dateAndTime, errorText, t, until } from './i18n.js';
import { attempt } from './notice.js';
import { nameOf, previewOf } from './text.js';

/** What should have left by now is asked for again, but not more often than this. */
const ASK_AGAIN_MS = 10_000;

/** What waits to be sent at its time, of one conversation or of all, in the panel. */
export class ScheduledView {
  #client;
  #conversationId;
  // Null until the server has said it.
  #scheduled = null;
  #status = element('p', { className: 'quiet', role: 'status', dataset: { testid: 'scheduled-status' } });
  #scope = element('select', {
    dataset: { testid: 'scheduled-scope' },
    'aria-label': t('scheduled.scope'),
  });
  #rows;
  #askedAt = 0;
  #closed = new AbortController();

  /** @param conversationId what of it waits is shown first */
  constructor(client, conversationId) {
    this.#client = client;
    this.#conversationId = conversationId;
    this.title = t('scheduled.title');
    this.#scope.append(
      element('option', { value: 'here' }, t('search.here')),
      element('option', { value: 'all' }, t('search.everywhere')),
    );
    this.#scope.onchange = () => this.render();
    const list = element('ul', { className: 'scheduled', dataset: { testid: 'scheduled' } });
    this.#rows = new KeyedChildren(
      list,
      (item) => element('li', { dataset: { testid: 'scheduled-message', scheduleId: item.key } }),
      (row, item) => this.#fill(row, item),
    );
    this.node = element('div', {}, this.#scope, this.#status, list);
    client.addEventListener('synced', () => this.#ask(), { signal: this.#closed.signal });
    this.#ask();
  }

  closed() {
    this.#closed.abort();
  }

  render() {
    if (this.#scheduled === null) {
      return;
    }
    const isHere = this.#scope.value === 'here';
    const waiting = this.#scheduled.filter(({ message: { conversation_id, message_id } }) => {
      const isShown = !isHere || conversation_id === this.#conversationId;
      return isShown && !this.#client.message(conversation_id, message_id); // Else it was sent.
    });
    setText(this.#status, waiting.length === 0 ? t('scheduled.nothing') : '');
    this.#rows.show(waiting.map((each) => this.#item(each, isHere)));
    if (this.#scheduled.some(({ send_at }) => send_at < Date.now()) && !this.#askedLately()) {
      this.#ask();
    }
  }

  #askedLately() {
    return Date.now() - this.#askedAt < ASK_AGAIN_MS;
  }

  async #ask() {
    this.#askedAt = Date.now();
    try {
      this.#scheduled = await this.#client.schedules.list();
      this.render();
    } catch (error) {
      setText(this.#status, errorText(error));
    }
  }

  #item({ schedule_id, send_at, message }, isHere) {
    const conversation = this.#client.conversation(message.conversation_id);
    const shown = {
      send_at,
      time: until(send_at),
      where: isHere ? '' : nameOf(this.#client, conversation),
      text: previewOf(message),
    };
    return { key: schedule_id, version: JSON.stringify(shown), ...shown };
  }

  #fill(row, { key, send_at, time, where, text }) {
    const cancel = element(
      'button',
      {
        ...{ type: 'button', className: 'small-button danger' },
        dataset: { testid: 'scheduled-cancel' },
        onclick: ({ currentTarget }) => this.#cancel(key, currentTarget),
      },
      t('scheduled.cancel'),
    );
    const at = { dateTime: new Date(send_at).toISOString(), title: dateAndTime(send_at) };
    row.replaceChildren(
      element('span', { className: 'hit-head' }, element('b', {}, where), element('time', at, time)),
      element('span', { className: 'hit-text', dir: 'auto' }, text),
      cancel,
    );
  }

  async #cancel(scheduleId, button) {
    button.disabled = true;
    await attempt(() => this.#client.schedules.cancel(scheduleId));
    await this.#ask(); // Another device may have been faster, or it has left meanwhile.
    button.disabled = false;
    if (document.activeElement === document.body) {
      (this.node.querySelector('button') ?? this.#scope).focus();
    }
  }
}
