package io.embedim.store.jdbc;

import java.nio.file.Path;

class MariaDbKilledServerTest extends KilledServerRules {

  @Override
  MortalServer server(Path emptyFolder) throws Exception {
    return MortalServer.mariaDb(emptyFolder, emptyFolder.resolve("data"));
  }
}
