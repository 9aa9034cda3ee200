import { byId, setText } from './dom.js';
import { errorText, t, until } from './i18n.js';
import { EVERYBODY } from './im-client.js';
import { mentionsIn } from './message-text.js';
import { attempt, notice } from './notice.js';
import { openSendLater } from './send-later.js';
import { personName, previewOf } from './text.js';
import { Lifetime } from './view-lifetime.js';
import { MentionMenu } from './view-mentions.js';

/**
 * The field to write in: a new message, now or for later, an answer to one, or a message's other
 * wording.
 */
export class Composer {
  #client;
  #drafts;
  #onWrote;
  #showScheduled;
  #id = null;
  #input = byId('message-input');
  #mentions;
  // What is answered or edited: {kind: 'reply' | 'edit', message}, or null.
  #about = null;
  #lifetime = new Lifetime(() => this.#input.focus());
  // What was to be scheduled last: {key, frame}. Tried again, it goes under the same id.
  #prepared = null;

  /**
   * @param onWrote called when a new message was put into the outbox
   * @param showScheduled called when the user wants to see what waits for its time
   */
  constructor(client, drafts, { onWrote, showScheduled }) {
    this.#client = client;
    this.#drafts = drafts;
    this.#onWrote = onWrote;
    this.#showScheduled = showScheduled;
    this.#mentions = new MentionMenu(client, this.#input);
    byId('composer').onsubmit = (event) => {
      event.preventDefault();
      this.#submit();
    };
    byId('about-cancel').onclick = () => this.#end();
    byId('send-later').onclick = () => this.#openSendLater();
    this.#input.oninput = () => this.#typed();
    this.#input.onkeydown = (event) => this.#pressed(event);
  }

  open(conversation) {
    this.#id = conversation.conversation_id;
    this.#about = null;
    this.#lifetime.set(0);
    this.#prepared = null;
    this.#mentions.use(conversation.group_id);
    this.#write(this.#draft());
    this.showError('');
    this.#renderAbout();
  }

  /** The user's other devices get to know what she has begun to write. */
  leave() {
    const { max_seq, draft, left } = this.#client.conversation(this.#id);
    const text = this.#about?.kind === 'edit' ? draft : this.#input.value;
    if (max_seq > 0 && text !== draft && !left && this.#client.state === 'online') {
      const id = this.#id;
      attempt(() => this.#client.updateConversation(id, { draft: text }));
    }
    this.#mentions.close();
  }

  /** @param reason why nothing can be written here, or empty */
  render(reason) {
    byId('composer-form').hidden = reason !== '';
    byId('composer-closed').hidden = reason === '';
    setText(byId('composer-closed'), reason);
    this.#mentions.refresh();
    this.#refreshAbout();
  }

  focus() {
    this.#input.focus();
  }

  reply(message) {
    this.#begin({ kind: 'reply', message });
  }

  edit(message) {
    this.#begin({ kind: 'edit', message });
    this.#write(message.content.text);
  }

  showError(text) {
    setText(byId('composer-error'), text);
  }

  #pressed(event) {
    // While an input method composes, Enter chooses a word; Safari tells that by 229 only.
    const isComposing = event.isComposing || event.keyCode === 229;
    if (isComposing || this.#mentions.pressed(event)) {
      return;
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === 'Escape' && this.#about) {
      this.#end();
    }
  }

  #typed() {
    this.showError('');
    this.#fit();
    this.#mentions.typed();
    if (this.#about?.kind === 'edit') {
      return;
    }
    this.#drafts.set(this.#id, this.#input.value);
    if (this.#input.value.trim() !== '') {
      this.#client.typing(this.#id);
    }
  }

  #submit() {
    const text = this.#input.value.trim();
    if (text === '') {
      return;
    }
    if (this.#about?.kind === 'edit') {
      this.#sendEdit(this.#about, text);
    } else {
      this.#send(text);
    }
  }

  #send(text) {
    try {
      this.#client.send(this.#message(text));
    } catch (error) {
      this.showError(errorText(error));
      return;
    }
    this.#written();
    this.#onWrote();
    this.#input.focus();
  }

  #message(text) {
    const reply_to = this.#about?.message.message_id;
    const mentions = this.#mentioned(text);
    return {
      ...{ conversation_id: this.#id, content: { text } },
      ...(reply_to && { reply_to }),
      ...(mentions.length > 0 && { mentions }),
      ...(this.#lifetime.seconds > 0 && { expires_in: this.#lifetime.seconds }),
    };
  }

  /** The message is on its way: the field is empty for the next one. */
  #written() {
    this.#drafts.set(this.#id, '');
    this.#about = null;
    this.#prepared = null;
    this.#renderAbout();
    this.showError('');
    this.#write('');
  }

  #openSendLater() {
    const id = this.#id;
    const text = this.#input.value.trim();
    const message = { hasText: text !== '', expiresIn: this.#lifetime.seconds };
    openSendLater(byId('send-later'), message, {
      schedule: (sendAt) => this.#schedule(text, sendAt),
      onDone: () => this.#input.focus(),
      onError: (error) => this.#refused(error, id === this.#id),
      showScheduled: () => this.#showScheduled(),
      expire: (seconds) => {
        this.#lifetime.set(seconds);
        this.#input.focus();
      },
    });
  }

  async #schedule(text, sendAt) {
    const id = this.#id;
    const message = this.#message(text);
    const key = JSON.stringify(message);
    if (this.#prepared?.key !== key) {
      this.#prepared = { key, frame: this.#client.schedules.prepare(message) };
    }
    const { send_at } = await this.#client.schedules.schedule(this.#prepared.frame, sendAt);
    notice(t('later.done', { time: until(send_at) }));
    if (id === this.#id && text === this.#input.value.trim()) {
      this.#written();
    } else if (text === this.#drafts.get(id)?.trim()) {
      this.#drafts.set(id, '');
    }
  }

  async #sendEdit(about, text) {
    const { content } = about.message;
    try {
      if (text !== content.text) {
        await this.#client.actions.edit(about.message, { ...content, text });
      }
      if (this.#about === about) {
        this.#end();
      }
    } catch (error) {
      this.#refused(error, this.#about === about);
    }
  }

  /** @param isHere whether the user still looks at what was refused */
  #refused(error, isHere) {
    if (isHere) {
      this.showError(errorText(error));
    } else {
      notice(errorText(error));
    }
  }

  #mentioned(text) {
    const ids = this.#mentions.candidates().map(({ id }) => id);
    const mayAll = ids.includes(EVERYBODY);
    return mentionsIn(text, ids, mayAll ? [t('mention.all')] : []);
  }

  #begin(about) {
    if (this.#about?.kind === 'edit') {
      this.#end();
    }
    this.#about = about;
    this.showError('');
    this.#renderAbout();
    this.#input.focus();
  }

  #end() {
    this.#dropAbout();
    this.showError('');
    this.#input.focus();
  }

  /** What was being written before an edit is there again. */
  #dropAbout() {
    const wasEdit = this.#about?.kind === 'edit';
    this.#about = null;
    this.#renderAbout();
    if (wasEdit) {
      this.#write(this.#draft());
    }
  }

  /** What is answered or edited may have changed, and may be gone. */
  #refreshAbout() {
    if (this.#about === null) {
      return;
    }
    const message = this.#client.message(this.#id, this.#about.message.message_id);
    if (message && !message.revoked) {
      this.#about.message = message;
      this.#renderAbout();
    } else {
      this.#dropAbout();
      this.showError(t('error.message_not_found'));
    }
  }

  /** What was begun in this tab, else on another device. */
  #draft() {
    return this.#drafts.get(this.#id) ?? this.#client.conversation(this.#id).draft;
  }

  #renderAbout() {
    byId('about').hidden = this.#about === null;
    byId('about').dataset.kind = this.#about?.kind ?? '';
    byId('send-later').hidden = this.#about?.kind === 'edit';
    if (this.#about) {
      const { kind, message } = this.#about;
      const conversation = this.#client.conversation(this.#id);
      const name = message.mine ? t('message.you') : personName(this.#client, conversation, message.from);
      setText(byId('about-title'), kind === 'edit' ? t('about.edit') : t('about.reply', { name }));
      setText(byId('about-text'), previewOf(message));
    }
  }

  #write(text) {
    this.#input.value = text;
    this.#fit();
  }

  /** As high as its text, up to what the style sheet allows. */
  #fit() {
    byId('send').disabled = this.#input.value.trim() === '';
    this.#input.style.height = 'auto';
    this.#input.style.height = `${this.#input.scrollHeight}px`;
  }
}
