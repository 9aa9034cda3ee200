import { byId, element, paintAvatar } from './dom.js';
import { t } from './i18n.js';
import { EVERYBODY, Role, groupConversationId, isUserId } from './im-client.js';

const MAX_SHOWN = 6;
/** An `@` at the beginning of a word, and what follows it up to the caret. */
const BEGUN = /(?:^|\s)@(\S*)$/;

/** Completes the name behind an `@` while a message to a group is written. */
export class MentionMenu {
  #client;
  #input;
  #groupId = null;
  #box = byId('mentions');
  #choices = [];
  #isDismissed = false;
  #rendered = '';
  #current = 0;

  constructor(client, input) {
    this.#client = client;
    this.#input = input;
    input.onblur = () => this.close();
    this.#box.onpointerdown = (event) => event.preventDefault(); // The input keeps the focus.
  }

  /** @param groupId the group that is written to, or undefined */
  use(groupId) {
    this.#groupId = groupId;
    this.close();
  }

  /** Who can be mentioned, by id; everybody only by those who may. */
  candidates() {
    if (!this.#groupId) {
      return [];
    }
    const { groups, user_id: me } = this.#client;
    const members = groups.members(this.#groupId);
    const known = members.length > 0 ? members : this.#speakers();
    const others = known.filter(({ user_id }) => user_id !== me);
    const people = others.map(({ user_id, nickname }) => ({ id: user_id, text: user_id, nickname }));
    const mayAll = groups.me(this.#groupId)?.role >= Role.ADMIN;
    return mayAll ? [{ id: EVERYBODY, text: t('mention.all'), nickname: '' }, ...people] : people;
  }

  /** Without a connection the members may not be known yet; who has spoken here most likely is one. */
  #speakers() {
    const messages = this.#client.messages(groupConversationId(this.#groupId));
    const ids = new Set(messages.map(({ from }) => from).filter((from) => isUserId(from)));
    return [...ids].map((user_id) => ({ user_id, nickname: '' }));
  }

  /** The text has changed. */
  typed() {
    this.#isDismissed = false;
    this.#current = 0;
    this.#update();
  }

  /** The members may have become known meanwhile. */
  refresh() {
    if (!this.#isDismissed && document.activeElement === this.#input) {
      this.#update();
    }
  }

  #update() {
    const { value, selectionStart } = this.#input;
    const begun = this.#groupId && value.slice(0, selectionStart).match(BEGUN);
    if (!begun) {
      this.#show([]);
      return;
    }
    const wanted = begun[1].toLowerCase();
    const fits = (name) => name.toLowerCase().startsWith(wanted);
    const found = this.candidates().filter(({ text, nickname }) => fits(text) || fits(nickname));
    this.#show(found.slice(0, MAX_SHOWN));
  }

  /** Gives whether the key was for the menu. */
  pressed(event) {
    if (this.#choices.length === 0) {
      return false;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.#current = (this.#current + step + this.#choices.length) % this.#choices.length;
      this.#render();
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      this.#choose(this.#choices[this.#current]);
    } else if (event.key === 'Escape') {
      this.close();
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  }

  close() {
    this.#isDismissed = true;
    this.#show([]);
  }

  #show(choices) {
    this.#choices = choices;
    this.#current = Math.min(this.#current, Math.max(0, choices.length - 1));
    this.#render();
  }

  #choose({ text }) {
    const { value, selectionStart } = this.#input;
    const before = value.slice(0, selectionStart).replace(/@\S*$/, `@${text} `);
    this.#input.setRangeText(before, 0, selectionStart, 'end');
    this.#input.dispatchEvent(new Event('input'));
    this.close();
  }

  /** Writes the choices anew only when they are others. */
  #render() {
    const version = JSON.stringify([this.#choices, this.#current]);
    if (version === this.#rendered) {
      return;
    }
    this.#rendered = version;
    this.#box.hidden = this.#choices.length === 0;
    this.#box.replaceChildren(...this.#choices.map((choice, i) => this.#option(choice, i)));
    const current = this.#box.children[this.#current];
    this.#input.setAttribute('aria-expanded', !this.#box.hidden);
    if (current) {
      this.#input.setAttribute('aria-activedescendant', current.id);
    } else {
      this.#input.removeAttribute('aria-activedescendant');
    }
  }

  #option(choice, i) {
    const avatar = element('span', { className: 'avatar tiny', 'aria-hidden': 'true' });
    paintAvatar(avatar, { id: choice.text, name: choice.nickname || choice.text });
    return element(
      'li',
      {
        ...{ id: `mention-${i}`, role: 'option', 'aria-selected': String(i === this.#current) },
        dataset: { testid: 'mention-option', userId: choice.id },
        onclick: () => this.#choose(choice),
      },
      avatar,
      element('span', {}, choice.nickname || choice.text),
      ...(choice.nickname ? [element('span', { className: 'quiet' }, choice.text)] : []),
    );
  }
}
