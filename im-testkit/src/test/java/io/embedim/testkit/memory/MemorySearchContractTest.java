package io.embedim.testkit.memory;

import io.embedim.core.memory.MemoryStores;
import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.SearchContract;

class MemorySearchContractTest extends SearchContract {

  @Override
  protected ImStores open() {
    return MemoryStores.create();
  }
}
