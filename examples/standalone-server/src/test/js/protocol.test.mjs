import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  backOffMillis,
  createIds,
  isUserId,
  parseConversationId,
  singleConversationId,
} from '../../main/resources/web/im-protocol.js';

test('an id is a UUIDv7 that carries its millisecond', () => {
  const id = createIds(() => 1_700_000_000_000)();
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(parseInt(id.replaceAll('-', '').slice(0, 12), 16), 1_700_000_000_000);
});

test('ids grow within a millisecond and when the clock steps back', () => {
  let now = 1_700_000_000_000;
  const next = createIds(() => now);
  const ids = Array.from({ length: 6_000 }, () => next());
  now -= 60_000;
  ids.push(next());
  assert.deepEqual([...ids].sort(), ids);
  assert.equal(new Set(ids).size, ids.length);
});

test('back-off doubles from one second to thirty, less up to a half by chance', () => {
  const ceilings = [1, 2, 4, 8, 16, 30, 30, 30].map((seconds) => seconds * 1_000);
  ceilings.forEach((ceiling, attempt) => {
    assert.equal(backOffMillis(attempt, () => 0), ceiling / 2);
    assert.equal(backOffMillis(attempt, () => 1), ceiling);
  });
  assert.equal(backOffMillis(5_000, () => 1), 30_000);
});

test('a one-to-one conversation has one id, whoever makes it', () => {
  assert.equal(singleConversationId('bob', 'alice'), 'alice:bob');
  assert.equal(singleConversationId('Zoe', 'alice'), 'Zoe:alice');
  assert.equal(singleConversationId('a-b', 'a'), 'a:a-b');
});

test('a conversation id tells who the other party is', () => {
  assert.deepEqual(parseConversationId('alice:bob', 'bob'), { type: 1, peer_id: 'alice' });
  assert.deepEqual(parseConversationId('alice:bob', 'alice'), { type: 1, peer_id: 'bob' });
  assert.deepEqual(parseConversationId('group:g1', 'bob'), { type: 2, group_id: 'g1' });
});

test('user ids are checked as the protocol says', () => {
  for (const good of ['a', 'A.b_c-d@e', 'x'.repeat(64)]) {
    assert.ok(isUserId(good), good);
  }
  for (const bad of ['', 'x'.repeat(65), 'a b', 'a:b', '张三', 'system', 'group', undefined, null, 7]) {
    assert.ok(!isUserId(bad), bad);
  }
});
