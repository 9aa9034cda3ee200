package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.ContactStoreContract;

class MariaDbContactStoreTest extends ContactStoreContract {

  @Override
  protected ImStores open() {
    return ServerDatabase.MARIADB.openEmpty("contact_");
  }
}
