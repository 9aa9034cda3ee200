import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConversationLog } from '../../main/resources/web/im-conversation-log.js';
import { entry } from './peer.mjs';

const seqs = (entries) => entries.map(({ seq }) => seq);
const revision = (seq, type, target, content, more) =>
  entry(seq, '', { type, content: { target_message_id: `m-${target}`, ...content }, ...more });
const revoke = (seq, target) => revision(seq, 22, target, { target_seq: target });
const edit = (seq, target, text) => revision(seq, 24, target, { content: { text } });

function logOf(...entries) {
  const log = new ConversationLog();
  entries.forEach((each) => log.offer(each));
  return log;
}

test('entries apply in order and each once', () => {
  const log = new ConversationLog();
  assert.deepEqual(seqs(log.offer(entry(1))), [1]);
  assert.deepEqual(seqs(log.offer(entry(2))), [2]);
  assert.deepEqual(log.offer(entry(1)), []);
  assert.deepEqual(log.offer(entry(2)), []);
  assert.deepEqual(seqs(log.messages), [1, 2]);
});

test('what lies behind a gap waits until the gap is filled', () => {
  const log = logOf(entry(1), entry(4), entry(3));
  assert.deepEqual(seqs(log.messages), [1]);
  assert.equal(log.gapEnd, 3);
  assert.deepEqual(seqs(log.fill([entry(2), entry(3)])), [2, 3, 4]);
  assert.equal(log.head, 4);
  assert.equal(log.gapEnd, null);
});

test('an answer of the server is complete: a seq missing there is hidden from this user', () => {
  const log = logOf(entry(1), entry(5));
  assert.deepEqual(seqs(log.fill([entry(2), entry(4)])), [2, 4, 5]);
});

test('the newest page of a log opens it, and history goes on below', () => {
  const log = new ConversationLog();
  log.open([entry(8), entry(9)], true);
  assert.equal(log.isComplete, false);
  log.prepend([entry(6), entry(7), entry(8)], true);
  assert.deepEqual(seqs(log.messages), [6, 7, 8, 9]);
  log.prepend([entry(2), entry(5)], false);
  assert.deepEqual(seqs(log.messages), [2, 5, 6, 7, 8, 9]);
  assert.equal(log.isComplete, true);
});

test('a page that does not reach down to the head leaves a gap', () => {
  const log = logOf(entry(1));
  assert.deepEqual(log.open([entry(8), entry(9)], true), []);
  assert.equal(log.gapEnd, 8);
});

test('a revoked message reads revoked, and an edit behind that does nothing', () => {
  const log = logOf(entry(1, 'secret'), revoke(2, 1), edit(3, 1, 'secret again'));
  assert.equal(log.messages.length, 1);
  assert.deepEqual(log.messages[0].content, { revoked: true });
  assert.equal(log.messages[0].revoked, true);
  assert.equal(log.messages[0].edited_at, undefined);
});

test('the last of several edits stands, with its time', () => {
  const log = logOf(entry(1, 'one'), edit(2, 1, 'two'), edit(3, 1, 'three'));
  assert.equal(log.messages[0].content.text, 'three');
  assert.equal(log.messages[0].edited_at, entry(3).timestamp);
});

test('reactions are sets of users, and a pin can be taken off', () => {
  const react = (seq, from, op) => revision(seq, 25, 1, { emoji: '👍', op }, { from });
  const log = logOf(entry(1), react(2, 'bob', 'add'), react(3, 'bob', 'add'));
  log.offer(react(4, 'alice', 'add'));
  assert.deepEqual(log.messages[0].reactions, { '👍': ['bob', 'alice'] });
  log.offer(react(5, 'bob', 'remove'));
  log.offer(react(6, 'alice', 'remove'));
  assert.deepEqual(log.messages[0].reactions, {});
  log.offer(revision(7, 26, 1, { op: 'add' }));
  assert.equal(log.messages[0].pinned, true);
  log.offer(revision(8, 26, 1, { op: 'remove' }));
  assert.equal(log.messages[0].pinned, false);
});

test('a revision whose target comes later with the history is applied then', () => {
  const log = new ConversationLog();
  log.open([entry(7), edit(8, 5, 'edited'), revoke(9, 6)], true);
  log.prepend([entry(5, 'original'), entry(6, 'secret')], true);
  assert.equal(log.message('m-5').content.text, 'edited');
  assert.equal(log.message('m-6').revoked, true);
});

test('history in which the server has applied a revision already reads the same', () => {
  const log = new ConversationLog();
  log.open([edit(8, 5, 'second'), edit(9, 5, 'third')], true);
  log.prepend([edit(7, 5, 'first')], true);
  log.prepend([entry(5, 'third', { edited_at: 1 }), entry(6)], true);
  assert.equal(log.message('m-5').content.text, 'third');
  assert.equal(log.message('m-5').edited_at, entry(9).timestamp);
});

test('entries of types that this client does not know keep the log whole', () => {
  const log = logOf(entry(1), entry(2, '', { type: 77 }), entry(3));
  assert.deepEqual(seqs(log.messages), [1, 3]);
  assert.equal(log.head, 3);
});

test('an entry that lacks its content or its time is a message without either', () => {
  const log = logOf(entry(1, '', { content: null, timestamp: undefined }), entry(2));
  assert.deepEqual(log.messages.map(({ content }) => content), [{}, { text: 'message 2' }]);
  assert.equal(log.messages[0].timestamp, 0);
});

test('any order and repetition of the same entries gives the same messages', () => {
  const all = [
    entry(1),
    entry(2),
    edit(3, 1, 'edited'),
    entry(4),
    revoke(5, 2),
    revision(6, 25, 4, { emoji: '🎉', op: 'add' }),
    entry(7),
  ];
  const expected = logOf(...all).messages;
  let seed = 1;
  const chance = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  for (let round = 0; round < 200; round++) {
    const shuffled = [...all, ...all]
      .map((each) => [chance(), each])
      .sort(([one], [other]) => one - other)
      .map(([, each]) => each);
    assert.deepEqual(logOf(...shuffled).messages, expected);
  }
});

test('a cleared conversation shows what comes after', () => {
  const log = logOf(entry(1), entry(2));
  assert.equal(log.clear(2), true);
  assert.equal(log.clear(2), false);
  assert.deepEqual(log.messages, []);
  assert.equal(log.isComplete, true);
  assert.deepEqual(seqs(log.offer(entry(3))), [3]);
  assert.deepEqual(seqs(log.messages), [3]);
});

test('what was cleared before it came stays hidden, and the log whole', () => {
  const log = logOf(entry(1));
  log.clear(3);
  assert.deepEqual(seqs(log.offer(entry(2))), [2]);
  assert.deepEqual(log.offer(entry(4)), []);
  log.offer(entry(3));
  assert.deepEqual(seqs(log.messages), [4]);
  assert.equal(log.head, 4);
});

test('a log that was cleared long ago still has what came since to load', () => {
  const log = new ConversationLog();
  log.clear(4);
  log.open([entry(8), entry(9)], true);
  assert.equal(log.isComplete, false);
  log.prepend([entry(5), entry(6), entry(7)], true);
  assert.deepEqual(seqs(log.messages), [5, 6, 7, 8, 9]);
  assert.equal(log.isComplete, true);
});

test('the first entry after what was cleared opens a log of which nothing was known', () => {
  const log = new ConversationLog();
  log.clear(4);
  assert.deepEqual(seqs(log.offer(entry(5))), [5]);
  assert.equal(log.isComplete, true);
});
