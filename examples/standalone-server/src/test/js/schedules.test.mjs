import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  fromLocal,
  inAYear,
  inAnHour,
  toLocal,
  tomorrowAtNine,
} from '../../main/resources/web/schedule-times.js';
import { Peer } from './peer.mjs';

const conversation_id = 'alice:bob';

test('a message that is scheduled again after a timeout goes under the same id', async () => {
  const peer = new Peer();
  await peer.online();
  const { schedules } = peer.client;
  const prepared = schedules.prepare({ conversation_id, content: { text: 'Happy birthday!' } });
  const first = schedules.schedule(prepared, 42);
  await Promise.all([peer.runtime.advance(20_000), assert.rejects(first, { reason: 'timeout' })]);
  peer.methods['message.schedule'] = () => ({ schedule_id: 's-1', send_at: 42 });
  assert.equal((await schedules.schedule(prepared, 43)).send_at, 42);
  const [one, other] = peer.socket.requests('message.schedule');
  assert.equal(one.message_id, other.message_id);
  assert.deepEqual([one.type, one.content, one.send_at], [1, { text: 'Happy birthday!' }, 42]);
  assert.deepEqual(peer.texts(), []); // It is no message yet.
});

test('a message that is too long is not scheduled', () => {
  const { schedules } = new Peer().client;
  const content = { text: 'x'.repeat(17_000) };
  const prepare = () => schedules.prepare({ conversation_id, content });
  assert.throws(prepare, { reason: 'content_too_large' });
});

test('what waits is listed whole, and can be taken back', async () => {
  const peer = new Peer();
  const pages = { undefined: ['s-1', 's-2', 'next'], next: ['s-3'] };
  peer.methods['message.scheduled'] = ({ page_token }) => {
    const [...ids] = pages[page_token];
    const next = ids.includes('next') ? { next_page_token: ids.pop() } : {};
    return { scheduled: ids.map((schedule_id) => ({ schedule_id })), ...next };
  };
  peer.methods['message.unschedule'] = () => ({});
  await peer.online();
  const waiting = await peer.client.schedules.list();
  assert.deepEqual(waiting.map(({ schedule_id }) => schedule_id), ['s-1', 's-2', 's-3']);
  await peer.client.schedules.cancel('s-2');
  assert.deepEqual(peer.socket.requests('message.unschedule'), [{ schedule_id: 's-2' }]);
});

test('times are those of the zone where the user is', () => {
  const evening = new Date(2026, 11, 31, 22, 15, 30).getTime();
  assert.equal(inAnHour(evening), new Date(2026, 11, 31, 23, 15, 30).getTime());
  assert.equal(tomorrowAtNine(evening), new Date(2027, 0, 1, 9).getTime());
  assert.equal(inAYear(evening) - evening, 31_536_000_000);
  assert.equal(toLocal(new Date(2026, 0, 2, 3, 4)), '2026-01-02T03:04');
  assert.equal(fromLocal('2026-01-02T03:04'), new Date(2026, 0, 2, 3, 4).getTime());
  assert.ok(Number.isNaN(fromLocal('')));
});
