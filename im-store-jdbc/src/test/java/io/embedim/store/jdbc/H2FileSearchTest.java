package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.SearchContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2FileSearchTest extends SearchContract {

  @TempDir private Path folder;

  @Override
  protected ImStores open() {
    return TestDatabase.open(TestDatabase.inFile(folder));
  }
}
