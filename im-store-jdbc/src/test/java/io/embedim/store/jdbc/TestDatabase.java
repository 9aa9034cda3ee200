package io.embedim.store.jdbc;

import java.nio.file.Path;
import java.util.UUID;

/** H2 databases of which nobody else knows. */
final class TestDatabase {

  private TestDatabase() {}

  /** One that lives as long as somebody is connected. */
  static String inMemory() {
    return "jdbc:h2:mem:" + UUID.randomUUID();
  }

  static String inFile(Path folder) {
    return "jdbc:h2:file:" + folder.resolve("im").toAbsolutePath();
  }

  /** Stores with a pool of their own. */
  static JdbcStores open(String url) {
    return JdbcStores.builder().url(url, "sa", "").build();
  }
}
