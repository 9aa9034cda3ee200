import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Peer, entry, record, settled } from './peer.mjs';

const bob = { to: 'bob' };
const states = (peer) => peer.client.messages('alice:bob').map(({ state }) => state);

test('a message goes out at once, and its ACK puts it into the log', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  const { message_id, state } = peer.client.sendText(bob, 'hello');
  assert.equal(state, 'queued');
  const [frame] = socket.sent(1);
  assert.equal(frame.message_id, message_id);
  assert.equal(frame.conversation_id, 'alice:bob');
  assert.equal(frame.content_type, 1);
  assert.deepEqual(frame.content, { text: 'hello' });
  peer.ack(frame, 1);
  assert.deepEqual(peer.messages, []);
  const [message] = peer.client.messages('alice:bob');
  assert.equal(message.seq, 1);
  assert.equal(message.state, 'sent');
  assert.equal(peer.client.queuedCount, 0);
  assert.equal(peer.storage.length, 0);
});

test('what is typed offline goes out in order with the ids it was given', async () => {
  const peer = new Peer();
  const ids = ['one', 'two', 'three'].map((text) => peer.client.sendText(bob, text).message_id);
  assert.equal(peer.client.queuedCount, 3);
  const socket = await peer.online();
  ids.forEach((id, i) => {
    const frame = socket.sent(1).at(-1);
    assert.equal(frame.message_id, id);
    peer.ack(frame, i + 1);
  });
  assert.deepEqual(peer.texts(), ['one', 'two', 'three']);
  assert.deepEqual(states(peer), ['sent', 'sent', 'sent']);
});

test('a message without ACK is sent again under its id after a disconnect', async () => {
  const peer = new Peer();
  const first = await peer.online();
  const { message_id } = peer.client.sendText(bob, 'hello');
  first.end(1006);
  await peer.runtime.advance(1_000);
  await peer.welcome();
  assert.deepEqual(peer.socket.sent(1).map((frame) => frame.message_id), [message_id]);
  peer.ack(peer.socket.sent(1)[0], 1, 'duplicate');
  assert.deepEqual(states(peer), ['sent']);
  assert.equal(peer.storage.length, 0);
});

test('a message without ACK is sent again after a while, until there is one', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  peer.client.sendText(bob, 'hello');
  await peer.runtime.advance(10_000);
  await peer.runtime.advance(10_000);
  const ids = socket.sent(1).map((frame) => frame.message_id);
  assert.equal(ids.length, 3);
  assert.equal(new Set(ids).size, 1);
  peer.ack(socket.sent(1)[0], 1);
  peer.ack(socket.sent(1)[0], 1, 'duplicate');
  await peer.runtime.advance(25_000);
  assert.equal(socket.sent(1).length, 3);
  assert.deepEqual(peer.texts(), ['hello']);
});

test('sync that brings a message whose ACK was lost takes it out of the outbox', async () => {
  const peer = new Peer();
  const first = await peer.online();
  const { message_id } = peer.client.sendText(bob, 'hello');
  first.end(1006);
  const committed = entry(1, 'hello', { message_id, from: 'alice' });
  peer.methods.sync = () => ({
    conversations: [{ conversation: record(1), messages: [committed], has_more: false }],
    has_more: false,
  });
  await peer.runtime.advance(1_000);
  await peer.welcome();
  assert.deepEqual(peer.texts(), ['hello']);
  assert.deepEqual(states(peer), ['sent']);
  assert.equal(peer.client.queuedCount, 0);
});

test('a conversation has one message under way, so that none overtakes another', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  peer.client.sendText(bob, 'one');
  peer.client.sendText(bob, 'two');
  peer.client.sendText({ to: 'carol' }, 'three');
  assert.deepEqual(socket.sent(1).map(({ content }) => content.text), ['one', 'three']);
  peer.ack(socket.sent(1)[0], 1);
  assert.deepEqual(socket.sent(1).map(({ content }) => content.text), ['one', 'three', 'two']);
});

test('a rate limit stops every conversation for as long as the server says', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  peer.client.sendText(bob, 'one');
  const error = { code: 42901, reason: 'rate_limited', message: 'slow down', retry_after_ms: 700 };
  peer.refuse(socket.sent(1)[0], error);
  peer.client.sendText(bob, 'two');
  peer.client.sendText({ to: 'carol' }, 'three');
  await peer.runtime.advance(699);
  assert.equal(socket.sent(1).length, 1);
  await peer.runtime.advance(1);
  assert.deepEqual(socket.sent(1).map(({ content }) => content.text), ['one', 'one', 'three']);
  assert.deepEqual(states(peer), ['queued', 'queued']);
});

test('an unavailable conversation is tried again with back-off and keeps its order', async () => {
  const peer = new Peer();
  peer.runtime.nextRandom = 0;
  const socket = await peer.online();
  peer.client.sendText(bob, 'one');
  peer.client.sendText(bob, 'two');
  const error = { code: 50301, reason: 'unavailable', message: 'try again' };
  for (const wait of [500, 1_000, 2_000]) {
    const sent = socket.sent(1).length;
    peer.refuse(socket.sent(1).at(-1), error);
    await peer.runtime.advance(wait - 1);
    assert.equal(socket.sent(1).length, sent);
    await peer.runtime.advance(1);
    assert.equal(socket.sent(1).length, sent + 1);
    assert.equal(socket.sent(1).at(-1).content.text, 'one');
  }
  peer.ack(socket.sent(1).at(-1), 1);
  assert.equal(socket.sent(1).at(-1).content.text, 'two');
});

test('a message that is refused for good fails with the reason, and the next one goes on', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  const { message_id } = peer.client.sendText(bob, 'one');
  peer.client.sendText(bob, 'two');
  const error = { code: 40310, reason: 'blocked', message: 'bob does not want this' };
  peer.refuse(socket.sent(1)[0], error);
  const [failed] = peer.client.messages('alice:bob');
  assert.equal(failed.state, 'failed');
  assert.deepEqual(failed.error, error);
  assert.equal(socket.sent(1).at(-1).content.text, 'two');
  peer.ack(socket.sent(1).at(-1), 1);
  peer.client.retry(message_id);
  assert.equal(socket.sent(1).at(-1).message_id, message_id);
  peer.refuse(socket.sent(1).at(-1), error);
  peer.client.discard(message_id);
  assert.deepEqual(peer.texts(), ['two']);
  assert.equal(peer.storage.length, 0);
});

test('unsent messages outlive the page, failed ones with their reason', async () => {
  const before = new Peer();
  const socket = await before.online();
  const failed = before.client.sendText({ to: 'carol' }, 'refused').message_id;
  before.refuse(socket.sent(1)[0], { code: 40310, reason: 'blocked', message: 'no' });
  socket.end(1006);
  const ids = ['one', 'two'].map((text) => before.client.sendText(bob, text).message_id);

  const after = new Peer({ storage: before.storage });
  assert.deepEqual(after.texts(), ['one', 'two']);
  assert.equal(after.client.messages('alice:carol')[0].error.reason, 'blocked');
  assert.equal(after.client.messages('alice:carol')[0].message_id, failed);
  assert.equal(after.client.queuedCount, 2);
  await after.online();
  after.ack(after.socket.sent(1)[0], 1);
  assert.deepEqual(after.socket.sent(1).map((frame) => frame.message_id), ids);
});

test('two tabs with the same unsent message show and commit it once', async () => {
  const one = new Peer();
  const id = one.client.sendText(bob, 'typed offline').message_id;
  const two = new Peer({ storage: one.storage, device_id: 'device-2' });
  assert.deepEqual([one.texts(), two.texts()], [['typed offline'], ['typed offline']]);

  await one.online();
  await two.online();
  // Both send it, under one id: the server commits the first and knows the second.
  one.ack(one.socket.sent(1)[0], 1);
  two.ack(two.socket.sent(1)[0], 1, 'duplicate');
  for (const peer of [one, two]) {
    assert.deepEqual(peer.socket.sent(1).map(({ message_id }) => message_id), [id]);
    assert.deepEqual(peer.client.messages('alice:bob').map(({ seq }) => seq), [1]);
    assert.equal(peer.client.queuedCount, 0);
  }
  assert.equal(one.storage.length, 0);
});

test('what another tab has sent meanwhile is not sent again', async () => {
  const one = new Peer();
  const id = one.client.sendText(bob, 'typed offline').message_id;
  const two = new Peer({ storage: one.storage, device_id: 'device-2' });
  await one.online();
  one.ack(one.socket.sent(1)[0], 1);
  two.methods.sync = () => ({
    conversations: [
      { conversation: record(1), messages: [entry(1, 'typed offline', { message_id: id, from: 'alice' })] },
    ],
    has_more: false,
  });
  await two.online();
  await two.runtime.advance(60_000);
  assert.deepEqual(two.texts(), ['typed offline']);
  assert.equal(two.client.queuedCount, 0);
});

test("another user of the same storage does not see or send this user's messages", () => {
  const alice = new Peer();
  alice.client.sendText(bob, 'mine');
  const other = new Peer({ storage: alice.storage, user_id: 'alice.b' });
  assert.equal(other.client.queuedCount, 0);
});

test('what the storage holds that is no message is removed and reported', () => {
  const { storage } = new Peer();
  storage.setItem('embedim:outbox:alice:broken', '{');
  const peer = new Peer({ storage });
  assert.equal(peer.client.queuedCount, 0);
  assert.equal(storage.length, 0);
});

test('a full storage keeps nobody from sending', async () => {
  const storage = {
    length: 0,
    setItem() {
      throw new Error('quota exceeded');
    },
    removeItem() {},
  };
  const peer = new Peer({ storage });
  const socket = await peer.online();
  peer.client.sendText(bob, 'hello');
  assert.equal(peer.warnings.length, 1);
  assert.equal(socket.sent(1).length, 1);
});

test('a message that breaks the connection is not sent again and again', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  peer.client.sendText(bob, 'poison');
  socket.end(1009);
  await peer.runtime.advance(1_000);
  await peer.welcome();
  assert.deepEqual(peer.socket.sent(1), []);
  assert.deepEqual(states(peer), ['failed']);
});

test('a message survives a session that ends before its answer', async () => {
  const peer = new Peer({ refreshToken: () => 'token-2' });
  const socket = await peer.online();
  const { message_id } = peer.client.sendText(bob, 'hello');
  peer.refuse(socket.sent(1)[0], { code: 40102, reason: 'token_expired', message: 'log in' });
  socket.end(4401);
  await settled();
  await peer.runtime.advance(1_000);
  await peer.welcome();
  assert.equal(peer.socket.sent(1)[0].message_id, message_id);
});

test('content is measured in bytes before it is taken', () => {
  const { client } = new Peer();
  client.sendText(bob, '好'.repeat(5_000));
  assert.throws(() => client.sendText(bob, '好'.repeat(6_000)), { reason: 'content_too_large' });
  assert.throws(() => client.send({ content: {} }), { reason: 'invalid_argument' });
  assert.throws(() => client.send({ ...bob, content: 'text' }), { reason: 'invalid_argument' });
  assert.throws(() => client.send({ ...bob, content: {}, qos: 0 }), { reason: 'invalid_argument' });
  assert.equal(client.queuedCount, 1);
});

test('the outbox takes a thousand messages', () => {
  const { client } = new Peer();
  for (let i = 0; i < 1_000; i++) {
    client.sendText(bob, `message ${i}`);
  }
  assert.throws(() => client.sendText(bob, 'one more'), { reason: 'outbox_full' });
});

test("one's own message is shown as sent while something before it is still missing", async () => {
  const peer = new Peer();
  const socket = await peer.online();
  peer.methods['message.history'] = () => ({ messages: [], has_more: false });
  socket.push(entry(1));
  const { message_id } = peer.client.sendText(bob, 'mine');
  peer.ack(socket.sent(1)[0], 3);
  assert.deepEqual(states(peer), ['received', 'sent']);
  socket.push(entry(2));
  assert.deepEqual(peer.texts(), ['message 1', 'message 2', 'mine']);
  assert.equal(peer.client.messages('alice:bob')[2].message_id, message_id);
});
