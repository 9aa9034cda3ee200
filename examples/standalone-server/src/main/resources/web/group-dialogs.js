import { ask, confirm, idsIn } from './dialogs.js';
import { t } from './i18n.js';
import { ImError, groupConversationId, isUserId } from './im-client.js';

const MAX_NAME = 64;
const MAX_NOTE = 256;
const MAX_ANNOUNCEMENT = 4_096;

/** @param onDone called with the conversation's id of the new group */
export function createGroup(client, onDone) {
  ask({
    title: t('group.create'),
    yes: t('group.create.yes'),
    fields: [
      nameField(''),
      usersField(client, t('group.members.label'), () => true),
      joinModeField(0),
    ],
    submit: async ({ name, users, joinMode }) => {
      const params = { name, member_ids: usersIn(users), join_mode: Number(joinMode) };
      return (await client.request('group.create', params)).conversation_id;
    },
    done: onDone,
  });
}

/**
 * @param onJoined called with the conversation's id
 * @param onAsked called when somebody has to let the user in
 */
export function joinGroup(client, onJoined, onAsked) {
  ask({
    title: t('group.join'),
    yes: t('group.join.yes'),
    fields: [
      { name: 'id', testid: 'join-group-id', label: t('group.id'), maxLength: 64 },
      { name: 'note', testid: 'join-group-note', label: t('group.note'), maxLength: MAX_NOTE },
    ],
    submit: async ({ id, note }) => {
      check(isUserId(id), t('group.badId'));
      const { status } = await client.request('group.join', { group_id: id, note });
      return status === 'joined' ? groupConversationId(id) : null;
    },
    done: (joined) => (joined === null ? onAsked() : onJoined(joined)),
  });
}

export function inviteTo(client, groupId) {
  ask({
    title: t('group.invite'),
    yes: t('group.invite.yes'),
    fields: [
      usersField(client, t('group.members.label'), (id) => !client.groups.member(groupId, id)),
    ],
    submit: async ({ users }) => {
      const user_ids = usersIn(users);
      check(user_ids.length > 0, t('group.nobody'));
      await client.request('group.invite', { group_id: groupId, user_ids });
    },
  });
}

export function editGroup(client, info) {
  ask({
    title: t('group.edit'),
    yes: t('save'),
    fields: [
      nameField(info.name),
      {
        ...{ name: 'announcement', testid: 'group-announcement', kind: 'text' },
        ...{ label: t('group.announcement'), value: info.announcement, maxLength: MAX_ANNOUNCEMENT },
      },
      joinModeField(info.join_mode),
    ],
    submit: async ({ name, announcement, joinMode }) => {
      const wanted = { name, announcement, join_mode: Number(joinMode) };
      const changed = Object.entries(wanted).filter(([field, value]) => value !== info[field]);
      if (changed.length > 0) {
        const changes = Object.fromEntries(changed);
        await client.request('group.update', { group_id: info.group_id, ...changes });
      }
    },
  });
}

export function editNickname(client, groupId) {
  const value = client.groups.me(groupId)?.nickname ?? '';
  ask({
    title: t('group.nickname'),
    yes: t('save'),
    fields: [
      {
        ...{ name: 'nickname', testid: 'group-nickname-input', label: t('group.nickname.label') },
        ...{ value, maxLength: MAX_NAME },
      },
    ],
    submit: ({ nickname }) => client.request('group.nickname', { group_id: groupId, nickname }),
  });
}

/** Asks before what cannot be undone. */
export function sure(key, values) {
  return confirm({ title: t(`${key}.title`), text: t(`${key}.text`, values), yes: t(`${key}.yes`) });
}

function nameField(value) {
  return { name: 'name', testid: 'group-name', label: t('group.name'), value, maxLength: MAX_NAME };
}

function joinModeField(value) {
  return {
    ...{ name: 'joinMode', testid: 'group-join-mode', label: t('group.joinMode'), kind: 'choice' },
    ...{ value: String(value), options: [0, 1, 2].map((mode) => [mode, t(`joinMode.${mode}`)]) },
  };
}

/** Those with whom the user has talked are offered. */
function usersField(client, label, isOffered) {
  const peers = client.conversations().flatMap(({ peer_id }) => peer_id ?? []);
  const known = peers.filter((id) => isUserId(id) && id !== client.user_id && isOffered(id));
  return {
    ...{ name: 'users', testid: 'group-users', kind: 'users', label, maxLength: 20_000 },
    suggestions: known.slice(0, 12),
  };
}

function usersIn(text) {
  const ids = idsIn(text);
  const bad = ids.find((id) => !isUserId(id));
  check(bad === undefined, t('group.badUser', { id: bad }));
  return ids;
}

function check(condition, message) {
  if (!condition) {
    throw new ImError({ reason: 'invalid_argument', message });
  }
}
