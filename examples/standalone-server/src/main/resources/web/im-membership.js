import { FrameType } from './im-protocol.js';

/** Whether this user belongs to a group, as the events of its log tell. */
export class Membership {
  #me;
  /** Whether the user does not belong to the group any more. */
  left = false;
  /** The event that took the user out or ended the group, or null. */
  endedBy = null;
  /** The latest name that an event told, or null. */
  groupName = null;

  constructor(me) {
    this.#me = me;
  }

  apply(event) {
    const { target_ids = [], extra, field, new_value } = event.content;
    const isMe = target_ids.includes(this.#me);
    if (event.type === FrameType.GROUP_CREATED) {
      this.groupName = extra?.name ?? this.groupName;
      this.#begin();
    } else if (event.type === FrameType.GROUP_MEMBER_JOIN && isMe) {
      this.#begin();
    } else if (takesOut(event) && isMe) {
      this.left = true;
      this.endedBy = event;
    } else if (event.type === FrameType.GROUP_DISMISSED) {
      this.endedBy = event;
    } else if (event.type === FrameType.GROUP_INFO_UPDATE && field === 'name') {
      this.groupName = new_value;
    }
  }

  #begin() {
    this.left = false;
    this.endedBy = null;
  }
}

function takesOut({ type }) {
  return type === FrameType.GROUP_MEMBER_LEAVE || type === FrameType.GROUP_MEMBER_KICKED;
}
