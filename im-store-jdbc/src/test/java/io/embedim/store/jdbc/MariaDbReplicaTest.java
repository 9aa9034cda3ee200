package io.embedim.store.jdbc;

import java.nio.file.Path;

class MariaDbReplicaTest extends ReplicaRules {

  @Override
  ServerPair servers(Path folder) throws Exception {
    return new MariaDbPair(folder);
  }
}
