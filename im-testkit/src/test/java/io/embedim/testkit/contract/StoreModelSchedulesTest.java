package io.embedim.testkit.contract;

import io.embedim.spi.store.ImStores;

/** The model that backends are compared with keeps the rules itself. */
class StoreModelSchedulesTest extends ScheduleStoreContract {

  @Override
  protected ImStores open() {
    return new StoreModel();
  }
}
