import { t, until } from './i18n.js';
import { FrameType, Role } from './im-client.js';
import { personName } from './text.js';

/** Why this user cannot write in a group, in the page's language; empty when she can. */
export function closedReason(client, conversation, now) {
  const { group_id, left, ended_by } = conversation;
  if (group_id === undefined) {
    return '';
  }
  const info = client.groups.info(group_id);
  const me = client.groups.me(group_id);
  if (left && ended_by?.type === FrameType.GROUP_MEMBER_KICKED) {
    return t('closed.kicked', { who: personName(client, conversation, ended_by.from) });
  }
  if (left) {
    return t('closed.left');
  }
  if (ended_by?.type === FrameType.GROUP_DISMISSED || info?.status === 0) {
    return t('closed.dismissed');
  }
  if (client.groups.belongsTo(group_id) === false) {
    return t('closed.stranger');
  }
  if (me?.role === Role.MEMBER && info.mute_all) {
    return t('closed.muteAll');
  }
  if (me?.muted_until > now) {
    return t('closed.muted', { time: until(me.muted_until) });
  }
  return '';
}
