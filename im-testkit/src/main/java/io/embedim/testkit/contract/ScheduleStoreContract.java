package io.embedim.testkit.contract;

import io.embedim.spi.store.ImStores;

/**
 * What every {@link io.embedim.spi.store.ScheduleStore} guarantees.
 *
 * <p>A subclass says how to {@link #open()} a backend, which has to keep messages to be sent later.
 */
public abstract class ScheduleStoreContract extends FreshStores
    implements ScheduleRules, ConcurrentScheduleRules {

  /**
   * Opens a backend in which there is nothing yet: nothing of another test, of this run or of an
   * earlier one. The contract closes it after the test. Called once for each test; the backend is
   * used by up to ten threads.
   */
  @Override
  protected abstract ImStores open();
}
