package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.GroupStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2FileGroupStoreTest extends GroupStoreContract {

  @TempDir private Path folder;

  @Override
  protected ImStores open() {
    return TestDatabase.open(TestDatabase.inFile(folder));
  }
}
