import { element, paintAvatar } from './dom.js';
import { t } from './i18n.js';
import { personName } from './text.js';

/** Who has read one message of a group, in the panel. */
export class ReadersView {
  #client;
  #message;
  #version = '';

  constructor(client, message) {
    this.#client = client;
    this.#message = message;
    this.title = t('readers');
    this.node = element('div', { className: 'readers', dataset: { testid: 'readers' } });
    client.readership.refresh(message.conversation_id);
  }

  closed() {}

  render() {
    const { conversation_id, seq, timestamp } = this.#message;
    const conversation = this.#client.conversation(conversation_id);
    const read = this.#client.readership.of(conversation_id);
    const able = this.#client.groups
      .members(conversation.group_id)
      .filter((each) => each.user_id !== this.#client.user_id && each.joined_at <= timestamp)
      .map(({ user_id }) => user_id);
    const has = able.filter((userId) => read[userId] >= seq);
    const hasNot = able.filter((userId) => !has.includes(userId));
    const version = JSON.stringify([has, hasNot]);
    if (version !== this.#version) {
      this.#version = version;
      this.node.replaceChildren(
        ...this.#part('readers.read', 'reader', has, conversation),
        ...this.#part('readers.unread', 'non-reader', hasNot, conversation),
      );
    }
  }

  #part(key, testid, userIds, conversation) {
    if (userIds.length === 0) {
      return [];
    }
    const rows = userIds.map((userId) => {
      const name = personName(this.#client, conversation, userId);
      const avatar = element('span', { className: 'avatar small', 'aria-hidden': 'true' });
      paintAvatar(avatar, { id: userId, name });
      const label = element('span', { className: 'person-name' }, name);
      return element('li', { className: 'member', dataset: { testid, userId } }, avatar, label);
    });
    return [element('h3', {}, t(key, { n: userIds.length })), element('ul', {}, ...rows)];
  }
}
