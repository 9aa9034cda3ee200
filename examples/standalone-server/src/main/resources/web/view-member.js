import { element, icon, paintAvatar, setText } from './dom.js';
import { sure } from './group-dialogs.js';
import { t, until } from './i18n.js';
import { Role } from './im-client.js';
import { openMenu } from './menu.js';
import { attempt } from './notice.js';

const MUTES = [
  ['10m', 600],
  ['1h', 3_600],
  ['1d', 86_400],
];

/** A member as the list shows her: to this user, who is `me` in the group, or no member. */
export function memberItem(member, me, userId, now) {
  const isMe = member.user_id === userId;
  const isMuted = member.muted_until > now;
  const mayChange = !isMe && me !== undefined && me.role >= Role.ADMIN && me.role > member.role;
  const shown = { member, isMe, isMuted, mayChange, mayAppoint: mayChange && me.role === Role.OWNER };
  return { key: member.user_id, version: JSON.stringify(shown), ...shown };
}

export function createMember() {
  return element('li', { className: 'member', dataset: { testid: 'member' } });
}

export function fillMember(row, item, client, groupId, onChat) {
  const { member, isMe, isMuted } = item;
  const { user_id, role, nickname, muted_until } = member;
  row.dataset.userId = user_id;
  row.dataset.role = role;
  row.dataset.muted = isMuted;
  const avatar = element('span', { className: 'avatar small', 'aria-hidden': 'true' });
  paintAvatar(avatar, { id: user_id, name: nickname || user_id });
  const name = element('span', { className: 'person-name', dataset: { testid: 'member-name' } });
  setText(name, nickname || user_id);
  const marks = [];
  if (isMuted) {
    marks.push(icon('mute', t('member.muted', { time: until(muted_until) })));
  }
  if (role >= Role.ADMIN) {
    const text = t(role === Role.OWNER ? 'role.owner' : 'role.admin');
    marks.push(element('span', { className: 'role', dataset: { testid: 'member-role' } }, text));
  }
  const under = [nickname ? user_id : '', isMe ? t('member.you') : ''].filter(Boolean).join(' · ');
  const lines = element('span', { className: 'member-lines' }, name);
  if (under) {
    lines.append(element('span', { className: 'quiet' }, under));
  }
  row.replaceChildren(avatar, lines, ...marks);
  if (!isMe) {
    row.append(menuButton(item, client, groupId, onChat));
  }
}

function menuButton(item, client, groupId, onChat) {
  const label = t('member.menu', { name: item.member.nickname || item.member.user_id });
  const button = element(
    'button',
    {
      ...{ type: 'button', tabIndex: -1, className: 'icon-button', title: label, 'aria-label': label },
      ...{ 'aria-haspopup': 'menu', dataset: { testid: 'member-menu' } },
    },
    icon('menu'),
  );
  button.onclick = () => openMenu(button, itemsOf(item, client, groupId, onChat));
  return button;
}

function itemsOf({ member, isMuted, mayChange, mayAppoint }, client, groupId, onChat) {
  const { user_id, nickname, role } = member;
  const name = nickname || user_id;
  const request = (method, params) =>
    attempt(() => client.request(method, { group_id: groupId, ...params }));
  const mute = (duration_seconds) =>
    request('group.mute', { target_id: user_id, duration_seconds });
  const isAdmin = role === Role.ADMIN;
  return [
    { testid: 'member-chat', text: t('member.chat'), action: () => onChat(user_id) },
    mayAppoint && {
      testid: 'member-admin',
      text: t(isAdmin ? 'member.noAdmin' : 'member.admin'),
      action: () => request('group.set_admin', { target_id: user_id, is_admin: !isAdmin }),
    },
    mayAppoint && {
      testid: 'member-transfer',
      text: t('member.transfer'),
      action: () =>
        ifSure('group.transfer', { name }, () =>
          request('group.transfer', { new_owner_id: user_id }),
        ),
    },
    ...(mayChange && !isMuted ? MUTES : []).map(([key, seconds]) => ({
      testid: `member-mute-${key}`,
      text: t(`member.mute.${key}`),
      action: () => mute(seconds),
    })),
    mayChange &&
      isMuted && { testid: 'member-unmute', text: t('member.unmute'), action: () => mute(0) },
    mayChange && {
      testid: 'member-kick',
      text: t('member.kick'),
      isDanger: true,
      action: () =>
        ifSure('group.kick', { name }, () => request('group.kick', { target_ids: [user_id] })),
    },
  ];
}

async function ifSure(key, values, action) {
  if (await sure(key, values)) {
    await action();
  }
}
