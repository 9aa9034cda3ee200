import { Role } from './im-client.js';

/** Who wants to join the groups that this user may let people into. */
export class JoinRequests {
  #client;
  #onChange;
  #byGroup = new Map();

  /** @param onChange called when a list has changed */
  constructor(client, onChange) {
    this.#client = client;
    this.#onChange = onChange;
    client.addEventListener('join_request', ({ detail }) => this.#heard(detail));
  }

  /** The open requests, without those whom somebody has let in meanwhile. */
  of(groupId) {
    const all = this.#byGroup.get(groupId) ?? [];
    return all.filter(({ user_id }) => !this.#client.groups.member(groupId, user_id));
  }

  /** Asks the server once, where this user may; what comes later is told. */
  know(groupId) {
    if (this.#client.groups.me(groupId)?.role >= Role.ADMIN && !this.#byGroup.has(groupId)) {
      this.#byGroup.set(groupId, []);
      this.#ask(groupId);
    }
  }

  /** A new session: what was told meanwhile is not known. */
  forget() {
    this.#byGroup.clear();
  }

  approve(request) {
    return this.#answer('group.approve', request);
  }

  reject(request) {
    return this.#answer('group.reject', request);
  }

  async #answer(method, { group_id, request_id }) {
    try {
      await this.#client.request(method, { group_id, request_id });
    } finally {
      await this.#ask(group_id); // Another admin may have been faster.
    }
  }

  async #ask(groupId) {
    try {
      const { requests } = await this.#client.request('group.requests', { group_id: groupId });
      this.#byGroup.set(groupId, requests);
    } catch {
      this.#byGroup.delete(groupId); // Asked again when the group is looked at again.
    }
    this.#onChange();
  }

  #heard(request) {
    const { group_id, request_id } = request;
    const others = (this.#byGroup.get(group_id) ?? []).filter((each) => each.request_id !== request_id);
    this.#byGroup.set(group_id, [...others, request]);
    this.#onChange();
  }
}
