package io.embedim.store.jdbc;

import java.sql.SQLException;
import java.util.UUID;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;

class H2WireRoundTripTest extends WireRoundTripRules {

  private Server server;

  @Override
  CrashDatabase empty() throws SQLException {
    server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    return new CrashDatabase(
        "jdbc:h2:tcp://localhost:"
            + server.getPort()
            + "/mem:"
            + UUID.randomUUID()
            + ";DB_CLOSE_DELAY=-1",
        "sa",
        "");
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  /** The driver alone takes three for each statement: to prepare it, to run it, to let it go. */
  @Override
  int handful() {
    return 24;
  }
}
