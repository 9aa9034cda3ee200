import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStorage } from '../../main/resources/web/im-client.js';
import { SeenNames } from '../../main/resources/web/im-seen-names.js';
import { Peer, record, settled } from './peer.mjs';

const KEY = 'embedim:names:alice';

function seen(storage, warnings = []) {
  return new SeenNames(storage, 'alice', (error) => warnings.push(error));
}

test('the name of a group that one has left outlives the page', async () => {
  const peer = new Peer();
  const info = { group_id: 'g', name: 'Secret circle', member_count: 2 };
  peer.methods['group.list'] = () => ({ groups: [info] });
  await peer.online();
  await settled();
  const conversation = record(7, { conversation_id: 'group:g', type: 2, group_id: 'g', left: true });
  peer.methods['group.list'] = () => ({ groups: [] });
  peer.methods.sync = () => ({ conversations: [{ conversation, messages: [] }], has_more: false });
  const later = peer.newClient();
  await peer.online(later);
  assert.equal(later.groups.info('g'), undefined);
  assert.equal(later.conversation('group:g').group_name, 'Secret circle');
  assert.equal(later.conversation('group:other').group_name, null);
});

test('the latest five hundred names are kept', () => {
  const storage = new MemoryStorage();
  const names = seen(storage);
  for (let i = 0; i < 501; i++) {
    names.see(`g-${i}`, `Group ${i}`);
    names.see('first', `Name ${i}`);
  }
  const again = seen(storage);
  assert.equal(again.get('g-500'), 'Group 500');
  assert.equal(again.get('first'), 'Name 500');
  assert.equal(again.get('g-1'), undefined);
  assert.equal(JSON.parse(storage.getItem(KEY)).length, 500);
});

test('two tabs do not overwrite what the other has seen', () => {
  const storage = new MemoryStorage();
  const [one, other] = [seen(storage), seen(storage)];
  one.see('a', 'Ants');
  other.see('b', 'Bees');
  assert.deepEqual([seen(storage).get('a'), seen(storage).get('b')], ['Ants', 'Bees']);
});

test('what is no list of names is no harm', () => {
  const storage = new MemoryStorage();
  for (const text of ['{', 'null', '{"a":1}', '[null, 3, "x", ["a", {}], ["d", "Deer"]]']) {
    storage.setItem(KEY, text);
    assert.equal(seen(storage).get('a'), undefined);
  }
  assert.equal(seen(storage).get('d'), 'Deer');
});

test('a storage that is full is told, and the name is known all the same', () => {
  const storage = new MemoryStorage();
  storage.setItem = () => {
    throw new Error('full');
  };
  const warnings = [];
  const names = seen(storage, warnings);
  names.see('a', 'Ants');
  assert.equal(names.get('a'), 'Ants');
  assert.equal(warnings.length, 1);
});
