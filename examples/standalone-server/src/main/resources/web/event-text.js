import { list, t, until } from './i18n.js';
import { FrameType } from './im-client.js';

const MAX_NAMES = 4;
const FIELDS = new Set(['avatar', 'announcement', 'description', 'max_members']);

/**
 * A group event as a sentence.
 *
 * @param me whose page it is
 * @param nameOf gives the name of another user
 */
export function eventText(event, me, nameOf) {
  const { operator_id, target_ids = [], extra = {}, field, new_value: value } = event.content;
  const named = (userId) => t('event.person', { name: nameOf(userId) });
  const who = operator_id === me ? t('event.You') : named(operator_id);
  const whom = target_ids.map((userId) => (userId === me ? t('event.you') : named(userId)));
  const names = enumerate(whom, extra.target_count ?? whom.length);
  const isSelf = target_ids.length === 1 && target_ids[0] === operator_id;
  switch (event.type) {
    case FrameType.GROUP_CREATED:
      return t('event.created', { who, name: extra.name ?? '' });
    case FrameType.GROUP_MEMBER_JOIN:
      return isSelf ? t('event.joined', { who }) : t('event.added', { who, names });
    case FrameType.GROUP_MEMBER_LEAVE:
      return t('event.left', { who });
    case FrameType.GROUP_MEMBER_KICKED:
      return t('event.kicked', { who, names });
    case FrameType.GROUP_DISMISSED:
      return t('event.dismissed', { who });
    case FrameType.GROUP_INFO_UPDATE:
      return fieldText(who, field, value);
    case FrameType.GROUP_ADMIN_CHANGE:
      return t(extra.role === 1 ? 'event.admin' : 'event.noAdmin', { who, names });
    case FrameType.GROUP_MUTE:
      return muteText(who, names, extra);
    case FrameType.GROUP_TRANSFER:
      return t('event.transferred', { who, names });
    default:
      return t('event.other', { who });
  }
}

function fieldText(who, field, value) {
  if (field === 'name') {
    return t('event.name', { who, value });
  }
  if (field === 'nickname') {
    return value ? t('event.nickname', { who, value }) : t('event.noNickname', { who });
  }
  if (field === 'join_mode') {
    return t('event.joinMode', { who, value: t(`joinMode.${[0, 1, 2].includes(value) ? value : 0}`) });
  }
  if (field === 'past_visible') {
    return t(value ? 'event.pastVisible' : 'event.pastHidden', { who });
  }
  return FIELDS.has(field) ? t(`event.${field}`, { who }) : t('event.other', { who });
}

function muteText(who, names, { mute_all, mute_until }) {
  if (mute_all !== undefined) {
    return t(mute_all ? 'event.muteAll' : 'event.unmuteAll', { who });
  }
  return mute_until > 0
    ? t('event.muted', { who, names, time: until(mute_until) })
    : t('event.unmuted', { who, names });
}

function enumerate(names, count) {
  const shown = names.length > MAX_NAMES ? names.slice(0, MAX_NAMES - 1) : names;
  const more = count - shown.length;
  return list(more > 0 ? [...shown, t('event.more', { n: more })] : shown);
}
