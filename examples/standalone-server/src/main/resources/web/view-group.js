import { KeyedChildren, element, keepFocus, paintAvatar, setText } from './dom.js';
import { editGroup, editNickname, inviteTo, sure } from './group-dialogs.js';
import { plural, t } from './i18n.js';
import { Role } from './im-client.js';
import { attempt } from './notice.js';
import { RovingButtons } from './roving.js';
import { createMember, fillMember, memberItem } from './view-member.js';

/** A group in the panel: what it is, who belongs to it, and what this user may do about that. */
export class GroupView {
  #client;
  #groupId;
  #requests;
  #onChat;
  #head = element('div', { className: 'group-head' });
  #requestList = element('div');
  #count = element('h3', { dataset: { testid: 'member-count' } });
  #members = element('ul', { dataset: { testid: 'member-list' } });
  #foot = element('div', { className: 'group-foot' });
  #rows;
  #menus;
  #headVersion = '';

  /**
   * @param requests those who want to join
   * @param onChat called with the id of a user whom the reader wants to write to
   */
  constructor(client, groupId, requests, onChat) {
    this.#client = client;
    this.#groupId = groupId;
    this.#requests = requests;
    this.#onChat = onChat;
    this.title = t('group.details');
    this.node = element(
      'div',
      { className: 'group-panel', dataset: { testid: 'group-panel' } },
      ...[this.#head, this.#requestList, this.#count, this.#members, this.#foot],
    );
    this.#menus = new RovingButtons(this.#members, '.icon-button', ([first]) => first);
    this.#rows = new KeyedChildren(
      this.#members,
      () => createMember(),
      (row, item) => fillMember(row, item, client, groupId, onChat),
    );
  }

  get groupId() {
    return this.#groupId;
  }

  closed() {}

  render() {
    const { groups } = this.#client;
    const info = groups.info(this.#groupId);
    const me = groups.me(this.#groupId);
    if (!info) {
      return;
    }
    this.#requests.know(this.#groupId);
    this.#renderFixed(info, me);
    const members = groups.members(this.#groupId);
    const total = Math.max(info.member_count, members.length);
    this.#count.hidden = members.length === 0;
    setText(this.#count, plural('members', total));
    this.#rows.show(members.map((member) => memberItem(member, me, this.#client.user_id, Date.now())));
    this.#menus.update();
  }

  /** What changes seldom is written anew as a whole. */
  #renderFixed(info, me) {
    const requests = me?.role >= Role.ADMIN ? this.#requests.of(this.#groupId) : [];
    const version = JSON.stringify([info, me?.role, me?.nickname, requests]);
    if (version === this.#headVersion) {
      return;
    }
    this.#headVersion = version;
    keepFocus(this.node, () => {
      this.#head.replaceChildren(...this.#headOf(info, me));
      this.#requestList.replaceChildren(...this.#requestsOf(requests));
      this.#foot.replaceChildren(...(me && info.status === 1 ? this.#footOf(info, me) : []));
    });
  }

  #headOf(info, me) {
    const avatar = element('span', { className: 'avatar large', 'aria-hidden': 'true' });
    paintAvatar(avatar, { id: info.group_id, name: info.name, isGroup: true });
    const id = element('span', { className: 'quiet' }, t('group.id'), ' ');
    id.append(element('code', { dataset: { testid: 'group-id' } }, info.group_id));
    const head = [
      avatar,
      element('p', { className: 'group-name', dataset: { testid: 'group-panel-name' } }, info.name),
      element('p', { className: 'quiet' }, t(`joinMode.${info.join_mode}`)),
      id,
    ];
    if (info.announcement) {
      const testid = 'group-panel-announcement';
      head.push(element('p', { className: 'announcement', dataset: { testid } }, info.announcement));
    }
    if (me && info.status === 1) {
      head.push(element('div', { className: 'group-actions' }, ...this.#actionsOf(info, me)));
    }
    return head;
  }

  #actionsOf(info, { role }) {
    const isAdmin = role >= Role.ADMIN;
    const { mute_all } = info;
    return [
      (isAdmin || info.join_mode === 0) &&
        button('group-invite', t('group.invite'), () => inviteTo(this.#client, this.#groupId)),
      isAdmin && button('group-edit', t('group.edit.short'), () => editGroup(this.#client, info)),
      isAdmin &&
        button('group-mute-all', t(mute_all ? 'group.unmuteAll' : 'group.muteAll'), () =>
          this.#do('group.mute_all', { mute_all: !mute_all }),
        ),
    ].filter(Boolean);
  }

  #requestsOf(requests) {
    if (requests.length === 0) {
      return [];
    }
    const rows = requests.map((request) => {
      const { user_id, note } = request;
      const answer = (testid, key, method) =>
        button(testid, t(key), () => attempt(() => this.#requests[method](request)));
      return element(
        'li',
        { className: 'request', dataset: { testid: 'join-request', userId: user_id } },
        element('b', {}, user_id),
        ...(note ? [element('p', { className: 'quiet', dir: 'auto' }, note)] : []),
        element(
          'div',
          { className: 'group-actions' },
          answer('request-approve', 'request.approve', 'approve'),
          answer('request-reject', 'request.reject', 'reject'),
        ),
      );
    });
    return [element('h3', {}, t('requests')), element('ul', {}, ...rows)];
  }

  #footOf({ name }, { role }) {
    const isOwner = role === Role.OWNER;
    const nickname = () => editNickname(this.#client, this.#groupId);
    return [
      button('group-nickname', t('group.nickname'), nickname),
      !isOwner && danger('group-leave', t('group.leave'), () => this.#doIfSure('group.leave', name)),
      isOwner &&
        danger('group-dismiss', t('group.dismiss'), () => this.#doIfSure('group.dismiss', name)),
    ].filter(Boolean);
  }

  #do(method, params) {
    return attempt(() => this.#client.request(method, { group_id: this.#groupId, ...params }));
  }

  async #doIfSure(method, name) {
    if (await sure(method, { name })) {
      await this.#do(method);
    }
  }
}

function button(testid, text, onclick) {
  const properties = { type: 'button', className: 'small-button', onclick, dataset: { testid } };
  return element('button', properties, text);
}

function danger(testid, text, onclick) {
  const node = button(testid, text, onclick);
  node.classList.add('danger');
  return node;
}
