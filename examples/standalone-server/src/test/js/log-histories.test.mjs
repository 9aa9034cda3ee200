import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConversationLog } from '../../main/resources/web/im-conversation-log.js';
import { entry } from './peer.mjs';

const USERS = ['alice', 'bob', 'carol'];
const EMOJI = ['👍', '🎉'];
const LENGTH = 120;

/** A chance that is the same at every run. */
function chanceOf(seed) {
  let state = seed;
  return (n) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % n;
  };
}

/** A log as it was delivered live: messages, group events, and revisions of what came before. */
function history(chance) {
  const log = [];
  const revocable = new Set();
  for (let seq = 1; seq <= LENGTH; seq++) {
    const from = USERS[chance(3)];
    const targets = [...revocable];
    const kind = chance(8);
    if (kind < 3 || targets.length === 0) {
      revocable.add(seq);
      log.push(entry(seq, `message ${seq}`, { from }));
    } else if (kind === 3) {
      log.push(entry(seq, '', { from, type: 11, content: { group_id: 'team', target_ids: [from] } }));
    } else {
      const target = targets[chance(targets.length)];
      log.push(entry(seq, '', { from, ...revision(kind, target, seq, chance) }));
      if (kind === 4) {
        revocable.delete(target);
      }
    }
  }
  return log;
}

function revision(kind, target, seq, chance) {
  const target_message_id = `m-${target}`;
  const op = chance(2) === 0 ? 'add' : 'remove';
  switch (kind) {
    case 4:
      return { type: 22, content: { target_message_id, target_seq: target } };
    case 5:
      return { type: 24, content: { target_message_id, content: { text: `edited at ${seq}` } } };
    case 6:
      return { type: 25, content: { target_message_id, emoji: EMOJI[chance(2)], op } };
    default:
      return { type: 26, content: { target_message_id, op } };
  }
}

/** The entries as the server gives them later: messages with what was made of them since. */
function stored(log) {
  const state = new ConversationLog();
  log.forEach((each) => state.offer(each));
  return log.map((each) => {
    const message = state.message(each.message_id);
    if (!message) {
      const target = state.message(each.content.target_message_id);
      return each.type === 24 && target.revoked ? { ...each, content: { revoked: true } } : each;
    }
    const { content, revoked, edited_at, reactions, pinned } = message;
    return { ...each, content, revoked, edited_at, reactions, pinned };
  });
}

/** What a user sees, without the order of those who reacted with the same emoji. */
function shown(log) {
  return log.entries.map(({ edited_at, revoked, ...each }) => ({
    ...each,
    revoked,
    edited_at: revoked ? undefined : edited_at,
    reactions: Object.fromEntries(
      Object.entries(each.reactions ?? {})
        .map(([emoji, users]) => [emoji, [...users].sort()])
        .sort(),
    ),
  }));
}

test('a log ends the same whether it was followed, synchronised or read back', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const chance = chanceOf(seed);
    const live = history(chance);
    const server = stored(live);
    const followed = new ConversationLog();
    live.forEach((each) => followed.offer(each));

    const away = 1 + chance(LENGTH - 1);
    const synchronised = new ConversationLog();
    live.slice(0, away).forEach((each) => synchronised.offer(each));
    synchronised.fill(server.slice(away));

    const readBack = new ConversationLog();
    let begin = LENGTH - 10;
    readBack.open(server.slice(begin), true);
    while (begin > 0) {
      const page = Math.max(0, begin - 1 - chance(20));
      readBack.prepend(server.slice(page, begin), page > 0);
      begin = page;
    }
    assert.deepEqual(shown(synchronised), shown(followed), `seed ${seed}`);
    assert.deepEqual(shown(readBack), shown(followed), `seed ${seed}`);
    assert.ok(readBack.isComplete);
  }
});
