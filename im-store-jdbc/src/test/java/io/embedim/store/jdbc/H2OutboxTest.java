package io.embedim.store.jdbc;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;

class H2OutboxTest extends OutboxRules {

  @TempDir private Path folder;

  @Override
  DataSource empty() {
    return TestDatabase.dataSource(TestDatabase.inFile(folder));
  }
}
