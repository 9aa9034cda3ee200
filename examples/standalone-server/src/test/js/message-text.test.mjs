import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFewEmoji, mentionsIn, splitLinks, splitText } from '../../main/resources/web/message-text.js';

const links = (text) => splitLinks(text).filter(({ isLink }) => isLink).map((part) => part.text);

test('addresses are links, and what ends the sentence around them is not part of them', () => {
  for (const [text, ...expected] of [
    ['nothing here'],
    ['see https://a.example/x?y=1&z=2#f.', 'https://a.example/x?y=1&z=2#f'],
    ['(http://a.example)', 'http://a.example'],
    ['https://zh.wikipedia.org/wiki/Foo_(bar), https://b.example!', 'https://zh.wikipedia.org/wiki/Foo_(bar)', 'https://b.example'],
    ['(see https://a.example/Foo_(bar)).', 'https://a.example/Foo_(bar)'],
    ['看这里：https://a.example/路径，谢谢', 'https://a.example/路径'],
  ]) {
    assert.deepEqual(links(text), expected, text);
    assert.equal(splitLinks(text).map((part) => part.text).join(''), text);
  }
});

test('only addresses of the web are links', () => {
  for (const text of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/x', 'xhttps:/a', '']) {
    assert.deepEqual(links(text), [], text);
  }
});

test('up to three emoji and nothing else are few', () => {
  for (const text of ['😀', '😂😂😂', '👍🏽', '👩‍👩‍👧', '🇨🇳', '❤️', '🎉 🎉']) {
    assert.ok(isFewEmoji(text), text);
  }
  for (const text of ['', 'ok', '😀 ok', '1', '123', '😀😀😀😀', '好']) {
    assert.ok(!isFewEmoji(text), text);
  }
});

const mentions = (text, ids, everybody = ['all']) =>
  splitText(text, ids, everybody).flatMap((part) => (part.mentions ? [[part.text, part.mentions]] : []));

test('who is mentioned stands out, without what ends the sentence', () => {
  assert.deepEqual(mentions('@bob, and @ann.b. Not @carol', ['bob', 'ann.b']), [
    ['@bob', 'bob'],
    ['@ann.b', 'ann.b'],
  ]);
  assert.deepEqual(mentions('write to x@bob or https://a.test/@bob', ['bob']), []);
  assert.deepEqual(mentions('@bob@example.org', ['bob@example.org']), [['@bob@example.org', 'bob@example.org']]);
  assert.deepEqual(mentions('你好 @bob，在吗', ['bob']), [['@bob', 'bob']]);
});

test('everybody is mentioned only by a message that does', () => {
  assert.deepEqual(mentions('@all come', ['*']), [['@all', '*']]);
  assert.deepEqual(mentions('@所有人 来吧', ['*'], ['所有人']), [['@所有人', '*']]);
  assert.deepEqual(mentions('@all come', ['bob']), []);
});

test('the parts of a text are the text', () => {
  const text = '@bob: see https://a.test/x, @all! @nobody @bob';
  const parts = splitText(text, ['bob', '*'], ['all']);
  assert.equal(parts.map((part) => part.text).join(''), text);
});

test('a message mentions the members whom its text names', () => {
  assert.deepEqual(mentionsIn('@bob @bob and @eve and @all', ['bob', 'carol'], []), ['bob']);
  assert.deepEqual(mentionsIn('@all', ['bob'], ['all']), ['*']);
});
