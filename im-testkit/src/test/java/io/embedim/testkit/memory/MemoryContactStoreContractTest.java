package io.embedim.testkit.memory;

import io.embedim.core.memory.MemoryStores;
import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.ContactStoreContract;

class MemoryContactStoreContractTest extends ContactStoreContract {

  @Override
  protected ImStores open() {
    return MemoryStores.create();
  }

  /** A call takes less than a microsecond: it takes many for two of them to meet. */
  @Override
  public int effort() {
    return 10;
  }
}
