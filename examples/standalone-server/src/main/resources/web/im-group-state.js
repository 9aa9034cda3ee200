import { FrameType, Role } from './im-protocol.js';

/**
 * What an event makes of a group, `{info, members}`: `info` as `group.info` gives it, `members` a
 * Map by user id, or null while they are not known. Applied twice an event does the same, so that
 * those that an answer of the server has in it already may come again.
 */
export function groupAfter(group, event) {
  const change = CHANGES.get(event.type);
  return change ? change(group, event.content, event) : group;
}

const CHANGES = new Map([
  [FrameType.GROUP_MEMBER_JOIN, joined],
  [FrameType.GROUP_MEMBER_LEAVE, gone],
  [FrameType.GROUP_MEMBER_KICKED, gone],
  [FrameType.GROUP_DISMISSED, (group) => withInfo(group, { status: 0 })],
  [FrameType.GROUP_INFO_UPDATE, updated],
  [
    FrameType.GROUP_ADMIN_CHANGE,
    (group, { target_ids, extra }) => withMembers(group, target_ids, { role: extra.role }),
  ],
  [FrameType.GROUP_MUTE, muted],
  [FrameType.GROUP_TRANSFER, transferred],
]);

function joined(group, { target_ids, operator_id }, { timestamp }) {
  if (group.members === null) {
    return group;
  }
  const members = new Map(group.members);
  for (const user_id of target_ids.filter((each) => !members.has(each))) {
    const invited = operator_id === user_id ? {} : { invited_by: operator_id };
    const member = { user_id, role: Role.MEMBER, nickname: '', muted_until: 0 };
    members.set(user_id, { ...member, joined_at: timestamp, ...invited });
  }
  return counted({ ...group, members });
}

function gone(group, { target_ids }) {
  if (group.members === null) {
    return group;
  }
  const members = new Map(group.members);
  target_ids.forEach((userId) => members.delete(userId));
  return counted({ ...group, members });
}

function updated(group, { field, new_value, operator_id }) {
  if (field === 'nickname') {
    return withMembers(group, [operator_id], { nickname: new_value });
  }
  return withInfo(group, { [field]: new_value });
}

function muted(group, { target_ids, extra }) {
  if (extra.mute_all !== undefined) {
    return withInfo(group, { mute_all: extra.mute_all });
  }
  return withMembers(group, target_ids, { muted_until: extra.mute_until });
}

function transferred(group, { target_ids: [owner_id] }) {
  const former = withMembers(group, [group.info.owner_id], { role: Role.MEMBER });
  return withInfo(withMembers(former, [owner_id], { role: Role.OWNER }), { owner_id });
}

function withInfo(group, changes) {
  return { ...group, info: { ...group.info, ...changes } };
}

function withMembers(group, userIds, changes) {
  if (group.members === null) {
    return group;
  }
  const members = new Map(group.members);
  for (const userId of userIds.filter((each) => members.has(each))) {
    members.set(userId, { ...members.get(userId), ...changes });
  }
  return { ...group, members };
}

function counted(group) {
  return withInfo(group, { member_count: group.members.size });
}
