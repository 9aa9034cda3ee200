package io.embedim.bench;

import io.embedim.bench.database.DatabaseKind;
import java.time.Duration;
import java.util.List;

/**
 * How much is done for a figure.
 *
 * @param rounds in which each side is measured
 * @param round how long a side is measured in a round
 * @param warmUp how long each side runs before the first round
 * @param small whether everything is as small as can be, to see that it works
 */
public record Effort(int rounds, Duration round, Duration warmUp, boolean small) {

  /** Runs everything once, quickly; the figures mean nothing. */
  public static final Effort SMOKE =
      new Effort(2, Duration.ofMillis(100), Duration.ofMillis(100), true);

  /** The servers that are measured; one of them shows that it works. */
  List<DatabaseKind> databases() {
    return small ? List.of(DatabaseKind.POSTGRESQL) : List.of(DatabaseKind.values());
  }

  /** A number, or the smallest one that makes sense. */
  int of(int full, int smallest) {
    return small ? smallest : full;
  }
}
