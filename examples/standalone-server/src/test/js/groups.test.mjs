import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupAfter } from '../../main/resources/web/im-group-state.js';
import { Peer, entry, record, settled } from './peer.mjs';

const id = 'group:team';
const member = (user_id, role = 0, more = {}) => {
  return { user_id, role, nickname: '', muted_until: 0, joined_at: 1, ...more };
};
const info = (more = {}) => {
  return { group_id: 'team', name: 'Team', owner_id: 'alice', member_count: 2, ...more };
};
const event = (seq, type, content, more = {}) =>
  entry(seq, '', {
    ...{ type, conversation_id: id, from: content.operator_id },
    content: { group_id: 'team', target_ids: [], extra: {}, ...content },
    ...more,
  });

function groupOf(...members) {
  return { info: info(), members: new Map(members.map((each) => [each.user_id, each])) };
}

/** A client of alice, who is in the group `team` with these members. */
async function inTeam(...members) {
  const peer = new Peer();
  peer.methods['group.list'] = () => ({ groups: [info()] });
  peer.methods['group.info'] = () => ({ ...info(), me: members[0] });
  peer.methods['group.members'] = () => ({ members, total: members.length });
  peer.methods['conversation.readers'] = () => ({ read: { bob: 2 } });
  await peer.online();
  return peer;
}

const names = (peer) => peer.client.groups.members('team').map(({ user_id }) => user_id);

test('a group is known by its list, its members when it is watched', async () => {
  const peer = await inTeam(member('alice', 2), member('carol'), member('bob', 1));
  assert.equal(peer.client.groups.info('team').name, 'Team');
  assert.deepEqual(names(peer), []);
  peer.client.groups.watch('team');
  await settled();
  assert.deepEqual(names(peer), ['alice', 'bob', 'carol']);
  assert.equal(peer.client.groups.me('team').role, 2);
});

test('events change what is known without asking again', async () => {
  const peer = await inTeam(member('alice', 2), member('bob'));
  peer.client.groups.watch('team');
  await settled();
  const asked = peer.socket.requests('group.info').length;
  peer.socket.push([
    event(1, 11, { operator_id: 'alice', target_ids: ['carol'] }),
    event(2, 16, { operator_id: 'alice', target_ids: ['bob'], extra: { role: 1 } }),
    event(3, 15, { operator_id: 'bob', field: 'name', new_value: 'Crew' }),
    event(4, 15, { operator_id: 'carol', field: 'nickname', new_value: 'Caro' }),
    event(5, 17, { operator_id: 'bob', target_ids: ['carol'], extra: { mute_until: 99 } }),
    event(6, 17, { operator_id: 'bob', extra: { mute_all: true } }),
    event(7, 18, { operator_id: 'alice', target_ids: ['bob'] }),
  ]);
  const { groups } = peer.client;
  assert.deepEqual(names(peer), ['bob', 'alice', 'carol']);
  assert.equal(groups.info('team').name, 'Crew');
  assert.equal(groups.info('team').member_count, 3);
  assert.equal(groups.info('team').owner_id, 'bob');
  assert.equal(groups.info('team').mute_all, true);
  assert.equal(groups.me('team').role, 0);
  const { nickname, muted_until, invited_by } = groups.member('team', 'carol');
  assert.deepEqual({ nickname, muted_until, invited_by }, { nickname: 'Caro', muted_until: 99, invited_by: 'alice' });
  assert.equal(peer.socket.requests('group.info').length, asked);
});

test('an event that names not all of whom it is about makes the client ask again', async () => {
  const peer = await inTeam(member('alice', 2), member('bob'));
  peer.client.groups.watch('team');
  await settled();
  peer.methods['group.members'] = () => ({ members: [member('alice', 2), member('zoe')], total: 2 });
  const content = { operator_id: 'alice', target_ids: ['bob'], extra: { target_count: 250 } };
  peer.socket.push(event(1, 11, content));
  await settled();
  await settled();
  assert.deepEqual(names(peer), ['alice', 'zoe']);
});

test('an event applied twice, or told again after an answer that has it, changes nothing', () => {
  const joined = event(1, 11, { operator_id: 'alice', target_ids: ['carol'] });
  const kicked = event(2, 13, { operator_id: 'alice', target_ids: ['bob'] });
  const once = [joined, kicked].reduce(groupAfter, groupOf(member('alice', 2), member('bob')));
  assert.deepEqual([joined, kicked].reduce(groupAfter, once), once);
  assert.deepEqual([...once.members.keys()], ['alice', 'carol']);
});

test('whoever is taken out of a group knows by whom, and is back with the next event', async () => {
  const peer = await inTeam(member('alice'), member('bob', 2));
  peer.socket.push(event(1, 10, { operator_id: 'bob', target_ids: ['bob', 'alice'], extra: { name: 'Team' } }));
  peer.socket.push(event(2, 13, { operator_id: 'bob', target_ids: ['alice'] }));
  let conversation = peer.client.conversation(id);
  assert.equal(conversation.left, true);
  assert.equal(conversation.ended_by.from, 'bob');
  peer.socket.push(event(3, 11, { operator_id: 'bob', target_ids: ['alice'] }));
  conversation = peer.client.conversation(id);
  assert.equal(conversation.left, false);
  assert.equal(conversation.ended_by, null);
  assert.equal(conversation.group_name, 'Team');
});

test('a sync tells that a group was left on another device, and by what', async () => {
  const peer = new Peer();
  const left = event(4, 12, { operator_id: 'alice', target_ids: ['alice'] });
  const conversation = { ...record(4), conversation_id: id, type: 2, group_id: 'team', left: true };
  peer.methods.sync = ({ cursors }) => ({
    conversations: cursors[id] ? [] : [{ conversation, messages: [left], has_more: false }],
    has_more: false,
  });
  peer.methods['conversation.list'] = () => ({ conversations: [conversation] });
  await peer.online();
  assert.equal(peer.client.conversation(id).left, true);
  assert.equal(peer.client.conversation(id).ended_by.type, 12);
});

test('group events stand between the messages, and are not unread', async () => {
  const peer = await inTeam(member('alice', 2), member('bob'));
  const said = entry(2, 'hello', { type: 2, conversation_id: id });
  peer.socket.push([event(1, 10, { operator_id: 'bob' }), said, event(3, 14, { operator_id: 'bob' })]);
  assert.deepEqual(peer.client.entries(id).map(({ type }) => type), [10, 2, 14]);
  assert.deepEqual(peer.client.messages(id).map(({ seq }) => seq), [2]);
  const { unread_count, last_event, last_message } = peer.client.conversation(id);
  assert.equal(unread_count, 1);
  assert.equal(last_event.seq, 3);
  assert.equal(last_message.seq, 2);
});

test('who has read what is asked for once and then heard', async () => {
  const peer = await inTeam(member('alice', 2), member('bob'), member('carol'));
  const { readership } = peer.client;
  readership.watch(id);
  await settled();
  assert.deepEqual(readership.of(id), { bob: 2 });
  const receipt = (from, last_read_seq) =>
    peer.socket.push({ type: 21, from, conversation_id: id, content: { last_read_seq } });
  receipt('carol', 5);
  receipt('carol', 3);
  receipt('bob', 4);
  assert.deepEqual(readership.of(id), { bob: 4, carol: 5 });
  readership.unwatch(id);
  assert.deepEqual(readership.of(id), {});
});

test('a request to join is told', async () => {
  const peer = await inTeam(member('alice', 2));
  const heard = [];
  peer.client.addEventListener('join_request', ({ detail }) => heard.push(detail));
  const content = { group_id: 'team', request_id: 'r-1', user_id: 'erin', note: '' };
  peer.socket.push({ type: 19, content });
  assert.deepEqual(heard, [content]);
});

test('an unread mention marks the conversation until it is read or revoked', async () => {
  const peer = await inTeam(member('alice'), member('bob', 2));
  const say = (seq, mentions) => entry(seq, 'hey', { type: 2, conversation_id: id, mentions });
  const mentioned = () => peer.client.conversation(id).mentioned;
  peer.socket.push(say(1, ['carol']));
  assert.equal(mentioned(), false);
  peer.socket.push(say(2, ['alice']));
  assert.equal(mentioned(), true);
  peer.client.markRead(id, 2);
  assert.equal(mentioned(), false);
  peer.socket.push(say(3, ['*']));
  assert.equal(mentioned(), true);
  const content = { target_message_id: 'm-3', target_seq: 3 };
  peer.socket.push(entry(4, '', { type: 22, conversation_id: id, content }));
  assert.equal(mentioned(), false);
});

test('of a mention that is not here the server tells', async () => {
  const peer = new Peer();
  const conversation = record(90, { read_seq: 3, unread_count: 87, mentioned: true, mention_seq: 5 });
  const messages = [entry(89), entry(90)];
  peer.methods.sync = ({ cursors }) => ({
    conversations: cursors['alice:bob'] ? [] : [{ conversation, messages, has_more: false }],
    has_more: false,
  });
  peer.methods['conversation.list'] = () => ({ conversations: [conversation] });
  await peer.online();
  assert.equal(peer.client.conversation('alice:bob').mentioned, true);
  peer.client.markRead('alice:bob', 90);
  assert.equal(peer.client.conversation('alice:bob').mentioned, false);
});

test('a hidden group comes back with its next event, not with what is done to a message', async () => {
  const peer = await inTeam(member('alice', 2), member('bob'));
  peer.socket.push([entry(1, 'hi', { conversation_id: id, type: 2 })]);
  peer.socket.push({ type: 28, conversation_id: id, content: { hidden: true } });
  const content = { target_message_id: 'm-1', emoji: '👍', op: 'add' };
  peer.socket.push([entry(2, '', { conversation_id: id, type: 25, content })]);
  assert.deepEqual(peer.client.conversations(), []);
  peer.socket.push([event(3, 11, { operator_id: 'bob', target_ids: ['carol'] })]);
  assert.equal(peer.client.conversations().length, 1);
});
