package io.embedim.store.jdbc;

import java.util.ArrayList;
import java.util.List;

/** The round trips that a call is expected to be, in the words of {@link SpyDataSource}. */
final class RoundTrips {

  /** Once for each connection of the driver, which a pool keeps; this DataSource keeps none. */
  private static final String FIRST_SIGHT = "SELECT DATABASE_PATH() IS NULL";

  private RoundTrips() {}

  /** The round trips of statements that are one transaction, not the first one. */
  static List<String> transaction(String... statements) {
    List<String> roundTrips = new ArrayList<>();
    roundTrips.add("setAutoCommit");
    roundTrips.addAll(List.of(statements));
    roundTrips.add("commit");
    roundTrips.add("setAutoCommit");
    return roundTrips;
  }

  /** The round trips of statements that only read. */
  static List<String> reading(String... statements) {
    List<String> roundTrips = new ArrayList<>();
    roundTrips.add("getTransactionIsolation");
    roundTrips.addAll(List.of(statements));
    return roundTrips;
  }

  static List<String> verbs(List<String> roundTrips) {
    return roundTrips.stream()
        .filter(call -> !call.equals(FIRST_SIGHT))
        .map(call -> call.contains(" ") ? call.substring(0, call.indexOf(' ')) : call)
        .toList();
  }
}
