package io.embedim.bench.server;

import io.embedim.bench.database.Database;
import io.embedim.bench.load.Login;
import io.embedim.core.ImEngine;
import io.embedim.core.ImSettings;
import io.embedim.core.auth.JwtAuthenticator;
import io.embedim.core.memory.MemoryStores;
import io.embedim.store.jdbc.JdbcStores;
import io.embedim.transport.ws.TyrusImServer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The engine behind its own server, as it comes but for limits that hold back a few busy users. */
final class EngineServer implements RunningServer {

  private static final int UNLIMITED = 1_000_000;
  private static final int MANY_SESSIONS = 10_000;

  private final @Nullable Database database;
  private final ImEngine engine;
  private final TyrusImServer server;

  /**
   * @param database where it stores, and which it closes; null for memory
   */
  EngineServer(@Nullable Database database) throws IOException {
    this.database = database;
    engine =
        ImEngine.builder()
            .stores(
                database == null
                    ? MemoryStores.create()
                    : JdbcStores.builder()
                        .dataSource(database.dataSource())
                        .withoutSearch()
                        .build())
            .authenticator(JwtAuthenticator.hs256(Login.SECRET).build())
            .settings(
                ImSettings.builder()
                    .messagesPerSecond(UNLIMITED)
                    .messagesBurst(UNLIMITED)
                    .framesPerSecond(UNLIMITED)
                    .framesBurst(UNLIMITED)
                    .sessionsPerUser(MANY_SESSIONS)
                    .build())
            .build();
    server = TyrusImServer.builder(engine).host("127.0.0.1").start();
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public long databaseProcess() {
    return database == null ? 0 : database.process();
  }

  @Override
  public void close() {
    server.close();
    engine.close();
    if (database != null) {
      database.close();
    }
  }
}
