import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { TEXTS } from '../../main/resources/web/texts.js';

const web = new URL('../../main/resources/web/', import.meta.url);
const read = (name) => readFileSync(new URL(name, web), 'utf8');
const scripts = readdirSync(web).filter((name) => name.endsWith('.js'));
const html = read('index.html');
const all = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1]);

test('every text is there in both languages, with the same gaps to fill', () => {
  assert.deepEqual(Object.keys(TEXTS.zh).sort(), Object.keys(TEXTS.en).sort());
  for (const [key, text] of Object.entries(TEXTS.en)) {
    const gaps = (language) => all(TEXTS[language][key], /\{(\w+)\}/g).sort();
    assert.deepEqual(gaps('zh'), gaps('en'), key);
    assert.notEqual(text, '', key);
  }
});

test('every text that the page asks for exists', () => {
  const keys = all(html, /data-i18n(?:-\w+)?="([^"]+)"/g);
  for (const name of scripts) {
    keys.push(...all(read(name), /\bt\('([\w.]+)'/g));
    keys.push(...all(read(name), /\bplural\('([\w.]+)'/g).map((key) => `${key}.other`));
  }
  assert.ok(keys.length > 60, `${keys.length} keys`);
  assert.deepEqual(keys.filter((key) => !(key in TEXTS.en)), []);
});

test('what the login can be refused for is said in the language of the page', () => {
  for (const reason of ['unauthenticated', 'user_already_exists', 'rate_limited', 'unavailable', 'internal']) {
    assert.ok(`error.${reason}` in TEXTS.zh, reason);
  }
});

test('the page runs under a content security policy without exceptions', () => {
  assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
  for (const name of scripts) {
    assert.doesNotMatch(read(name), /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(/);
  }
});

test('the page fetches nothing from elsewhere', () => {
  for (const name of ['index.html', 'style.css', ...scripts]) {
    assert.doesNotMatch(read(name), /(?:src|href)="(?:https?:)?\/\/|@import|url\(/, name);
  }
});

test('the client is usable alone: it needs no module but its own', () => {
  for (const name of scripts.filter((each) => each.startsWith('im-'))) {
    for (const imported of all(read(name), /from '([^']+)'/g)) {
      assert.match(imported, /^\.\/im-[\w-]+\.js$/, `${name} imports ${imported}`);
    }
    assert.doesNotMatch(read(name), /\b(?:document|window)\b/, name);
  }
});

test('every name that a browser test holds on to is listed at the top of the page', () => {
  const [list] = all(html, /<!--([\s\S]*?)-->/g);
  const names = all(html, /data-testid="([\w-]+)"/g);
  for (const name of scripts) {
    names.push(...all(read(name), /testid: '([\w-]+)'/g));
  }
  const listed = new Set(list.match(/[\w-]+/g));
  assert.deepEqual(names.filter((name) => !listed.has(name)), []);
});
