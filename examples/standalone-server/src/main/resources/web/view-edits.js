import { element, setText } from './dom.js';
import { dateAndTime, errorText, t } from './i18n.js';
import { previewOf } from './text.js';

/** What a message said before it was edited, in the panel, and what it says now. */
export class EditsView {
  #client;
  #message;
  #status = element('p', { className: 'quiet', role: 'status', dataset: { testid: 'edits-status' } });
  #list = element('ol', { className: 'edits' });
  // When the message was edited last, as far as what is shown goes.
  #shownAt = null;

  constructor(client, message) {
    this.#client = client;
    this.#message = message;
    this.title = t('edits');
    this.node = element('div', { dataset: { testid: 'edits' } }, this.#status, this.#list);
  }

  closed() {}

  render() {
    const { conversation_id, message_id } = this.#message;
    const message = this.#client.message(conversation_id, message_id);
    if (!message || message.revoked) {
      this.#list.replaceChildren(); // Nobody is to read it any more.
      setText(this.#status, t(message ? 'message.revoked' : 'error.message_not_found'));
    } else if (message.edited_at !== this.#shownAt) {
      this.#shownAt = message.edited_at;
      this.#ask(message);
    }
  }

  async #ask(message) {
    let edits;
    try {
      edits = await this.#client.actions.edits(message);
    } catch (error) {
      setText(this.#status, errorText(error));
      return;
    }
    if (message.edited_at !== this.#shownAt) {
      return; // It was edited once more meanwhile.
    }
    setText(this.#status, edits.length === 0 ? t('edits.none') : '');
    const { content_type } = message;
    const now = { content: message.content, since: message.edited_at };
    this.#list.replaceChildren(
      ...(edits.length === 0 ? [] : [...edits, now]).map(({ content, since }) =>
        element(
          'li',
          { dataset: { testid: 'edit' } },
          element('time', { dateTime: new Date(since).toISOString() }, dateAndTime(since)),
          element('span', { dir: 'auto' }, previewOf({ content_type, content })),
        ),
      ),
    );
  }
}
