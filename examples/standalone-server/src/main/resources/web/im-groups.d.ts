/** Groups, who has read what, and what can be done to a message: parts of `ImClient`. */

import type { ConversationId, Message, OutgoingMessage, UserId } from './im-client.js';

export interface GroupMember {
  readonly user_id: UserId;
  /** 0 member, 1 admin, 2 owner. */
  readonly role: 0 | 1 | 2;
  /** Empty when she has none. */
  readonly nickname: string;
  /** Until when she may not speak, milliseconds since 1970; 0 when she was not silenced. */
  readonly muted_until: number;
  readonly joined_at: number;
  readonly invited_by?: UserId;
}

export interface Group {
  readonly group_id: string;
  readonly conversation_id: ConversationId;
  readonly name: string;
  readonly avatar: string;
  readonly announcement: string;
  readonly description: string;
  readonly owner_id: UserId;
  readonly max_members: number;
  readonly member_count: number;
  readonly mute_all: boolean;
  /** 0 everybody may join, 1 with approval, 2 by invitation only. */
  readonly join_mode: 0 | 1 | 2;
  readonly past_visible: boolean;
  /** 1 normal, 0 dismissed. */
  readonly status: 0 | 1;
  readonly created_at: number;
  readonly updated_at: number;
}

/** An entry of a group's log that tells of a change; the protocol says what `content` has. */
export interface GroupEvent {
  /** 10 to 18. */
  readonly type: number;
  readonly message_id: string;
  readonly conversation_id: ConversationId;
  readonly seq: number;
  readonly from: UserId;
  readonly content: Record<string, any>;
  readonly timestamp: number;
}

/** Somebody wants to join a group that this user may let her into. */
export interface JoinRequest {
  readonly group_id: string;
  readonly request_id: string;
  readonly user_id: UserId;
  /** Empty when she gave none. */
  readonly note: string;
}

export interface Groups {
  /** What is known of the group, or undefined. */
  info(groupId: string): Group | undefined;
  /** The members of a watched group, at most the first 1000: owner, admins, members by id. */
  members(groupId: string): GroupMember[];
  member(groupId: string, userId: UserId): GroupMember | undefined;
  /** What this user is in a watched group; undefined when she is no member. */
  me(groupId: string): GroupMember | undefined;
  /** Whether this user belongs to a watched group; undefined while that is not known. */
  belongsTo(groupId: string): boolean | undefined;
  /** Finds out what the group is, where nothing is known of it. A `group` event tells. */
  know(groupId: string): void;
  /** Keeps the members known, now and in every later session. */
  watch(groupId: string): void;
  unwatch(groupId: string): void;
}

export interface Readers {
  /** How far the members of a watched conversation have read. */
  of(conversationId: ConversationId): Record<UserId, number>;
  watch(conversationId: ConversationId): void;
  unwatch(conversationId: ConversationId): void;
  /** Asks once more; in a large group the server tells nobody by itself. */
  refresh(conversationId: ConversationId): Promise<void>;
}

export interface SearchQuery {
  query: string;
  /** Default: every conversation of this user. */
  conversation_id?: ConversationId;
  from?: UserId;
  /** Milliseconds since 1970. */
  before?: number;
  after?: number;
  limit?: number;
  page_token?: string;
}

type Target = Pick<Message, 'conversation_id' | 'message_id'>;

/** Each rejects with the server's `ImError`; what it changes comes with a `conversation` event. */
export interface MessageActions {
  revoke(message: Target): Promise<void>;
  edit(message: Target, content: Record<string, any>): Promise<void>;
  react(message: Target, emoji: string, op: 'add' | 'remove'): Promise<void>;
  pin(message: Target, op: 'add' | 'remove'): Promise<void>;
  /** For this user only. */
  delete(
    conversationId: ConversationId,
    messages: Pick<Message, 'message_id' | 'seq'>[],
  ): Promise<void>;
  /**
   * Finds out what this user has deleted between these seqs on another device, while this client had
   * no connection.
   */
  learnDeleted(conversationId: ConversationId, fromSeq: number, toSeq: number): Promise<void>;
  /** `merge`: as one message that holds all of them. Gives what was sent. */
  forward(
    conversationId: ConversationId,
    messageIds: string[],
    targetConversationId: ConversationId,
    options?: { merge?: boolean },
  ): Promise<Record<string, any>[]>;
  /** What the message said before it was edited, the oldest first; empty where nobody keeps that. */
  edits(message: Target): Promise<{ content: Record<string, any>; since: number }[]>;
  search(
    query: SearchQuery,
  ): Promise<{ messages: Record<string, any>[]; next_page_token?: string }>;
  /** The pinned messages, the newest pin first. */
  pinned(conversationId: ConversationId): Promise<Record<string, any>[]>;
}

/** A message that waits on the server for its time, or was refused when that had come. */
export interface ScheduledMessage {
  readonly schedule_id: string;
  /** Milliseconds since 1970. */
  readonly send_at: number;
  /** As it will be sent: without a seq and a timestamp. */
  readonly message: Record<string, any>;
  /** The reason of the refusal; absent while it waits. */
  readonly refused?: string;
}

/** Each rejects with the server's `ImError`. */
export interface Schedules {
  /**
   * The message under an id of its own, as `schedule` takes it. Throws `ImError` `invalid_argument`
   * or `content_too_large`.
   */
  prepare(message: OutgoingMessage): Record<string, any>;
  /**
   * Sends it at this time, milliseconds since 1970. The same one again is kept once, so that it can
   * be repeated after a `timeout`; the result is then that of the first time.
   */
  schedule(
    prepared: Record<string, any>,
    sendAt: number,
  ): Promise<{ schedule_id: string; send_at: number }>;
  /** Takes back what waits, or forgets what was refused. */
  cancel(scheduleId: string): Promise<void>;
  /** What is not sent, by time. */
  list(): Promise<ScheduledMessage[]>;
}
