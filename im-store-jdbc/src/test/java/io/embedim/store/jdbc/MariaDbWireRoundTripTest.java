package io.embedim.store.jdbc;

class MariaDbWireRoundTripTest extends WireRoundTripRules {

  @Override
  CrashDatabase empty() throws Exception {
    return ServerDatabase.MARIADB.fresh("round_trips");
  }

  @Override
  int handful() {
    return 16;
  }
}
