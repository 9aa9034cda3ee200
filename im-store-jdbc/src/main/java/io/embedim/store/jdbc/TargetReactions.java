package io.embedim.store.jdbc;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The reactions to one message while a batch is decided: which kinds there are, and whether the
 * users whom the batch is about have reacted; not who else has. Remembers what has to be written.
 * Confined to one append.
 */
final class TargetReactions {

  private final Map<String, Kind> kinds = new HashMap<>();
  private final Set<Mark> stored = new HashSet<>();
  private final Set<Mark> removed = new LinkedHashSet<>();
  private final Map<Mark, Since> added = new LinkedHashMap<>();
  private final int storedKinds;
  private boolean touched;
  private boolean cleared;

  /**
   * Begins with nothing but a number.
   *
   * @param storedKinds how many kinds the table has, also when none of them is looked at
   */
  TargetReactions(int storedKinds) {
    this.storedKinds = storedKinds;
  }

  /** A user's reaction. */
  record Mark(String emoji, String userId) {}

  /** The entries since which the message has an emoji, and has it from a user. */
  record Since(long emojiSince, long userSince) {}

  private static final class Kind {
    private final long since;
    private long users;

    Kind(long since, long users) {
      this.since = since;
      this.users = users;
    }
  }

  /** Notes a kind that is in the table. */
  void foundKind(String emoji, long since, long users) {
    kinds.put(emoji, new Kind(since, users));
  }

  /** Notes a reaction that is in the table. */
  void found(Mark mark) {
    stored.add(mark);
  }

  boolean hasKind(String emoji) {
    return kinds.containsKey(emoji);
  }

  /** How many kinds there are among those that were looked at. */
  int kindCount() {
    return kinds.size();
  }

  /** How many kinds there are. */
  int kindCountToStore() {
    return touched || cleared ? kinds.size() : storedKinds;
  }

  /** Adds a reaction that is logged as {@code seq}; false when it is there. */
  boolean add(Mark mark, long seq) {
    if (isThere(mark)) {
      return false;
    }
    touched = true;
    Kind kind = kinds.computeIfAbsent(mark.emoji(), emoji -> new Kind(seq, 0));
    kind.users++;
    added.put(mark, new Since(kind.since, seq));
    return true;
  }

  /** Removes a reaction; false when it is not there. */
  boolean remove(Mark mark) {
    if (!isThere(mark)) {
      return false;
    }
    touched = true;
    if (added.remove(mark) == null) {
      removed.add(mark);
    }
    Kind kind = kinds.get(mark.emoji());
    if (kind != null && --kind.users == 0) {
      kinds.remove(mark.emoji());
    }
    return true;
  }

  /** Removes all of them, for good. */
  void clear() {
    cleared = true;
    kinds.clear();
    stored.clear();
    removed.clear();
    added.clear();
  }

  /** Whether all rows of this message are to be deleted. */
  boolean isCleared() {
    return cleared;
  }

  /** The rows to delete, before {@link #added()} are inserted. */
  Set<Mark> removed() {
    return removed;
  }

  /** The rows to insert. */
  Map<Mark, Since> added() {
    return added;
  }

  private boolean isThere(Mark mark) {
    return added.containsKey(mark) || (stored.contains(mark) && !removed.contains(mark));
  }
}
