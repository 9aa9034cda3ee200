package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.MessageStoreContract;

class H2MemoryMessageStoreTest extends MessageStoreContract {

  @Override
  protected ImStores open() {
    return TestDatabase.open(TestDatabase.inMemory());
  }
}
