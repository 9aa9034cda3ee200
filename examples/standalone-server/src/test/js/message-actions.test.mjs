import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Peer, entry, record, settled } from './peer.mjs';

const id = 'alice:bob';

async function withMessages(...entries) {
  const peer = new Peer();
  await peer.online();
  peer.socket.push(entries);
  return peer;
}

test('a message changes when the log says so, not when it is asked for', async () => {
  const peer = await withMessages(entry(1, 'one', { from: 'alice' }));
  peer.methods['message.edit'] = () => ({ seq: 2 });
  const message = peer.client.message(id, 'm-1');
  await peer.client.actions.edit(message, { text: 'two' });
  assert.deepEqual(peer.socket.requests('message.edit'), [
    { conversation_id: id, message_id: 'm-1', content: { text: 'two' } },
  ]);
  assert.deepEqual(peer.texts(), ['one']);
  const content = { target_message_id: 'm-1', content: { text: 'two' } };
  peer.socket.push(entry(2, '', { type: 24, from: 'alice', content }));
  assert.deepEqual(peer.texts(), ['two']);
});

test('what the server refuses is told and changes nothing', async () => {
  const peer = await withMessages(entry(1));
  const error = { code: 40309, reason: 'revoke_window_passed', message: 'too late' };
  peer.methods['message.revoke'] = () => ({ error });
  const message = peer.client.message(id, 'm-1');
  await assert.rejects(peer.client.actions.revoke(message), { reason: 'revoke_window_passed' });
  assert.equal(peer.client.message(id, 'm-1').revoked, false);
});

test('who revoked is known where the entry is here', async () => {
  const peer = await withMessages(entry(1), entry(2, '', { content: { revoked: true } }));
  const content = { target_message_id: 'm-1', target_seq: 1 };
  peer.socket.push(entry(3, '', { type: 22, from: 'carol', content }));
  const [one, other] = peer.client.messages(id);
  assert.equal(one.revoked_by, 'carol');
  assert.equal(other.revoked, true);
  assert.equal(other.revoked_by, undefined);
});

test('a revision of a message that is not here is told and harmless', async () => {
  const peer = await withMessages();
  const heard = [];
  peer.client.addEventListener('revision', ({ detail }) => heard.push(detail.entry.type));
  const content = { target_message_id: 'm-far', op: 'add', emoji: '👍', content: {} };
  peer.socket.push([22, 24, 25, 26].map((type, i) => entry(i + 1, '', { type, content })));
  assert.deepEqual(heard, [22, 24, 25, 26]);
  assert.deepEqual(peer.client.messages(id), []);
});

test('what the user deleted is gone, here and when another device did it', async () => {
  const peer = await withMessages(entry(1), entry(2), entry(3));
  peer.methods['message.delete'] = () => ({});
  await peer.client.actions.delete(id, [peer.client.message(id, 'm-2')]);
  assert.deepEqual(peer.texts(), ['message 1', 'message 3']);
  peer.socket.push({ type: 28, conversation_id: id, content: { deleted_seqs: [3, 5] } });
  peer.socket.push([entry(4), entry(5)]);
  assert.deepEqual(peer.texts(), ['message 1', 'message 4']);
  assert.equal(peer.client.conversation(id).unread_count, 2);
  await settled();
});

test('pins, forwards and searches are the server’s answers', async () => {
  const peer = await withMessages(entry(1));
  peer.methods['message.pinned'] = () => ({ messages: [entry(1)] });
  peer.methods['message.forward'] = () => ({ messages: [{ seq: 7 }] });
  peer.methods['message.search'] = () => ({ messages: [], next_page_token: 'more' });
  const { actions } = peer.client;
  assert.equal((await actions.pinned(id))[0].seq, 1);
  assert.deepEqual(await actions.forward(id, ['m-1'], 'group:team'), [{ seq: 7 }]);
  assert.deepEqual(peer.socket.requests('message.forward'), [
    { conversation_id: id, message_ids: ['m-1'], target_conversation_id: 'group:team', merge: false },
  ]);
  assert.equal((await actions.search({ query: 'x' })).next_page_token, 'more');
});

test('a message that destroys itself is gone when its time has come', async () => {
  const peer = await withMessages(entry(1), entry(2, 'burn this', { expires_in: 60 }));
  const changes = [];
  peer.client.addEventListener('conversation', () => changes.push(peer.texts().length));
  assert.equal(peer.client.conversation(id).unread_count, 2);
  await peer.runtime.advance(61_000);
  assert.equal(changes.at(-1), 1);
  assert.deepEqual(peer.texts(), ['message 1']);
  assert.equal(peer.client.conversation(id).unread_count, 1);
  assert.equal(peer.client.conversation(id).last_message.seq, 1);
});

test('what has destroyed itself is not the last message any more, whoever named it', async () => {
  const peer = new Peer();
  const last_message = entry(2, 'burn this', { expires_in: 60 });
  const conversation = record(2, { last_message });
  const messages = [entry(1), last_message];
  peer.methods.sync = () => ({ conversations: [{ conversation, messages }], has_more: false });
  await peer.online();
  const { expires_at, timestamp } = peer.client.conversation(id).last_message;
  assert.equal(expires_at, timestamp + 60_000);
  await peer.runtime.advance(61_000);
  assert.equal(peer.client.conversation(id).last_message.seq, 1);
});

test('what a message said before is given a page at a time', async () => {
  const peer = await withMessages(entry(1));
  peer.methods['message.edits'] = ({ page_token }) =>
    page_token ? { edits: [{ since: 2 }] } : { edits: [{ since: 1 }], next_page_token: 'more' };
  const edits = await peer.client.actions.edits(peer.client.message(id, 'm-1'));
  assert.deepEqual(edits, [{ since: 1 }, { since: 2 }]);
  const [, second] = peer.socket.requests('message.edits');
  assert.deepEqual(second, { conversation_id: id, message_id: 'm-1', page_token: 'more' });
});

test('what was deleted while there was no connection is asked for, a range at a time', async () => {
  const peer = await withMessages(entry(1), entry(2));
  peer.methods['message.deleted'] = ({ from_seq }) => ({ deleted_seqs: from_seq === 1 ? [2] : [] });
  await peer.client.actions.learnDeleted(id, 1, 10_500);
  const asked = peer.socket.requests('message.deleted').map(({ from_seq, to_seq }) => [from_seq, to_seq]);
  assert.deepEqual(asked, [[1, 10_000], [10_001, 10_500]]);
  assert.deepEqual(peer.texts(), ['message 1']);
});
