package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.MessageStoreContract;

class MariaDbMessageStoreTest extends MessageStoreContract {

  @Override
  protected ImStores open() {
    return ServerDatabase.MARIADB.openEmpty("message_");
  }
}
