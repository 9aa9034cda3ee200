import { Connection } from './im-connection.js';
import { Conversations } from './im-conversations.js';
import { Groups } from './im-groups.js';
import { Inbox } from './im-inbox.js';
import { MessageActions } from './im-message-actions.js';
import { Outbox } from './im-outbox.js';
import { Presence } from './im-presence.js';
import { settingsOf } from './im-options.js';
import { frameOf } from './im-outgoing.js';
import { CloseCode, ImError, createIds } from './im-protocol.js';
import { Readers } from './im-readers.js';
import { Receipts } from './im-receipts.js';
import { Schedules } from './im-schedules.js';
import { SeenNames } from './im-seen-names.js';
import { Synchroniser } from './im-sync.js';
import { Typing } from './im-typing.js';

export { expiryOf } from './im-message.js';
export { MemoryStorage } from './im-outbox.js';
export { CloseCode, ContentType, EVERYBODY, FrameType, ImError, Role } from './im-protocol.js';
export { SYSTEM_USER, isChatMessage, isUserId } from './im-protocol.js';
export { groupConversationId, singleConversationId } from './im-protocol.js';

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
  #groups;
  #readers;
  #actions;
  #schedules;
  #inbox;

  constructor(options) {
    super();
    const settings = settingsOf(options);
    this.#me = settings.user_id;
    this.#runtime = settings.runtime;
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
    this.#outbox = new Outbox(settings.storage, this.#me, this.#runtime, send, {
      onChange: ({ frame }) => this.#changed({ id: frame.conversation_id }),
      onWarning,
    });
    const names = new SeenNames(settings.storage, this.#me, onWarning);
    this.#conversations = new Conversations(
      this.#me,
      this.#outbox,
      this.#runtime.now,
      settings.cursors ?? {},
      (groupId) => names.get(groupId),
    );
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
    const onGroup = (group_id) => {
      names.see(group_id, this.#groups.info(group_id).name);
      this.#emit('group', { group_id });
    };
    this.#groups = new Groups(this.#me, request, { onGroup, onWarning });
    const onReaders = (conversation_id) => this.#emit('readers', { conversation_id });
    this.#readers = new Readers(request, { onReaders, onWarning });
    this.#actions = new MessageActions(request, (conversation_id, deleted_seqs) =>
      this.#inbox.update({ conversation_id, deleted_seqs }),
    );
    this.#schedules = new Schedules(request, (message) => this.#frameOf(message));
    this.#typing = new Typing(send, this.#runtime, (conversation_id) =>
      this.#emit('typing', { conversation_id, user_ids: this.#typing.users(conversation_id) }),
    );
    this.#inbox = new Inbox({
      me: this.#me,
      runtime: this.#runtime,
      conversations: this.#conversations,
      outbox: this.#outbox,
      synchroniser: this.#synchroniser,
      receipts: this.#receipts,
      presence: this.#presence,
      typing: this.#typing,
      groups: this.#groups,
      readers: this.#readers,
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

  /** The messages, and between them the group events. */
  entries(conversationId) {
    return this.#conversations.entries(this.#conversation(conversationId));
  }

  message(conversationId, messageId) {
    const conversation = this.#conversation(conversationId);
    const message = conversation.log.message(messageId);
    return message && this.#conversations.message(conversation, message);
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

  get groups() {
    return this.#groups;
  }

  get readership() {
    return this.#readers;
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

  get actions() {
    return this.#actions;
  }

  get schedules() {
    return this.#schedules;
  }

  get queuedCount() {
    return this.#outbox.queuedCount;
  }

  sendText(target, text, extra) {
    return this.send({ ...extra, ...target, content: { text } });
  }

  send(message) {
    const frame = this.#frameOf(message);
    const item = this.#outbox.add(frame);
    this.#typing.sent(frame.conversation_id);
    this.#changed({ id: frame.conversation_id });
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
    this.#groups.resume();
    this.#readers.resume();
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
    this.#groups.suspend();
    this.#readers.suspend();
    this.#typing.suspend();
  }

  #frameOf(message) {
    return frameOf(message, this.#me, this.#ids, this.#runtime.now());
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
