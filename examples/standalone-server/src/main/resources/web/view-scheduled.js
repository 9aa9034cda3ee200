import { KeyedChildren, element, setText } from './dom.js';
import { dateAndTime, errorText, t, until } from './i18n.js';
import { attempt } from './notice.js';
import { nameOf, previewOf } from './text.js';

/** After its time the server is asked what became of a message, and again where it does not know. */
const PATIENCE_MS = 2_000;
const ASK_AGAIN_MS = 10_000;
const LONGEST_TIMER_MS = 86_400_000;

/**
 * What waits to be sent at its time, or was refused then, of one conversation or of all, in the
 * panel.
 */
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
  #timer = null;
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
    clearTimeout(this.#timer);
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
  }

  async #ask() {
    try {
      this.#scheduled = await this.#client.schedules.list();
      this.render();
    } catch (error) {
      setText(this.#status, errorText(error));
    }
    this.#askLater();
  }

  #askLater() {
    clearTimeout(this.#timer);
    const next = this.#scheduled?.find(({ refused }) => refused === undefined);
    if (next && !this.#closed.signal.aborted) {
      const left = next.send_at - Date.now();
      const delay = left > 0 ? left + PATIENCE_MS : ASK_AGAIN_MS;
      this.#timer = setTimeout(() => this.#ask(), Math.min(delay, LONGEST_TIMER_MS));
    }
  }

  #item({ schedule_id, send_at, message, refused }, isHere) {
    const conversation = this.#client.conversation(message.conversation_id);
    const shown = {
      send_at,
      time: until(send_at),
      where: isHere ? '' : nameOf(this.#client, conversation),
      text: previewOf(message),
      refused,
    };
    return { key: schedule_id, version: JSON.stringify(shown), ...shown };
  }

  #fill(row, { key, send_at, time, where, text, refused }) {
    const cancel = element(
      'button',
      {
        ...{ type: 'button', className: 'small-button danger' },
        dataset: { testid: 'scheduled-cancel' },
        onclick: ({ currentTarget }) => this.#cancel(key, currentTarget),
      },
      t(refused === undefined ? 'scheduled.cancel' : 'discard'),
    );
    const at = { dateTime: new Date(send_at).toISOString(), title: dateAndTime(send_at) };
    row.replaceChildren(
      element('span', { className: 'hit-head' }, element('b', {}, where), element('time', at, time)),
      element('span', { className: 'hit-text', dir: 'auto' }, text),
      ...(refused === undefined ? [] : [element('p', { className: 'error' }, refusal(refused))]),
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

function refusal(reason) {
  return `${t('message.failed')} ${errorText({ reason, message: reason })}`;
}
