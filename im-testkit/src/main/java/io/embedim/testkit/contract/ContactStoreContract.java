package io.embedim.testkit.contract;

import io.embedim.spi.store.ImStores;

/**
 * What every {@link io.embedim.spi.store.ContactStore} guarantees.
 *
 * <p>A subclass says how to {@link #open()} a backend, which has to have contacts. Its message
 * store and its conversation store are looked at too, because what a block does shows there.
 */
public abstract class ContactStoreContract extends FreshStores
    implements BlockRules, ConcurrentBlockRules, RandomPeopleHistoryRules {

  /**
   * Opens a backend in which there is nothing yet: nothing of another test, of this run or of an
   * earlier one. The contract closes it after the test. Called once for each test; the backend is
   * used by up to ten threads.
   */
  @Override
  protected abstract ImStores open();
}
