package io.embedim.core.memory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which users of a group changed last at which version of it, so that what is different since a
 * version is found without a look at all the others. Only under the conversation's lock.
 */
final class VersionIndex {

  private final Map<String, Long> versions = new HashMap<>();
  private final NavigableMap<Long, Set<String>> users = new TreeMap<>();

  void changed(String userId, long version) {
    Long before = versions.put(userId, version);
    if (before != null) {
      users.computeIfPresent(
          before, (key, others) -> others.remove(userId) && others.isEmpty() ? null : others);
    }
    users.computeIfAbsent(version, first -> new HashSet<>()).add(userId);
  }

  /** Whoever changed at a later version than this one; each once. */
  Stream<String> since(long version) {
    return users.tailMap(version, false).values().stream().flatMap(Set::stream);
  }
}
