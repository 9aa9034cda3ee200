package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.GroupPermissionContract;

class H2MemoryGroupPermissionTest extends GroupPermissionContract {

  @Override
  protected ImStores open() {
    return TestDatabase.open(TestDatabase.inMemory());
  }
}
