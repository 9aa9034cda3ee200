import assert from 'node:assert/strict';
import { test } from 'node:test';
import { qualified, shownReactions, spellingsOf } from '../../main/resources/web/emoji.js';

test('an emoji is spelled so that it is a picture everywhere', () => {
  const spellings = [
    ['\u2764', '\u2764\uFE0F'],
    ['\u2764\uFE0E', '\u2764\uFE0F'],
    ['\u2764\uFE0F', '\u2764\uFE0F'],
    ['👍', '👍'],
    ['👍\uFE0F', '👍'],
    ['👍🏽', '👍🏽'],
    ['✌🏽', '✌🏽'],
    ['✌', '✌\uFE0F'],
    ['1\u20E3', '1\uFE0F\u20E3'],
    ['🇦🇹', '🇦🇹'],
    ['🏳\u200D🌈', '🏳\uFE0F\u200D🌈'],
    ['👩\u200D❤\u200D👨', '👩\u200D❤\uFE0F\u200D👨'],
    ['⛹🏻\u200D♂', '⛹🏻\u200D♂\uFE0F'],
    ['🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}', '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'],
  ];
  for (const [given, expected] of spellings) {
    assert.equal(qualified(given), expected);
  }
});

test('reactions that differ in their spelling only are shown as one, each user once', () => {
  const reactions = { '\u2764': ['bob', 'carol'], '👍': ['bob'], '\u2764\uFE0F': ['alice', 'bob'] };
  assert.deepEqual(shownReactions(reactions), [
    { emoji: '\u2764\uFE0F', userIds: ['bob', 'carol', 'alice'] },
    { emoji: '👍', userIds: ['bob'] },
  ]);
});

test('a reaction is taken back in every spelling that the user gave', () => {
  const reactions = { '\u2764': ['bob'], '👍': ['bob'], '\u2764\uFE0F': ['alice', 'bob'] };
  assert.deepEqual(spellingsOf('\u2764', reactions, 'bob'), ['\u2764', '\u2764\uFE0F']);
  assert.deepEqual(spellingsOf('\u2764', reactions, 'alice'), ['\u2764\uFE0F']);
  assert.deepEqual(spellingsOf('👍', reactions, 'alice'), []);
});
