package io.embedim.store.jdbc;

import java.io.IOException;
import java.nio.file.Path;

class PostgresReplicaTest extends ReplicaRules {

  @Override
  ServerPair servers(Path folder) throws IOException {
    return new PostgresPair(folder);
  }
}
