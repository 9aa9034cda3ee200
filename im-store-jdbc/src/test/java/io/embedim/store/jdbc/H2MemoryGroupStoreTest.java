package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.GroupStoreContract;

class H2MemoryGroupStoreTest extends GroupStoreContract {

  @Override
  protected ImStores open() {
    return TestDatabase.open(TestDatabase.inMemory());
  }
}
