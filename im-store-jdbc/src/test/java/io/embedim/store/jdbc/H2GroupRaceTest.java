package io.embedim.store.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2GroupRaceTest extends GroupRaceRules {

  @TempDir private Path folder;

  @Override
  CrashDatabase empty() {
    return new CrashDatabase(TestDatabase.inFile(folder), "sa", "");
  }
}
