package io.embedim.spi.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What later entries made of a message.
 *
 * @param revoked whether it was revoked; its content is then {@link Content#REVOKED}
 * @param editedAt the time of the last edit in ms since the epoch; null when it was not edited
 * @param reactions who reacted, by emoji, both in the order of the first reaction; no empty lists
 * @param pinned whether it is pinned
 */
public record EntryState(
    boolean revoked, @Nullable Long editedAt, Map<String, List<String>> reactions, boolean pinned) {

  /** A message that nothing happened to. */
  public static final EntryState UNREVISED = new EntryState(false, null, Map.of(), false);

  public EntryState {
    if (!reactions.isEmpty()) {
      Map<String, List<String>> copy = new LinkedHashMap<>();
      reactions.forEach((emoji, users) -> copy.put(emoji, List.copyOf(users)));
      reactions = Collections.unmodifiableMap(copy);
    }
  }
}
