import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ImClient } from '../../main/resources/web/im-client.js';
import { Peer, entry, settled } from './peer.mjs';

test('it connects as the protocol says', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  assert.equal(socket.protocol, 'im.v1.json');
  assert.deepEqual(Object.fromEntries(socket.url.searchParams), {
    token: 'token-1',
    device_id: 'device-1',
    platform: 'web',
    batch: '1',
  });
  assert.equal(peer.client.state, 'online');
});

test('with authentication by frame the token is in the first frame and not in the address', async () => {
  const peer = new Peer({ authenticate: 'frame' });
  const socket = await peer.online();
  assert.equal(socket.url.searchParams.has('token'), false);
  const [auth] = socket.received;
  assert.equal(auth.type, 90);
  assert.deepEqual(auth.content, {
    token: 'token-1',
    device_id: 'device-1',
    platform: 'web',
    batch: true,
  });
});

test('after a refused upgrade the token goes by frame, so that its refusal can be seen', async () => {
  const peer = new Peer();
  peer.client.connect();
  await settled();
  peer.socket.end(1006);
  await peer.runtime.advance(1_000);
  assert.equal(peer.sockets.length, 2);
  peer.socket.accept();
  assert.equal(peer.socket.received[0].type, 90);
  peer.socket.end(4401);
  await settled();
  assert.deepEqual(peer.states.at(-1), { state: 'stopped', reason: 'unauthenticated' });
});

test('it comes back with back-off that grows and never waits longer than 30 seconds', async () => {
  for (const nextRandom of [0, 0.999999]) {
    const peer = new Peer();
    peer.runtime.nextRandom = nextRandom;
    peer.client.connect();
    const waits = [];
    for (let i = 0; i < 8; i++) {
      await settled();
      const before = peer.runtime.now();
      peer.socket.end(1006);
      waits.push(peer.states.at(-1).retry_at - before);
      await peer.runtime.advance(waits.at(-1));
    }
    const ceilings = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000];
    assert.deepEqual(waits, nextRandom === 0 ? ceilings.map((millis) => millis / 2) : ceilings);
  }
});

test('a connection that was stable begins its back-off anew, one that was not goes on', async () => {
  const peer = new Peer();
  peer.runtime.nextRandom = 0;
  const drop = async (code) => {
    const before = peer.runtime.now();
    peer.socket.end(code);
    const wait = peer.states.at(-1).retry_at - before;
    await peer.runtime.advance(wait);
    await peer.welcome();
    return wait;
  };
  await peer.online();
  assert.equal(await drop(4408), 500);
  assert.equal(await drop(4429), 1_000);
  assert.equal(await drop(1006), 2_000);
  await peer.runtime.advance(10_000);
  assert.equal(await drop(1006), 500);
});

test('a draining server is left for another one within a second', async () => {
  const peer = new Peer();
  peer.runtime.nextRandom = 0.25;
  await peer.online();
  const before = peer.runtime.now();
  peer.socket.end(1012);
  assert.equal(peer.states.at(-1).retry_at - before, 250);
});

for (const [code, reason] of [
  [4403, 'banned'],
  [4409, 'replaced'],
]) {
  test(`it stays away after close code ${code}`, async () => {
    const peer = new Peer();
    const kicked = [];
    peer.client.addEventListener('kicked', ({ detail }) => kicked.push(detail.reason));
    const socket = await peer.online();
    socket.push({ type: 92, content: { reason } });
    socket.end(code);
    await peer.runtime.advance(3_600_000);
    assert.deepEqual(kicked, [reason]);
    assert.deepEqual(peer.states.at(-1), { state: 'stopped', reason });
    assert.equal(peer.sockets.length, 1);
  });
}

test('a token that expired is refreshed, and the new one is used', async () => {
  const peer = new Peer({ refreshToken: async () => 'token-2' });
  await peer.online();
  peer.socket.end(4401);
  await settled();
  await peer.runtime.advance(1_000);
  assert.equal(peer.sockets.length, 2);
  assert.equal(peer.socket.url.searchParams.get('token'), 'token-2');
});

test('without a fresh token it stops and asks for a login', async () => {
  const peer = new Peer({ refreshToken: () => null });
  await peer.online();
  peer.socket.end(4401);
  await peer.runtime.advance(60_000);
  assert.deepEqual(peer.states.at(-1), { state: 'stopped', reason: 'unauthenticated' });
  assert.equal(peer.sockets.length, 1);
});

test('a refresh that fails for now is tried again, and the user stays logged in', async () => {
  let calls = 0;
  const refreshToken = async () => {
    if (++calls === 1) {
      throw new Error('the server that gives tokens is down');
    }
    return 'token-2';
  };
  const peer = new Peer({ refreshToken });
  const socket = await peer.online();
  socket.end(4401);
  await settled();
  assert.equal(peer.client.state, 'waiting');
  assert.match(peer.warnings[0].message, /is down/);
  await peer.runtime.advance(2_000);
  peer.socket.accept();
  peer.socket.end(4401);
  await peer.runtime.advance(4_000);
  assert.equal(calls, 2);
  assert.equal(peer.socket.url.searchParams.get('token'), 'token-2');
  await peer.welcome();
  assert.equal(peer.client.state, 'online');
});

test('a renewed token is told to the session that is open', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  peer.client.renewToken('token-2');
  assert.equal(socket.sent(90)[0].content.token, 'token-2');
  socket.push({ type: 91, content: { user_id: 'alice', heartbeat_seconds: 30 } });
  await settled();
  assert.equal(socket.requests('sync').length, 1);
});

test('it beats as often as the server asks', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  for (let beat = 1; beat <= 3; beat++) {
    await peer.runtime.advance(30_000);
    assert.equal(socket.sent(99).length, beat);
    socket.push({ type: 99, timestamp: peer.runtime.now() });
  }
  assert.equal(peer.client.state, 'online');
});

test('a connection that answers no heartbeat is dead, whatever the socket says', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  await peer.runtime.advance(30_000 + 10_000);
  assert.equal(socket.closedWith, 1000);
  assert.equal(peer.client.state, 'waiting');
  await peer.runtime.advance(1_000);
  assert.equal(peer.sockets.length, 2);
});

test('a server that accepts and says nothing is given up', async () => {
  const peer = new Peer();
  peer.client.connect();
  await settled();
  peer.socket.accept();
  await peer.runtime.advance(15_000);
  assert.equal(peer.client.state, 'waiting');
});

test('waking up connects at once, or probes the connection that is there', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  peer.client.wake();
  assert.equal(socket.sent(99).length, 1);
  await peer.runtime.advance(3_000);
  assert.equal(peer.client.state, 'waiting');
  peer.client.wake();
  await settled();
  assert.equal(peer.sockets.length, 2);
});

test('a probe that is answered keeps the connection', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  peer.client.wake();
  socket.push({ type: 99, timestamp: 1 });
  await peer.runtime.advance(29_000);
  assert.equal(peer.client.state, 'online');
  assert.equal(peer.sockets.length, 1);
});

test('a closed client sets no timer and opens nothing', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  peer.client.close();
  assert.equal(socket.closedWith, 1000);
  assert.deepEqual(peer.runtime.pending, []);
  assert.deepEqual(peer.states.at(-1), { state: 'stopped', reason: 'closed' });
});

test('a session of another user is ended before anything is sent in it', async () => {
  const peer = new Peer();
  peer.client.sendText({ to: 'bob' }, 'from alice');
  peer.client.connect();
  await settled();
  await peer.welcome('mallory');
  assert.deepEqual(peer.states.at(-1), { state: 'stopped', reason: 'wrong_user' });
  assert.deepEqual(peer.socket.received, []);
});

test('the frames of an array are taken in order, and a bad one does not stop the rest', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  socket.push([entry(1), entry(2), null, { type: 4711 }, { type: 21 }, entry(3)]);
  assert.deepEqual(peer.messages.map(({ seq }) => seq), [1, 2, 3]);
  assert.equal(peer.client.state, 'online');
});

test('a client that is closed by what came takes nothing more, not of the same array either', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  peer.client.addEventListener('message', () => peer.client.close());
  socket.push([entry(1), entry(2)]);
  assert.deepEqual(peer.messages.map(({ seq }) => seq), [1]);
  assert.equal(peer.client.state, 'stopped');
});

test('what is not JSON is reported and ignored', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  socket.onmessage({ data: 'no json' });
  assert.equal(peer.warnings.length, 1);
  assert.equal(peer.client.state, 'online');
});

test('a request ends with its result or its typed error', async () => {
  const peer = new Peer();
  await peer.online();
  peer.methods['group.info'] = () => ({
    error: { code: 40404, reason: 'group_not_found', message: 'there is no such group' },
  });
  peer.methods['presence.get'] = () => ({ presences: [{ user_id: 'bob', online: true }] });
  assert.deepEqual(await peer.client.getPresence(['bob']), [{ user_id: 'bob', online: true }]);
  await assert.rejects(peer.client.request('group.info', { group_id: 'g' }), {
    name: 'ImError',
    code: 40404,
    reason: 'group_not_found',
    message: 'there is no such group',
  });
});

test('an ERROR frame ends the request that it echoes', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  const answer = peer.client.request('sync.more');
  const error = { code: 42901, reason: 'rate_limited', message: 'slow down', retry_after_ms: 70 };
  socket.push({ type: 93, message_id: socket.sent(40).at(-1).message_id, content: error });
  await assert.rejects(answer, { reason: 'rate_limited', retry_after_ms: 70 });
});

test('a request without response times out, and ends when the connection is lost', async () => {
  const peer = new Peer();
  const socket = await peer.online();
  const late = assert.rejects(peer.client.request('no.answer'), { code: 0, reason: 'timeout' });
  await peer.runtime.advance(15_000);
  await late;
  const lost = assert.rejects(peer.client.request('no.answer'), { reason: 'disconnected' });
  socket.end(1006);
  await lost;
  await assert.rejects(peer.client.request('no.answer'), { reason: 'disconnected' });
});

test('wrong options are refused with a word on what is right', () => {
  const good = { url: 'ws://chat.test/ws', user_id: 'alice', token: 't', WebSocket: class {} };
  for (const [wrong, message] of [
    [{ url: 'http://chat.test' }, /ws:\/\//],
    [{ user_id: 'a b' }, /user_id/],
    [{ token: '' }, /token/],
    [{ WebSocket: undefined }, /WebSocket/],
  ]) {
    const create = () => new ImClient({ ...good, ...wrong });
    assert.throws(create, (error) => error.reason === 'invalid_argument' && message.test(error));
  }
});
