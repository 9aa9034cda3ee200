package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.ContactStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2FileContactStoreTest extends ContactStoreContract {

  @TempDir private Path folder;

  @Override
  protected ImStores open() {
    return TestDatabase.open(TestDatabase.inFile(folder));
  }
}
