import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFewEmoji, splitLinks } from '../../main/resources/web/message-text.js';

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
