package io.embedim.store.jdbc;

class PostgresWireRoundTripTest extends WireRoundTripRules {

  @Override
  CrashDatabase empty() throws Exception {
    return ServerDatabase.POSTGRESQL.fresh("round_trips");
  }

  @Override
  int handful() {
    return 12;
  }

  /** The driver takes the answers after every 256 updates, so that neither waits for the other. */
  @Override
  int mostForTenThousandConversations() {
    return handful() + 10_000 / 256;
  }
}
