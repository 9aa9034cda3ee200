package io.embedim.store.jdbc;

import java.nio.file.Path;

class PostgresKilledServerTest extends KilledServerRules {

  @Override
  MortalServer server(Path emptyFolder) throws Exception {
    return MortalServer.postgres(emptyFolder, emptyFolder.resolve("data"));
  }
}
