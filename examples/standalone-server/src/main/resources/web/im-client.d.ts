/** A client of the `im.v1.json` protocol for browsers and Node 20 or later, without dependencies. */

import type {
  Group,
  GroupEvent,
  Groups,
  JoinRequest,
  MessageActions,
  Readers,
  Schedules,
} from './im-groups.js';
export type { Group, GroupEvent, Groups, JoinRequest, MessageActions, Readers, Schedules };

export type UserId = string;
/** `a:b`, the two user ids in byte order, or `group:{group_id}`. */
export type ConversationId = string;

export interface ImClientOptions {
  /** Address of the WebSocket endpoint, `ws://` or `wss://`. */
  url: string;
  /** The user that the token is for. A session of anyone else is ended at once. */
  user_id: UserId;
  /** The JWT, or a function that gives one; it is called before each connection. */
  token: string | (() => string | Promise<string>);
  /**
   * Called when the server does not take the token any more. Gives a fresh one of the same user, or
   * null: then the client stops with reason `unauthenticated`. When it throws, because whoever gives
   * tokens cannot be reached, it is called again later. Default: stop.
   */
  refreshToken?: () => string | null | Promise<string | null>;
  /**
   * Where the token goes: `query`, a parameter of the upgrade (default), or `frame`, a first AUTH
   * frame, which keeps it out of the access logs of proxies.
   */
  authenticate?: 'query' | 'frame';
  /** Names this device in every session of the client. Default: a random one. */
  device_id?: string;
  /** Default: `web`. */
  platform?: 'ios' | 'android' | 'web' | 'desktop' | 'other';
  /** Whether the server may send several frames at once. Default: true. */
  batch?: boolean;
  /** Entries of one conversation that an answer to `sync` may hold. Default: 200. */
  sync_limit?: number;
  /** Positions up to which the host application has the logs already. Default: none. */
  cursors?: Record<ConversationId, number>;
  /** Keeps unsent messages. Default: `localStorage`, in memory where there is none. */
  storage?: OutboxStorage;
  /** Default: the one that is built in, which Node has since version 22. */
  WebSocket?: new (url: string, protocol: string) => WebSocketLike;
  /** Clock, timers and chance, for tests. Default: the real ones. */
  runtime?: Partial<Runtime>;
}

/** The part of the Web Storage interface that is used. */
export interface OutboxStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface WebSocketLike {
  onopen: ((event: any) => void) | null;
  onmessage: ((event: any) => void) | null;
  onerror: ((event: any) => void) | null;
  onclose: ((event: any) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

export interface Runtime {
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 up to, not including, 1. */
  random(): number;
  setTimeout(action: () => void, millis: number): unknown;
  clearTimeout(timer: any): void;
}

export type ConnectionState = 'stopped' | 'connecting' | 'online' | 'waiting';

/** Why a client stopped; it stays so until `connect()`. */
export type StopReason =
  /** `close()` was called. */
  | 'closed'
  /** The token is not taken, and there was no fresh one. */
  | 'unauthenticated'
  | 'banned'
  /** Another session of the same platform took over. */
  | 'replaced'
  /** The token is of another user than `user_id`. */
  | 'wrong_user';

export interface StateChange {
  state: ConnectionState;
  /** With `stopped`. */
  reason?: StopReason;
  /** With `waiting`: when the next try begins, in milliseconds since 1970. */
  retry_at?: number;
}

/**
 * `queued` waits for the server; `sent` is committed; `delivered` and `read` by the other party of a
 * one-to-one conversation; `failed` was refused for good, see `error`. `received` is of someone else.
 */
export type MessageState = 'queued' | 'sent' | 'delivered' | 'read' | 'failed' | 'received';

export interface Message {
  readonly message_id: string;
  readonly conversation_id: ConversationId;
  /** 1 one-to-one, 2 group, 3 system. */
  readonly type: 1 | 2 | 3;
  /** Position in the log; absent until the message is committed. */
  readonly seq?: number;
  readonly from: UserId;
  readonly mine: boolean;
  readonly state: MessageState;
  /** With `failed`. */
  readonly error?: { code: number; reason: string; message: string };
  /** 1 text, 2 image, 3 voice, 4 video, 5 file, 6 location, 7 card, 8 custom. */
  readonly content_type: number;
  readonly content: Record<string, any>;
  /** Time of the commit, before it the time of sending; milliseconds since 1970. */
  readonly timestamp: number;
  readonly client_timestamp?: number;
  readonly revoked: boolean;
  /** Who revoked it; absent where only the outcome is known. */
  readonly revoked_by?: UserId;
  /** Milliseconds since 1970; absent when it was never edited. */
  readonly edited_at?: number;
  readonly reactions: Readonly<Record<string, readonly UserId[]>>;
  readonly pinned: boolean;
  readonly reply_to?: string;
  readonly mentions?: readonly UserId[];
  readonly forwarded_from?: Record<string, any>;
  /** Seconds from the commit after which the message destroys itself; absent when it never does. */
  readonly expires_in?: number;
  /** When it destroys itself, milliseconds since 1970; absent before the commit and when it never does. */
  readonly expires_at?: number;
}

export interface Conversation {
  readonly conversation_id: ConversationId;
  /** 1 one-to-one, 2 group. */
  readonly type: 1 | 2;
  /** With type 1. */
  readonly peer_id?: UserId;
  /** With type 2. */
  readonly group_id?: string;
  /** With type 2: the last name that an event told, or that was seen here; `groups.info` knows better. */
  readonly group_name?: string | null;
  /** With type 2: whether this user does not belong to it any more. */
  readonly left?: boolean;
  /** With type 2: the event that took her out, or dismissed the group, where it is here. */
  readonly ended_by?: GroupEvent | null;
  /** The last entry of the log that is here, 0 when there is none. */
  readonly max_seq: number;
  readonly read_seq: number;
  readonly received_seq: number;
  readonly peer_read_seq: number;
  readonly peer_received_seq: number;
  readonly unread_count: number;
  /** Whether an unread message mentions this user, or everybody. */
  readonly mentioned: boolean;
  readonly pinned: boolean;
  readonly muted: boolean;
  readonly hidden: boolean;
  readonly draft: string;
  readonly last_message: Message | null;
  /** The newest group event, when nothing was said since. */
  readonly last_event: GroupEvent | null;
  /** Time of the last message or event, milliseconds since 1970. */
  readonly active_at: number;
  /** Whether the oldest message is here, so that `loadHistory` has nothing to load. */
  readonly is_complete: boolean;
}

export interface ConversationSettings {
  pinned?: boolean;
  muted?: boolean;
  hidden?: boolean;
  draft?: string;
}

export interface UserPresence {
  readonly user_id: UserId;
  /** Absent when nothing is known, because there is no session. */
  readonly online?: boolean;
  readonly platforms?: readonly string[];
  /** Milliseconds since 1970. */
  readonly last_seen?: number;
}

/** Where a message goes. */
export type Target =
  | { to: UserId }
  | { group_id: string }
  | { conversation_id: ConversationId };

export type OutgoingMessage = Target & {
  content: Record<string, any>;
  /** Default: 1, text. */
  content_type?: number;
  reply_to?: string;
  mentions?: UserId[];
  forwarded_from?: Record<string, any>;
  /** Seconds until the message destroys itself. */
  expires_in?: number;
};

export interface ImClientEvents {
  state: StateChange;
  /** The logs are level with the server's, after every (re)connect. */
  synced: undefined;
  /** Anything of this conversation changed: messages, their states, cursors, settings. */
  conversation: { conversation_id: ConversationId };
  /**
   * A message came, in order and once: live, or missed while there was no connection. The newest
   * page of a conversation that was not known before, older history, and what this client itself
   * has sent come without.
   */
  message: { conversation_id: ConversationId; message: Message };
  /** An entry of the log has changed an earlier message: 22 revoke, 24 edit, 25 reaction, 26 pin. */
  revision: { conversation_id: ConversationId; entry: Record<string, any> };
  /** Someone has read up to here, in one of this user's conversations. */
  read: { conversation_id: ConversationId; user_id: UserId; last_read_seq: number };
  typing: { conversation_id: ConversationId; user_ids: UserId[] };
  presence: UserPresence;
  /** What is known of this group has changed. */
  group: { group_id: string };
  /** Somebody wants to join a group that this user may let her into. */
  join_request: JoinRequest;
  /** What is known of who has read this conversation has changed. */
  readers: { conversation_id: ConversationId };
  /** This user blocked somebody, or took that back, on one of her devices. */
  blocked: { user_id: UserId; blocked: boolean };
  /** The server is about to end the session. */
  kicked: { reason: string };
  /** Something went wrong that the client copes with by itself. */
  warning: { error: Error };
}

export class ImClient extends EventTarget {
  /** Connects nothing yet. Throws `ImError` `invalid_argument`. */
  constructor(options: ImClientOptions);

  readonly user_id: UserId;
  readonly state: ConnectionState;
  /** Whether the conversations have been brought up to the server's at least once. */
  readonly hasSynced: boolean;
  /** Messages that wait to be sent; failed ones do not count. */
  readonly queuedCount: number;

  /** Connects, and stays connected until `close()` or one of the `StopReason`s. */
  connect(): void;
  close(): void;
  /**
   * To be called when the network or the page came back: tries at once instead of waiting, or finds
   * out at once whether the connection still holds.
   */
  wake(): void;
  /** A fresh token of the same user, before the old one expires. */
  renewToken(token: string): void;

  /**
   * Any method of the protocol. Rejects with the server's `ImError`, or with `disconnected` or
   * `timeout`: then it is not known whether it was done.
   */
  request<Result = any>(method: string, params?: Record<string, any>): Promise<Result>;

  /** The conversation list: pinned ones first, then by last activity, without hidden ones. */
  conversations(): Conversation[];
  /** What is known of one conversation, also when it does not exist yet. */
  conversation(conversationId: ConversationId): Conversation;
  /** The messages that are here, in order; unsent ones at the end. */
  messages(conversationId: ConversationId): Message[];
  /** The messages that are here, and between them the group events. */
  entries(conversationId: ConversationId): (Message | GroupEvent)[];
  /** A message that is here, or undefined. */
  message(conversationId: ConversationId, messageId: string): Message | undefined;
  /** How far the logs are here: what the `cursors` option takes. */
  cursors(): Record<ConversationId, number>;
  /** Loads older messages, at most `limit` (default 50). Gives whether there are more. */
  loadHistory(conversationId: ConversationId, limit?: number): Promise<boolean>;

  listConversations(params?: {
    page_token?: string;
    limit?: number;
  }): Promise<{ conversations: Record<string, any>[]; next_page_token?: string }>;
  getConversation(conversationId: ConversationId): Promise<Conversation>;
  updateConversation(conversationId: ConversationId, changes: ConversationSettings): Promise<void>;
  /** Hides the log up to now, for this user. */
  clearConversation(conversationId: ConversationId): Promise<void>;
  readonly groups: Groups;
  /** Who has read what, kept up to date. */
  readonly readership: Readers;
  /** What can be done to a message that is in the log. */
  readonly actions: MessageActions;
  /** What this user has asked the server to send later. */
  readonly schedules: Schedules;
  readers(
    conversationId: ConversationId,
    userIds?: UserId[],
  ): Promise<{ read: Record<UserId, number> }>;
  /** This user has read everything up to this seq. A cursor never goes back. */
  markRead(conversationId: ConversationId, seq: number): void;

  /**
   * Puts a message into the outbox: it leaves now, or when there is a connection, in the order of
   * typing, and is repeated under the same id until the server has it. Throws `ImError`
   * `invalid_argument`, `content_too_large` (16 KiB) or `outbox_full` (1000 messages).
   */
  send(message: OutgoingMessage): Message;
  sendText(target: Target, text: string, extra?: Partial<OutgoingMessage>): Message;
  /** Tries a failed message again. */
  retry(messageId: string): void;
  /** Forgets a failed message. */
  discard(messageId: string): void;

  /** The user is typing; to be called at every key, the server is told now and then. */
  typing(conversationId: ConversationId): void;
  typingUsers(conversationId: ConversationId): UserId[];
  /** Subscribes to these users' presence, now and in every later session. */
  watchPresence(userIds: UserId[]): void;
  /** What the last `presence` event of this user said. */
  presence(userId: UserId): UserPresence | undefined;
  getPresence(userIds: UserId[]): Promise<UserPresence[]>;

  addEventListener<Type extends keyof ImClientEvents>(
    type: Type,
    listener: (event: CustomEvent<ImClientEvents[Type]>) => void,
    options?: AddEventListenerOptions | boolean,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: AddEventListenerOptions | boolean,
  ): void;
  removeEventListener<Type extends keyof ImClientEvents>(
    type: Type,
    listener: (event: CustomEvent<ImClientEvents[Type]>) => void,
    options?: EventListenerOptions | boolean,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: EventListenerOptions | boolean,
  ): void;
}

/**
 * An error of the server with the protocol's `code` and `reason`. Of this client: `code` is 0 and
 * `reason` one of `timeout`, `disconnected`, `invalid_argument`, `content_too_large`, `outbox_full`,
 * `connection_lost` (the server closed the connection when it got the message).
 */
export class ImError extends Error {
  constructor(error: { code?: number; reason: string; message?: string; retry_after_ms?: number });
  readonly code: number;
  readonly reason: string;
  readonly retry_after_ms?: number;
}

export class MemoryStorage implements OutboxStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export const FrameType: Readonly<Record<string, number>>;
export const ContentType: Readonly<Record<string, number>>;
export const Role: Readonly<{ MEMBER: 0; ADMIN: 1; OWNER: 2 }>;
/** In `mentions`: everybody in the group. */
export const EVERYBODY: '*';
export const CloseCode: Readonly<Record<string, number>>;

/** Who writes messages of type 3, `system`. Nobody can write to it, and it is never online. */
export const SYSTEM_USER: UserId;

/** Whether this is a well-formed id that is not reserved. */
export function isUserId(text: string): boolean;
/** When a message of the server destroys itself, milliseconds since 1970; Infinity for never. */
export function expiryOf(message: Record<string, any>): number;
/** Whether an entry of a log is a message, not a group event. */
export function isChatMessage(entry: Message | GroupEvent): entry is Message;
export function singleConversationId(one: UserId, other: UserId): ConversationId;
export function groupConversationId(groupId: string): ConversationId;
