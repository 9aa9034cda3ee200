package io.embedim.store.jdbc;

import io.embedim.spi.model.Cursors;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.CursorResult;
import io.embedim.spi.store.CursorResult.BeyondEnd;
import io.embedim.spi.store.CursorResult.NotMember;
import io.embedim.spi.store.CursorResult.Stored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Moves the cursors of a batch forward, in one transaction of two round trips and a commit. */
final class CursorMoves {

  private final MemberStates members;

  CursorMoves(MemberStates members) {
    this.members = members;
  }

  List<CursorResult> advance(Handle handle, List<CursorMove> moves) {
    Map<MemberKey, MemberState> states =
        members.lock(handle, moves.stream().map(CursorMoves::key).toList());
    Map<MemberKey, Cursors> moved = new HashMap<>();
    List<CursorResult> results = new ArrayList<>(moves.size());
    for (CursorMove move : moves) {
      MemberKey key = key(move);
      MemberState state = states.get(key);
      if (state == null) {
        results.add(new NotMember());
      } else if (move.to().receivedSeq() > state.maxSeq()) {
        results.add(new BeyondEnd(state.maxSeq()));
      } else {
        Cursors before = moved.getOrDefault(key, state.cursors());
        Cursors now = further(before, move.to());
        if (!now.equals(before)) {
          moved.put(key, now);
        }
        results.add(new Stored(before, now));
      }
    }
    members.moveCursors(handle, moved);
    return results;
  }

  private static MemberKey key(CursorMove move) {
    return new MemberKey(move.conversationId(), move.userId());
  }

  private static Cursors further(Cursors one, Cursors other) {
    return new Cursors(
        Math.max(one.readSeq(), other.readSeq()), Math.max(one.receivedSeq(), other.receivedSeq()));
  }
}
