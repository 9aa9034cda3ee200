package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.ConversationStoreContract;

class PostgresConversationStoreTest extends ConversationStoreContract {

  @Override
  protected ImStores open() {
    return ServerDatabase.POSTGRESQL.openEmpty("conversation_");
  }
}
