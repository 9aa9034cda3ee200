import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Peer, entry, record, settled } from './peer.mjs';

const id = 'alice:bob';
const synced = (conversation, messages, has_more = false) => ({
  conversation,
  messages,
  has_more,
});
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => entry(from + i));
const seqs = (messages) => messages.map(({ seq }) => seq);

/** A server with one conversation: answers `sync` and `message.history` from its log. */
function serve(peer, log, settings = {}) {
  const page = (entries, limit) => ({
    messages: entries.slice(0, limit),
    has_more: entries.length > limit,
  });
  peer.methods.sync = ({ cursors, limit }) => {
    const cursor = cursors[id];
    const conversation = record(log.length, settings);
    const answer =
      cursor === undefined
        ? synced(conversation, log.slice(-limit), log.length > limit)
        : synced(conversation, ...Object.values(page(log.slice(cursor), limit)));
    return { conversations: [answer], has_more: cursor !== undefined && answer.has_more };
  };
  peer.methods['message.history'] = ({ before_seq, after_seq, limit }) => {
    if (after_seq !== undefined) {
      return page(log.slice(after_seq), limit);
    }
    const older = log.filter(({ seq }) => seq < before_seq);
    return { messages: older.slice(-limit), has_more: older.length > limit };
  };
  peer.methods['conversation.get'] = () => ({ conversation: record(log.length, settings) });
  peer.methods['conversation.list'] = () => ({ conversations: [record(log.length, settings)] });
}

test('the first sync opens each log with its newest page, and history loads upwards', async () => {
  const peer = new Peer({ sync_limit: 20 });
  serve(peer, range(1, 50), { unread_count: 50 });
  await peer.online();
  assert.deepEqual(seqs(peer.client.messages(id)), seqs(range(31, 50)));
  assert.equal(peer.client.conversation(id).unread_count, 50);
  assert.equal(await peer.client.loadHistory(id, 25), true);
  assert.deepEqual(seqs(peer.client.messages(id)), seqs(range(6, 50)));
  assert.equal(await peer.client.loadHistory(id, 25), false);
  assert.deepEqual(seqs(peer.client.messages(id)), seqs(range(1, 50)));
  assert.equal(peer.client.conversation(id).is_complete, true);
  assert.equal(peer.client.conversation(id).unread_count, 50);
});

test('two calls for the same history are one request', async () => {
  const peer = new Peer({ sync_limit: 5 });
  serve(peer, range(1, 50));
  const socket = await peer.online();
  await Promise.all([peer.client.loadHistory(id, 10), peer.client.loadHistory(id, 10)]);
  assert.equal(socket.requests('message.history').length, 1);
});

test('after a reconnect it syncs from its cursors until there is no more', async () => {
  const peer = new Peer({ sync_limit: 10 });
  const log = range(1, 3);
  serve(peer, log);
  await peer.online();
  assert.deepEqual(peer.messages, []);
  peer.socket.end(1006);
  log.push(...range(4, 38));
  await peer.runtime.advance(1_000);
  await peer.welcome();
  await settled();
  const cursors = peer.socket.requests('sync').map((params) => params.cursors[id]);
  assert.deepEqual(cursors, [3, 13, 23, 33]);
  assert.deepEqual(seqs(peer.client.messages(id)), seqs(range(1, 38)));
  assert.deepEqual(seqs(peer.messages), seqs(range(4, 38)));
});

test('a server that says there is more and gives nothing is asked no more', async () => {
  const peer = new Peer();
  peer.methods.sync = () => ({ conversations: [], has_more: true });
  const socket = await peer.online();
  await settled();
  assert.equal(socket.requests('sync').length, 1);
});

test('a jump of seq is filled before what came after it is shown', async () => {
  const peer = new Peer();
  const log = range(1, 2);
  serve(peer, log);
  const socket = await peer.online();
  log.push(...range(3, 6));
  socket.push(entry(5));
  socket.push(entry(6));
  assert.deepEqual(seqs(peer.client.messages(id)), [1, 2]);
  await peer.runtime.advance(200);
  assert.deepEqual(seqs(peer.messages), [3, 4, 5, 6]);
  assert.deepEqual(socket.requests('message.history'), [
    { conversation_id: id, after_seq: 2, limit: 100 },
  ]);
});

test('a frame that came out of turn needs no request when the other one follows', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  peer.client.sendText({ to: 'bob' }, 'mine');
  socket.push(entry(2));
  socket.push(entry(3));
  await peer.runtime.advance(199);
  peer.ack(socket.sent(1)[0], 1);
  assert.deepEqual(seqs(peer.messages), [2, 3]);
  assert.deepEqual(peer.texts(), ['mine', 'message 2', 'message 3']);
  await peer.runtime.advance(5_000);
  assert.deepEqual(socket.requests('message.history'), []);
});

test('a live frame of an unknown conversation opens its log', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  serve(peer, range(1, 500), { unread_count: 7, read_seq: 493 });
  socket.push(entry(500));
  await peer.runtime.advance(200);
  assert.deepEqual(seqs(peer.client.messages(id)), seqs(range(401, 500)));
  assert.equal(peer.client.conversation(id).unread_count, 7);
});

test('frames that come again are dropped', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  socket.push([entry(1), entry(1), entry(2)]);
  socket.push([entry(1), entry(2), entry(3), entry(3)]);
  assert.deepEqual(seqs(peer.messages), [1, 2, 3]);
  assert.deepEqual(seqs(peer.client.messages(id)), [1, 2, 3]);
});

test('a gap is filled again and again while the server lags, then it is what nobody can see', async () => {
  const peer = new Peer();
  const log = range(1, 1);
  serve(peer, log);
  const socket = await peer.online();
  socket.push(entry(3));
  await settled();
  assert.deepEqual(seqs(peer.client.messages(id)), [1]);
  await peer.runtime.advance(1_000);
  log.push(entry(2), entry(3));
  await peer.runtime.advance(2_000);
  assert.deepEqual(seqs(peer.client.messages(id)), [1, 2, 3]);

  socket.push(entry(7));
  await peer.runtime.advance(20_000);
  assert.deepEqual(seqs(peer.client.messages(id)), [1, 2, 3, 7]);
});

test('a gap in a conversation that was left is forgotten', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  peer.methods['message.history'] = () => ({
    error: { code: 40401, reason: 'conversation_not_found', message: 'no such conversation' },
  });
  peer.methods['conversation.get'] = peer.methods['message.history'];
  socket.push(entry(9));
  await peer.runtime.advance(200);
  assert.deepEqual(peer.client.messages(id), []);
  assert.deepEqual(peer.runtime.pending.filter((millis) => millis < 20_000), []);
});

test('a sync that reaches the end of a log moves the cursor there, past what nobody may see', async () => {
  const peer = new Peer();
  const log = range(1, 3);
  serve(peer, log);
  await peer.online();
  peer.socket.end(1006);
  peer.methods.sync = ({ cursors }) => ({
    conversations: cursors[id] === 7 ? [] : [synced(record(7), [entry(5)])],
    has_more: false,
  });
  await peer.runtime.advance(1_000);
  await peer.welcome();
  assert.deepEqual(peer.client.cursors(), { [id]: 7 });
  peer.socket.push(entry(8));
  await peer.runtime.advance(1_000);
  assert.deepEqual(seqs(peer.messages), [5, 8]);
  assert.deepEqual(peer.socket.requests('message.history'), []);
});

test('a page of a sync that does not reach the end leaves the cursor at its last entry', async () => {
  const peer = new Peer();
  serve(peer, range(1, 3));
  await peer.online();
  peer.socket.end(1006);
  const pages = [synced(record(7), range(4, 5), true), synced(record(7), [entry(6)], false)];
  peer.methods.sync = () => ({ conversations: pages.splice(0, 1), has_more: pages.length > 0 });
  await peer.runtime.advance(1_000);
  await peer.welcome();
  await settled();
  const cursors = peer.socket.requests('sync').map((params) => params.cursors[id]);
  assert.deepEqual(cursors, [3, 5]);
  assert.deepEqual(peer.client.cursors(), { [id]: 7 });
});

test('a conversation that was hidden on another device meanwhile leaves the list', async () => {
  const peer = new Peer();
  serve(peer, range(1, 3));
  await peer.online();
  assert.equal(peer.client.conversations().length, 1);
  peer.socket.end(1006);
  peer.methods['conversation.list'] = () => ({ conversations: [] });
  peer.methods['conversation.get'] = () => ({ conversation: record(3, { hidden: true }) });
  await peer.runtime.advance(1_000);
  await peer.welcome();
  await settled();
  assert.deepEqual(peer.client.conversations(), []);
  assert.equal(peer.client.conversation(id).hidden, true);
});

test('a conversation that is gone from the server does not hold up the others', async () => {
  const peer = new Peer();
  serve(peer, range(1, 3));
  await peer.online();
  peer.socket.end(1006);
  peer.methods['conversation.list'] = () => ({ conversations: [] });
  peer.methods['conversation.get'] = () => ({
    error: { code: 40401, reason: 'conversation_not_found', message: 'there is none' },
  });
  let syncs = 0;
  peer.client.addEventListener('synced', () => syncs++);
  await peer.runtime.advance(1_000);
  await peer.welcome();
  await settled();
  assert.equal(syncs, 1);
  assert.deepEqual(peer.warnings, []);
});

test('SYNC_REQUIRED syncs, once more when it comes during a sync', async () => {
  const peer = new Peer();
  const log = range(1, 1);
  serve(peer, log);
  const socket = await peer.online();
  log.push(entry(2));
  socket.push({ type: 94 });
  socket.push({ type: 94 });
  await settled();
  assert.deepEqual(seqs(peer.messages), [2]);
  assert.equal(socket.requests('sync').length, 3);
});

test('a sync that fails for a passing reason is tried again', async () => {
  const peer = new Peer();
  const log = range(1, 2);
  peer.methods.sync = () => ({
    error: { code: 42901, reason: 'rate_limited', message: 'slow down', retry_after_ms: 300 },
  });
  await peer.online();
  assert.equal(peer.client.hasSynced, false);
  serve(peer, log);
  await peer.runtime.advance(300);
  assert.equal(peer.client.hasSynced, true);
  assert.deepEqual(seqs(peer.client.messages(id)), [1, 2]);
});

test('live frames that come while a sync is under way fall into place behind it', async () => {
  const peer = new Peer();
  const log = range(1, 2);
  serve(peer, log);
  await peer.online();
  peer.socket.end(1006);
  log.push(...range(3, 6));
  await peer.runtime.advance(1_000);
  peer.socket.accept();
  peer.socket.push({ type: 91, content: { user_id: 'alice', heartbeat_seconds: 30 } });
  log.push(entry(7));
  peer.socket.push(entry(7));
  await settled();
  assert.deepEqual(seqs(peer.messages), [3, 4, 5, 6, 7]);
});

test('more cursors than a frame can hold leave conversations out, and hide no gap there', async () => {
  const peer = new Peer();
  const many = Array.from({ length: 1_000 }, (_, i) => [`${'x'.repeat(60)}${i}:alice`, 1]);
  const client = peer.newClient({ cursors: { ...Object.fromEntries(many), [id]: 3 } });
  serve(peer, range(1, 40));
  peer.methods.sync = ({ cursors }) => {
    assert.equal(id in cursors, false);
    return { conversations: [synced(record(40), range(31, 40), true)], has_more: false };
  };
  const socket = await peer.online(client);
  const bytes = JSON.stringify(socket.sent(40)[0]).length;
  assert.ok(bytes < 64 * 1024 && bytes > 40 * 1024, `${bytes} bytes`);
  await peer.runtime.advance(200);
  assert.deepEqual(seqs(client.messages(id)), seqs(range(4, 40)));
});

test('the host application can go on from its own cursors', async () => {
  const peer = new Peer();
  serve(peer, range(1, 12));
  const client = peer.newClient({ cursors: { [id]: 10 } });
  await peer.online(client);
  assert.deepEqual(seqs(peer.messages), [11, 12]);
  assert.deepEqual(client.cursors(), { [id]: 12 });
});
