import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Peer, entry, record, settled } from './peer.mjs';

const id = 'alice:bob';
const own = (seq) => entry(seq, `mine ${seq}`, { from: 'alice' });
const revoke = (seq, target) =>
  entry(seq, '', { type: 22, content: { target_message_id: `m-${target}`, target_seq: target } });
const receipts = (socket) => socket.sent(20).map(({ content }) => content.seq);
const readReceipts = (socket) => socket.sent(21).map(({ content }) => content.last_read_seq);
const unread = (peer) => peer.client.conversation(id).unread_count;

/** A client whose first sync gave these messages and this record. */
async function synced(messages, conversation) {
  const peer = new Peer();
  peer.methods.sync = ({ cursors }) => ({
    conversations: cursors[id] ? [] : [{ conversation, messages, has_more: false }],
    has_more: false,
  });
  peer.methods['conversation.list'] = () => ({ conversations: [conversation] });
  await peer.online();
  return peer;
}

test('what arrives is receipted, several messages with one frame', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  socket.push([entry(1), entry(2)]);
  socket.push(entry(3));
  await peer.runtime.advance(250);
  assert.deepEqual(receipts(socket), [3]);
  assert.equal(socket.sent(20)[0].conversation_id, id);
});

test('what lies behind a gap is not receipted', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  socket.push(entry(1));
  socket.push(entry(3));
  await peer.runtime.advance(250);
  assert.deepEqual(receipts(socket), [1]);
});

test('a message that the server repeats is receipted again', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  socket.push(entry(1));
  await peer.runtime.advance(250);
  socket.push(entry(1));
  await peer.runtime.advance(250);
  assert.deepEqual(receipts(socket), [1, 1]);
});

test('the ACK of a message counts as its receipt', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  peer.client.sendText({ to: 'bob' }, 'hello');
  peer.ack(socket.sent(1)[0], 1);
  await peer.runtime.advance(1_000);
  assert.deepEqual(receipts(socket), []);
});

test('a sync is receipted as far as the server does not know it', async () => {
  const peer = await synced([entry(1), entry(2)], record(2, { received_seq: 1 }));
  await peer.runtime.advance(250);
  assert.deepEqual(receipts(peer.socket), [2]);
  const known = await synced([entry(1), entry(2)], record(2, { received_seq: 2 }));
  await known.runtime.advance(250);
  assert.deepEqual(receipts(known.socket), []);
});

test('reading moves the cursor forward, never back, and never past what is here', async () => {
  const peer = await synced([entry(1), entry(2), entry(3)], record(3, { unread_count: 3 }));
  peer.client.markRead(id, 2);
  peer.client.markRead(id, 1);
  assert.equal(unread(peer), 1);
  peer.client.markRead(id, 99);
  assert.equal(unread(peer), 0);
  assert.deepEqual(readReceipts(peer.socket), [2, 3]);
});

test('what was read offline is told when there is a connection again', async () => {
  const peer = await synced([entry(1), entry(2)], record(2, { unread_count: 2 }));
  peer.socket.end(1006);
  peer.client.markRead(id, 2);
  await peer.runtime.advance(1_000);
  await peer.welcome();
  assert.deepEqual(readReceipts(peer.socket), [2]);
  assert.equal(unread(peer), 0);
});

test('a conversation read on another device is read here', async () => {
  const peer = await synced([entry(1), entry(2)], record(2, { unread_count: 2 }));
  const content = { last_read_seq: 2 };
  peer.socket.push({ type: 21, from: 'alice', conversation_id: id, content });
  assert.equal(unread(peer), 0);
  peer.socket.push({ type: 28, conversation_id: id, content: { read_seq: 1, unread_count: 1 } });
  assert.equal(unread(peer), 0);
});

test('unread counts what others wrote after the cursor and did not revoke', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  socket.push([entry(1), own(2), entry(3), entry(4), revoke(5, 3), entry(6, '', { type: 12 })]);
  assert.equal(unread(peer), 2);
  peer.client.markRead(id, 1);
  assert.equal(unread(peer), 1);
});

test('unread messages that are not here yet are counted by the server', async () => {
  const page = [entry(98), entry(99), entry(100)];
  const peer = await synced(page, record(100, { read_seq: 60, unread_count: 40 }));
  const socket = peer.socket;
  assert.equal(unread(peer), 40);
  socket.push(entry(101));
  assert.equal(unread(peer), 41);
  socket.push(revoke(102, 70));
  assert.equal(unread(peer), 40);
  socket.push(revoke(103, 99));
  assert.equal(unread(peer), 39);
  const older = Array.from({ length: 47 }, (_, i) =>
    i + 51 === 70 ? entry(70, '', { content: { revoked: true } }) : entry(i + 51),
  );
  peer.methods['message.history'] = () => ({ messages: older, has_more: true });
  await peer.client.loadHistory(id);
  assert.equal(unread(peer), 39);
  peer.client.markRead(id, 103);
  assert.equal(unread(peer), 0);
});

test('an older record does not bring back what was read', async () => {
  const page = [entry(98), entry(99), entry(100)];
  const peer = await synced(page, record(100, { read_seq: 60, unread_count: 13 }));
  const read = { last_read_seq: 90 };
  peer.socket.push({ type: 21, from: 'alice', conversation_id: id, content: read });
  assert.equal(unread(peer), 3 + 7);
  const older = { read_seq: 60, unread_count: 5 };
  peer.socket.push({ type: 28, conversation_id: id, content: older });
  assert.equal(unread(peer), 3 + 7);
  const newer = { read_seq: 90, unread_count: 5 };
  peer.socket.push({ type: 28, conversation_id: id, content: newer });
  assert.equal(unread(peer), 5);
});

test("one's own message goes from sent to delivered to read", async () => {
  const peer = new Peer();
  const socket = await peer.online();
  const state = () => peer.client.messages(id)[0].state;
  peer.client.sendText({ to: 'bob' }, 'hello');
  assert.equal(state(), 'queued');
  peer.ack(socket.sent(1)[0], 1);
  assert.equal(state(), 'sent');
  socket.push({ type: 28, conversation_id: id, content: { peer_received_seq: 1 } });
  assert.equal(state(), 'delivered');
  socket.push({ type: 21, from: 'bob', conversation_id: id, content: { last_read_seq: 1 } });
  assert.equal(state(), 'read');
  socket.push({ type: 21, from: 'bob', conversation_id: id, content: { last_read_seq: 0 } });
  assert.equal(state(), 'read');
});

test('the states come with the record of the conversation too', async () => {
  const cursors = { peer_received_seq: 2, peer_read_seq: 1 };
  const peer = await synced([own(1), own(2), own(3)], record(3, cursors));
  const states = peer.client.messages(id).map(({ state }) => state);
  assert.deepEqual(states, ['read', 'delivered', 'sent']);
});

test('revoke and edit reach the messages and the last message of the list', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  socket.push([entry(1), entry(2)]);
  const content = { target_message_id: 'm-2', content: { text: 'edited' } };
  socket.push(entry(3, '', { type: 24, content }));
  assert.equal(peer.client.conversations()[0].last_message.content.text, 'edited');
  socket.push(revoke(4, 2));
  assert.equal(peer.client.conversations()[0].last_message.revoked, true);
  assert.equal(peer.client.messages(id)[0].revoked, false);
});

test('the list has pinned conversations first, then the latest, and no hidden ones', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  const from = (user, timestamp) =>
    entry(1, 'hi', { conversation_id: `alice:${user}`, from: user, timestamp });
  socket.push([from('bob', 10), from('carol', 30), from('dave', 20), from('erin', 40)]);
  const update = (user, content) =>
    socket.push({ type: 28, conversation_id: `alice:${user}`, content });
  update('bob', { pinned: true });
  update('erin', { hidden: true });
  const order = () => peer.client.conversations().map(({ peer_id }) => peer_id);
  assert.deepEqual(order(), ['bob', 'carol', 'dave']);
  socket.push({ ...from('erin', 50), seq: 2, message_id: 'new' });
  assert.deepEqual(order(), ['bob', 'erin', 'carol', 'dave']);
});

test('settings are told to the server and hold here when it agrees', async () => {
  const peer = await synced([entry(1)], record(1));
  peer.methods['conversation.update'] = () => ({});
  await peer.client.updateConversation(id, { pinned: true, draft: 'so' });
  assert.deepEqual(peer.socket.requests('conversation.update'), [
    { conversation_id: id, pinned: true, draft: 'so' },
  ]);
  assert.equal(peer.client.conversation(id).pinned, true);
  assert.equal(peer.client.conversation(id).draft, 'so');
  peer.methods['conversation.update'] = () => ({
    error: { code: 50301, reason: 'unavailable', message: 'later' },
  });
  const refused = peer.client.updateConversation(id, { pinned: false });
  await assert.rejects(refused, { reason: 'unavailable' });
  assert.equal(peer.client.conversation(id).pinned, true);
});

test('clearing a conversation hides what is there', async () => {
  const peer = await synced([entry(1), entry(2)], record(2, { unread_count: 2 }));
  peer.methods['conversation.clear'] = () => ({ cleared_seq: 2 });
  await peer.client.clearConversation(id);
  assert.deepEqual(peer.client.messages(id), []);
  assert.equal(unread(peer), 0);
  assert.equal(peer.client.conversations()[0].last_message, null);
  peer.socket.push(entry(3));
  assert.deepEqual(peer.texts(), ['message 3']);
});

test('a clear on another device hides here what was there, and nothing that came since', async () => {
  const peer = await synced([entry(1), entry(2), entry(3)], record(3, { unread_count: 3 }));
  const content = { cleared_seq: 2, read_seq: 2, received_seq: 2, unread_count: 1 };
  peer.socket.push({ type: 28, conversation_id: id, content });
  assert.deepEqual(peer.texts(), ['message 3']);
  assert.equal(unread(peer), 1);
  peer.socket.push({ type: 28, conversation_id: id, content });
  assert.equal(unread(peer), 1);
  assert.equal(peer.client.conversations()[0].last_message.seq, 3);
});

test('a conversation that was cleared on another device meanwhile is empty after the sync', async () => {
  const peer = await synced([entry(1), entry(2)], record(2));
  peer.socket.end(1006);
  const cleared = record(5, { cleared_seq: 5, read_seq: 5, received_seq: 5 });
  peer.methods.sync = () => ({
    conversations: [{ conversation: cleared, messages: [], has_more: false }],
    has_more: false,
  });
  await peer.runtime.advance(1_000);
  await peer.welcome();
  assert.deepEqual(peer.client.messages(id), []);
  assert.equal(peer.client.conversation(id).is_complete, true);
  assert.deepEqual(peer.client.cursors(), { [id]: 5 });
  peer.socket.push(entry(6));
  assert.deepEqual(peer.texts(), ['message 6']);
});

test('a message that comes after it was cleared is neither shown nor told', async () => {
  const peer = await synced([entry(1)], record(1));
  peer.socket.push({ type: 28, conversation_id: id, content: { cleared_seq: 2 } });
  peer.socket.push(entry(2));
  assert.deepEqual(peer.client.messages(id), []);
  assert.deepEqual(peer.messages, []);
  await peer.runtime.advance(250);
  assert.deepEqual(receipts(peer.socket), [2]);
});

test('typing is told at most every three seconds', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  peer.client.typing(id);
  await peer.runtime.advance(2_999);
  peer.client.typing(id);
  assert.equal(socket.sent(23).length, 1);
  await peer.runtime.advance(1);
  peer.client.typing(id);
  assert.equal(socket.sent(23).length, 2);
  peer.client.sendText({ to: 'bob' }, 'sent');
  peer.client.typing(id);
  assert.equal(socket.sent(23).length, 3);
});

test('who typed is typing until he is silent or his message comes', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  const changes = [];
  peer.client.addEventListener('typing', ({ detail }) => changes.push(detail.user_ids));
  const typing = { type: 23, from: 'bob', conversation_id: id };
  socket.push(typing);
  await peer.runtime.advance(5_000);
  socket.push(typing);
  await peer.runtime.advance(6_999);
  assert.deepEqual(peer.client.typingUsers(id), ['bob']);
  await peer.runtime.advance(1);
  assert.deepEqual(peer.client.typingUsers(id), []);
  socket.push(typing);
  socket.push(entry(1));
  assert.deepEqual(peer.client.typingUsers(id), []);
  assert.deepEqual(changes, [['bob'], [], ['bob'], []]);
});

test('presence is watched in every session, and unknown between them', async () => {
  const peer = new Peer();
  peer.methods['presence.subscribe'] = ({ user_ids }) => ({
    presences: user_ids.map((user_id) => ({ user_id, online: true, platforms: ['web'] })),
  });
  peer.client.watchPresence(['bob']);
  await peer.online();
  assert.equal(peer.client.presence('bob').online, true);
  const content = { user_id: 'bob', online: false, platforms: [], last_seen: 5 };
  peer.socket.push({ type: 27, content });
  assert.deepEqual(peer.client.presence('bob'), content);
  peer.socket.end(1006);
  assert.equal(peer.client.presence('bob'), undefined);
  await peer.runtime.advance(1_000);
  await peer.welcome();
  peer.client.watchPresence(['bob', 'carol']);
  await settled();
  const asked = peer.socket.requests('presence.subscribe').map(({ user_ids }) => user_ids);
  assert.deepEqual(asked, [['bob'], ['carol']]);
});

test('presence of the system is not asked for, which would refuse that of the others too', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  peer.client.watchPresence(['system', 'bob']);
  await settled();
  assert.deepEqual(socket.requests('presence.subscribe'), [{ user_ids: ['bob'] }]);
});

test('presence of many users is asked for in portions', async () => {
  const peer = new Peer();
  peer.client.watchPresence(Array.from({ length: 1_200 }, (_, i) => `user-${i}`));
  const socket = await peer.online();
  await settled();
  const sizes = socket.requests('presence.subscribe').map(({ user_ids }) => user_ids.length);
  assert.deepEqual(sizes, [500, 500, 200]);
});
