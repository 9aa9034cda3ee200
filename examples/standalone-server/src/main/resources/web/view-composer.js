import { byId, setText } from './dom.js';
import { errorText, t } from './i18n.js';
import { EVERYBODY } from './im-client.js';
import { mentionsIn } from './message-text.js';
import { attempt } from './notice.js';
import { personName, previewOf } from './text.js';
import { MentionMenu } from './view-mentions.js';

/** The field to write in: a new message, an answer to one, or a message's other wording. */
export class Composer {
  #client;
  #drafts;
  #onWrote;
  #id = null;
  #input = byId('message-input');
  #mentions;
  // What is answered or edited: {kind: 'reply' | 'edit', message}, or null.
  #about = null;

  /** @param onWrote called when a new message was put into the outbox */
  constructor(client, drafts, onWrote) {
    this.#client = client;
    this.#drafts = drafts;
    this.#onWrote = onWrote;
    this.#mentions = new MentionMenu(client, this.#input);
    byId('composer').onsubmit = (event) => {
      event.preventDefault();
      this.#submit();
    };
    byId('about-cancel').onclick = () => this.#end();
    this.#input.oninput = () => this.#typed();
    this.#input.onkeydown = (event) => this.#pressed(event);
  }

  open(conversation) {
    this.#id = conversation.conversation_id;
    this.#about = null;
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
    const reply_to = this.#about?.message.message_id;
    const mentions = this.#mentioned(text);
    const extra = { ...(reply_to && { reply_to }), ...(mentions.length > 0 && { mentions }) };
    try {
      this.#client.sendText({ conversation_id: this.#id }, text, extra);
    } catch (error) {
      this.showError(errorText(error));
      return;
    }
    this.#drafts.set(this.#id, '');
    this.#about = null;
    this.#renderAbout();
    this.#write('');
    this.#onWrote();
    this.#input.focus();
  }

  async #sendEdit(about, text) {
    if (text !== about.message.content.text) {
      try {
        const content = { ...about.message.content, text };
        await this.#client.actions.edit(about.message, content);
      } catch (error) {
        this.showError(errorText(error));
        return;
      }
    }
    if (this.#about === about) {
      this.#end();
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

  /** What was being written before an edit is there again. */
  #end() {
    const wasEdit = this.#about?.kind === 'edit';
    this.#about = null;
    this.#renderAbout();
    if (wasEdit) {
      this.#write(this.#draft());
    }
    this.showError('');
    this.#input.focus();
  }

  /** What was begun in this tab, else on another device. */
  #draft() {
    return this.#drafts.get(this.#id) ?? this.#client.conversation(this.#id).draft;
  }

  #renderAbout() {
    byId('about').hidden = this.#about === null;
    byId('about').dataset.kind = this.#about?.kind ?? '';
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
