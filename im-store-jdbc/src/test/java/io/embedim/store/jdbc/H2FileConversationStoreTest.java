package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.ConversationStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2FileConversationStoreTest extends ConversationStoreContract {

  @TempDir private Path folder;

  @Override
  protected ImStores open() {
    return TestDatabase.open(TestDatabase.inFile(folder));
  }
}
