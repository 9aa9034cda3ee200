package io.embedim.testkit.memory;

import io.embedim.core.memory.MemoryStores;
import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.DevicesAgreeContract;

class MemoryDevicesAgreeTest extends DevicesAgreeContract {

  @Override
  protected ImStores open() {
    return MemoryStores.create();
  }

  @Override
  public int effort() {
    return 10;
  }
}
