package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.ConversationStoreContract;

class H2MemoryConversationStoreTest extends ConversationStoreContract {

  @Override
  protected ImStores open() {
    return TestDatabase.open(TestDatabase.inMemory());
  }
}
