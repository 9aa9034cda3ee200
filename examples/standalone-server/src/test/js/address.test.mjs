import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conversationInAddress } from '../../main/resources/web/address.js';

test('the address names a conversation of this user', () => {
  for (const [hash, id] of [
    ['#/alice:bob', 'alice:bob'],
    ['#/bob:alice', 'alice:bob'],
    ['#alice%3Abob', 'alice:bob'],
    ['#/alice:system', 'alice:system'],
    ['#/alice:alice', 'alice:alice'],
    ['#/group:g1', 'group:g1'],
  ]) {
    assert.equal(conversationInAddress(hash, 'alice'), id, hash);
  }
});

test('an address that names no conversation of this user names none', () => {
  for (const hash of ['', '#/', '#/alice', '#/bob:carol', '#/alice:', '#/alice:bob:x', '#/alice:b b', '#/group:', '#/system:system', '#/alice:<b>']) {
    assert.equal(conversationInAddress(hash, 'alice'), null, hash);
  }
});
