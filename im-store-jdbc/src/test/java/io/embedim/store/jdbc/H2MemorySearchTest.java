package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.SearchContract;

class H2MemorySearchTest extends SearchContract {

  @Override
  protected ImStores open() {
    return TestDatabase.open(TestDatabase.inMemory());
  }
}
