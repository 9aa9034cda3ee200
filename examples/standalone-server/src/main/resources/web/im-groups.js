import { groupAfter } from './im-group-state.js';
import { FrameType } from './im-protocol.js';

const PAGE = 200;
/** Of a larger group the first ones are known: the owner, the admins, and members by id. */
const MAX_MEMBERS = 1_000;
const MEMBERSHIP_CHANGES = new Set([
  FrameType.GROUP_MEMBER_JOIN,
  FrameType.GROUP_MEMBER_LEAVE,
  FrameType.GROUP_MEMBER_KICKED,
]);

/**
 * The groups of this user: what the server says of them, and what events have changed since. The
 * members are known of those groups only that the host application watches.
 */
export class Groups {
  #me;
  #request;
  #listener;
  #groups = new Map();
  #watched = new Set();
  #asked = new Set();
  #loading = new Map();
  #online = false;

  /** @param listener `onGroup(groupId)` when something changed, `onWarning(error)` */
  constructor(me, request, listener) {
    this.#me = me;
    this.#request = request;
    this.#listener = listener;
  }

  /** The group as `group.info` gives it, or undefined while nothing is known. */
  info(groupId) {
    return this.#groups.get(groupId)?.info;
  }

  /** The members that are known: the owner, then admins, then members, each by user id. */
  members(groupId) {
    const members = this.#groups.get(groupId)?.members;
    const order = (one, other) => other.role - one.role || (one.user_id < other.user_id ? -1 : 1);
    return members ? [...members.values()].sort(order) : [];
  }

  /** One member, or undefined when none is known: the user is none, or not watched. */
  member(groupId, userId) {
    return this.#groups.get(groupId)?.members?.get(userId);
  }

  /** What this user is in the group, or undefined when she is no member. */
  me(groupId) {
    return this.member(groupId, this.#me);
  }

  /** Whether this user belongs to the group; undefined while that is not known. */
  belongsTo(groupId) {
    return this.#groups.get(groupId)?.members?.has(this.#me);
  }

  /** Finds out what this group is, once in a session, where nothing is known of it. */
  know(groupId) {
    if (this.#online && !this.#groups.has(groupId) && !this.#asked.has(groupId)) {
      this.#asked.add(groupId);
      this.#load(groupId);
    }
  }

  /** Keeps the members of this group known, now and in every later session. */
  watch(groupId) {
    if (!this.#watched.has(groupId)) {
      this.#watched.add(groupId);
      this.#load(groupId);
    }
  }

  unwatch(groupId) {
    this.#watched.delete(groupId);
  }

  /** The log of the group's conversation has applied this event. */
  heard(event) {
    const { group_id, target_ids = [], extra } = event.content;
    const group = this.#groups.get(group_id);
    if (!group || (target_ids.includes(this.#me) && MEMBERSHIP_CHANGES.has(event.type))) {
      this.#load(group_id);
      return;
    }
    this.#set(group_id, groupAfter(group, event));
    const isPartly = group.members !== null && group.members.size >= MAX_MEMBERS;
    if (extra?.target_count > target_ids.length || (isPartly && MEMBERSHIP_CHANGES.has(event.type))) {
      this.#load(group_id); // The event does not name everybody, or not everybody is known here.
    }
  }

  async resume() {
    this.#online = true;
    this.#loading.clear();
    this.#asked.clear();
    this.#watched.forEach((groupId) => this.#load(groupId));
    try {
      let page_token;
      do {
        const params = page_token ? { page_token, limit: PAGE } : { limit: PAGE };
        const page = await this.#request('group.list', params);
        page.groups.forEach((info) => this.#listed(info));
        page_token = page.next_page_token;
      } while (page_token);
    } catch (error) {
      this.#warn(error);
    }
  }

  suspend() {
    this.#online = false;
  }

  #listed(info) {
    const members = this.#groups.get(info.group_id)?.members ?? null;
    this.#set(info.group_id, { info, members });
  }

  #set(groupId, group) {
    this.#groups.set(groupId, group);
    this.#listener.onGroup(groupId);
  }

  /** One load of a group at a time; what is asked for meanwhile is loaded once more. */
  async #load(groupId) {
    if (!this.#online) {
      return;
    }
    if (this.#loading.has(groupId)) {
      this.#loading.get(groupId).again = true;
      return;
    }
    const loading = { again: false };
    this.#loading.set(groupId, loading);
    do {
      loading.again = false;
      try {
        await this.#fetch(groupId, loading);
      } catch (error) {
        this.#lost(groupId, error);
      }
    } while (loading.again && this.#loading.get(groupId) === loading);
    if (this.#loading.get(groupId) === loading) {
      this.#loading.delete(groupId);
    }
  }

  async #fetch(groupId, loading) {
    const info = await this.#request('group.info', { group_id: groupId });
    const isMember = info.me !== undefined;
    const needed = this.#watched.has(groupId) && isMember;
    const members = needed ? await this.#fetchMembers(groupId) : isMember ? null : new Map();
    if (this.#loading.get(groupId) === loading) {
      this.#set(groupId, { info, members });
    }
  }

  async #fetchMembers(groupId) {
    const members = new Map();
    for (let page = 1; members.size < MAX_MEMBERS; page++) {
      const params = { group_id: groupId, page, page_size: PAGE };
      const answer = await this.#request('group.members', params);
      answer.members.forEach((member) => members.set(member.user_id, member));
      if (answer.members.length < PAGE) {
        break;
      }
    }
    return members;
  }

  /** Whoever may not look at a group any more knows what it was called, and no members. */
  #lost(groupId, error) {
    const group = this.#groups.get(groupId);
    if (error.reason !== 'group_not_found') {
      this.#warn(error);
    } else if (group) {
      this.#set(groupId, { info: { ...group.info, me: undefined }, members: new Map() });
    }
  }

  /** A server without groups is none to complain of; a new session asks everything anew. */
  #warn(error) {
    if (this.#online && error.reason !== 'unknown_method') {
      this.#listener.onWarning(error);
    }
  }
}
