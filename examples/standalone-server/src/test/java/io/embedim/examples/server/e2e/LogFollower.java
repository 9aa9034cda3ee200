package io.embedim.examples.server.e2e;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one client has of one conversation's log, by the rules of the protocol for clients: repeats
 * are dropped, and what is ahead of its turn is held back. An entry is whatever has a seq.
 */
final class LogFollower {

  private final Set<Long> heldBack = new TreeSet<>();
  private final Set<String> ids = new HashSet<>();
  private long cursor;
  private int repeats;

  /**
   * Takes an entry, from wherever it came.
   *
   * @return whether it is a new one
   * @throws AssertionError when a second message has a first one's id
   */
  boolean take(long seq, String id) {
    if (seq <= cursor || heldBack.contains(seq)) {
      if (!ids.contains(id)) {
        throw new AssertionError("seq " + seq + " came before with another id than " + id);
      }
      repeats++;
      return false;
    }
    if (!ids.add(id)) {
      throw new AssertionError(id + " came a second time, now at " + seq);
    }
    heldBack.add(seq);
    while (heldBack.remove(cursor + 1)) {
      cursor++;
    }
    return true;
  }

  /** The last entry up to which nothing is missing. */
  long cursor() {
    return cursor;
  }

  /** Whether something is here and what comes before it is not. */
  boolean hasGap() {
    return !heldBack.isEmpty();
  }

  /** How often something came that was here already. */
  int repeats() {
    return repeats;
  }
}
