package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.MessageStoreContract;

class PostgresMessageStoreTest extends MessageStoreContract {

  @Override
  protected ImStores open() {
    return ServerDatabase.POSTGRESQL.openEmpty("message_");
  }
}
