import { Connection } from './im-connection.js';
import { Conversations } from './im-conversations.js';
import { Inbox } from './im-inbox.js';
import { MemoryStorage, Outbox } from './im-outbox.js';
import { Presence } from './im-presence.js';
import {
  CloseCode,
  ContentType,
  FrameType,
  ImError,
  MAX_CONTENT_BYTES,
  SYSTEM_USER,
  createIds,
  groupConversationId,
  isUserId,
  singleConversationId,
} from './im-protocol.js';
import { Receipts } from './im-receipts.js';
import { Synchroniser } from './im-sync.js';
import { Typing } from './im-typing.js';

export {
  CloseCode,
  ContentType,
  FrameType,
  ImError,
  MemoryStorage,
  SYSTEM_USER,
  groupConversationId,
  isUserId,
  singleConversationId,
};

const DEFAULTS = {
  authenticate: 'query',
  platform: 'web',
  batch: true,
  sync_limit: 200,
};

/**
 * A client of the `im.v1.json` protocol. It keeps a session, keeps the conversations' logs in step
 * with the server's, and keeps what was typed until the server has it.
 *
 * Events are `CustomEvent`s with a `detail`; im-client.d.ts lists them with everything public.
 */
export class ImClient extends EventTarget {
  #me;
  #runtime;
  #ids;
  #conversations;
  #connection;
  #outbox;
  #synchroniser;
  #receipts;
  #presence;
  #typing;
  #inbox;

  constructor(options) {
    super();
    const settings = { ...DEFAULTS, WebSocket: globalThis.WebSocket, ...options };
    check(isUserId(settings.user_id), 'user_id must be the id of the user that the token is for');
    check(/^wss?:/.test(settings.url), 'url must begin with ws:// or wss://');
    check(settings.token, 'token must be a string or a function that gives one');
    check(settings.WebSocket, 'WebSocket must be given where there is none built in');
    this.#me = settings.user_id;
    this.#runtime = { ...defaultRuntime(), ...settings.runtime };
    this.#ids = createIds(this.#runtime.now);
    settings.device_id ??= this.#ids();

    const onWarning = (error) => this.#emit('warning', { error });
    const send = (frame) => this.#connection.send(frame);
    const request = (method, params) => this.#connection.request(method, params);
    this.#connection = new Connection(settings, this.#runtime, this.#ids, {
      onState: (change) => this.#emit('state', change),
      onWelcome: (content) => this.#welcomed(content),
      onFrame: (frame) => this.#inbox.take(frame),
      onClose: (code) => this.#closed(code),
      onWarning,
    });
    const storage = settings.storage ?? defaultStorage();
    this.#outbox = new Outbox(storage, this.#me, this.#runtime, send, {
      onChange: ({ frame }) => this.#changed({ id: frame.conversation_id }),
      onWarning,
    });
    this.#conversations = new Conversations(this.#me, this.#outbox, settings.cursors ?? {});
    const { sync_limit } = settings;
    this.#synchroniser = new Synchroniser(request, this.#runtime, this.#conversations, sync_limit, {
      onApplied: (...args) => this.#inbox.applied(...args),
      onRecord: (conversation, record) => this.#inbox.recorded(conversation, record),
      onSynced: () => this.#emit('synced'),
      onWarning,
    });
    this.#receipts = new Receipts(send, this.#runtime);
    this.#presence = new Presence(request, {
      onPresence: (presence) => this.#emit('presence', presence),
      onWarning,
    });
    this.#typing = new Typing(send, this.#runtime, (conversation_id) =>
      this.#emit('typing', { conversation_id, user_ids: this.#typing.users(conversation_id) }),
    );
    this.#inbox = new Inbox({
      me: this.#me,
      conversations: this.#conversations,
      outbox: this.#outbox,
      synchroniser: this.#synchroniser,
      receipts: this.#receipts,
      presence: this.#presence,
      typing: this.#typing,
      emit: (type, detail) => this.#emit(type, detail),
    });
  }

  // The session

  get user_id() {
    return this.#me;
  }

  get state() {
    return this.#connection.state;
  }

  get hasSynced() {
    return this.#synchroniser.hasSynced;
  }

  connect() {
    this.#connection.open();
  }

  close() {
    this.#suspend();
    this.#connection.stop('closed');
  }

  wake() {
    this.#connection.wake();
  }

  renewToken(token) {
    this.#connection.renewToken(token);
  }

  request(method, params) {
    return this.#connection.request(method, params);
  }

  // Conversations

  conversations() {
    return this.#conversations.list();
  }

  conversation(conversationId) {
    return this.#conversations.view(this.#conversation(conversationId));
  }

  messages(conversationId) {
    return this.#conversations.messages(this.#conversation(conversationId));
  }

  cursors() {
    return this.#conversations.cursors();
  }

  loadHistory(conversationId, limit = 50) {
    return this.#synchroniser.loadHistory(this.#conversation(conversationId), limit);
  }

  async listConversations(params) {
    const answer = await this.request('conversation.list', params);
    for (const record of answer.conversations) {
      this.#inbox.update(record);
    }
    return answer;
  }

  async getConversation(conversationId) {
    const params = { conversation_id: conversationId };
    const { conversation } = await this.request('conversation.get', params);
    this.#inbox.update(conversation);
    return this.conversation(conversationId);
  }

  async updateConversation(conversationId, changes) {
    await this.request('conversation.update', { conversation_id: conversationId, ...changes });
    this.#inbox.update({ conversation_id: conversationId, ...changes });
  }

  async clearConversation(conversationId) {
    const params = { conversation_id: conversationId };
    const { cleared_seq } = await this.request('conversation.clear', params);
    this.#inbox.update({ conversation_id: conversationId, cleared_seq });
  }

  readers(conversationId, userIds) {
    const user_ids = userIds ? { user_ids: userIds } : {};
    return this.request('conversation.readers', { conversation_id: conversationId, ...user_ids });
  }

  markRead(conversationId, seq) {
    const conversation = this.#conversation(conversationId);
    if (this.#receipts.read(conversation, Math.min(seq, conversation.log.head ?? 0))) {
      this.#changed(conversation);
    }
  }

  // Messages

  get queuedCount() {
    return this.#outbox.queuedCount;
  }

  sendText(target, text, extra) {
    return this.send({ ...extra, ...target, content: { text } });
  }

  send({ to, group_id, conversation_id, content, content_type = ContentType.TEXT, ...extra }) {
    const id =
      conversation_id ??
      (group_id ? groupConversationId(group_id) : to && singleConversationId(this.#me, to));
    check(id, 'one of to, group_id and conversation_id must say where the message goes');
    check(content !== null && typeof content === 'object', 'content must be an object');
    check(extra.qos !== 0, 'a message of qos 0 is not acknowledged and cannot wait in the outbox');
    const bytes = new TextEncoder().encode(JSON.stringify(content)).length;
    if (bytes > MAX_CONTENT_BYTES) {
      throw new ImError({
        reason: 'content_too_large',
        message: `the content has ${bytes} bytes, at most ${MAX_CONTENT_BYTES} are allowed`,
      });
    }
    const conversation = this.#conversation(id);
    const item = this.#outbox.add({
      ...extra,
      type: conversation.type === 1 ? FrameType.SINGLE_CHAT : FrameType.GROUP_CHAT,
      message_id: this.#ids(),
      conversation_id: id,
      content_type,
      content,
      client_timestamp: this.#runtime.now(),
    });
    this.#typing.sent(id);
    this.#changed(conversation);
    return this.#conversations.typed(item);
  }

  retry(messageId) {
    this.#outbox.retry(messageId);
  }

  discard(messageId) {
    this.#outbox.discard(messageId);
  }

  // Typing and presence

  typing(conversationId) {
    this.#typing.tell(conversationId);
  }

  typingUsers(conversationId) {
    return this.#typing.users(conversationId);
  }

  watchPresence(userIds) {
    this.#presence.watch(userIds);
  }

  presence(userId) {
    return this.#presence.of(userId);
  }

  async getPresence(userIds) {
    const { presences } = await this.request('presence.get', { user_ids: userIds });
    return presences;
  }

  // What the connection says

  #welcomed(content) {
    if (content.user_id !== this.#me) {
      // Never send one user's messages in the name of another.
      this.#suspend();
      this.#connection.stop('wrong_user');
      return;
    }
    this.#outbox.resume();
    this.#synchroniser.resume();
    this.#presence.resume();
  }

  #closed(code) {
    if (code === CloseCode.TOO_LARGE || code === CloseCode.ABUSE) {
      const message = `the server closed the connection with ${code} when it got this message`;
      this.#outbox.refuseUnderWay(new ImError({ reason: 'connection_lost', message }));
    }
    this.#suspend();
  }

  #suspend() {
    this.#outbox.suspend();
    this.#synchroniser.suspend();
    this.#receipts.suspend();
    this.#presence.suspend();
    this.#typing.suspend();
  }

  #conversation(id) {
    return this.#conversations.get(id);
  }

  #changed({ id }) {
    this.#emit('conversation', { conversation_id: id });
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

function check(condition, message) {
  if (!condition) {
    throw new ImError({ reason: 'invalid_argument', message });
  }
}

function defaultRuntime() {
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    setTimeout: (action, millis) => setTimeout(action, millis),
    clearTimeout: (timer) => clearTimeout(timer),
  };
}

function defaultStorage() {
  try {
    // Reading the property throws where the user forbids storage; writing does in some others.
    const { localStorage } = globalThis;
    localStorage.setItem('embedim:probe', '');
    localStorage.removeItem('embedim:probe');
    return localStorage;
  } catch {
    return new MemoryStorage();
  }
}
