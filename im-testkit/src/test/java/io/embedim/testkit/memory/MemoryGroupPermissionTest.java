package io.embedim.testkit.memory;

import io.embedim.core.memory.MemoryStores;
import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.GroupPermissionContract;

class MemoryGroupPermissionTest extends GroupPermissionContract {

  @Override
  protected ImStores open() {
    return MemoryStores.create();
  }
}
