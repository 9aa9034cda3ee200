package io.embedim.testkit.memory;

import io.embedim.core.memory.MemorySessionDirectory;
import io.embedim.spi.cluster.SessionDirectory;
import io.embedim.testkit.contract.SessionDirectoryContract;

class MemorySessionDirectoryContractTest extends SessionDirectoryContract {

  @Override
  protected SessionDirectory open() {
    return new MemorySessionDirectory();
  }
}
