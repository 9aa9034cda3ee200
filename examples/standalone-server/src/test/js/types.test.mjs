import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as client from '../../main/resources/web/im-client.js';

const web = new URL('../../main/resources/web/', import.meta.url);
const types = readFileSync(new URL('im-client.d.ts', web), 'utf8');
const all = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1]);
const unique = (names) => [...new Set(names)].sort();

test('the types declare exactly what the module exports', () => {
  const declared = all(types, /^export (?:class|const|function) (\w+)/gm);
  assert.deepEqual(unique(declared), unique(Object.keys(client)));
});

test('the types declare exactly the members of the client', () => {
  const [body] = all(types, /^export class ImClient [^{]*\{\n([\s\S]*?)^\}/gm);
  const declared = all(body, /^  (?:readonly )?(\w+)(?=[(:<])/gm);
  const inherited = ['addEventListener', 'removeEventListener'];
  const actual = Object.getOwnPropertyNames(client.ImClient.prototype);
  assert.deepEqual(unique(declared), unique([...actual, ...inherited]));
});

test('the types list exactly the events that the client emits', () => {
  const [body] = all(types, /^export interface ImClientEvents \{\n([\s\S]*?)^\}/gm);
  const emitted = ['im-client.js', 'im-inbox.js'].flatMap((name) =>
    all(readFileSync(new URL(name, web), 'utf8'), /#emit\('(\w+)'/g),
  );
  assert.deepEqual(unique(all(body, /^  (\w+):/gm)), unique(emitted));
});
