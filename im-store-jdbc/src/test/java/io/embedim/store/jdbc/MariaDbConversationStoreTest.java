package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.ConversationStoreContract;

class MariaDbConversationStoreTest extends ConversationStoreContract {

  @Override
  protected ImStores open() {
    return ServerDatabase.MARIADB.openEmpty("conversation_");
  }
}
