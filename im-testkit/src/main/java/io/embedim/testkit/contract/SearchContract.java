package io.embedim.testkit.contract;

import io.embedim.spi.store.ImStores;

/**
 * What every {@link io.embedim.spi.store.SearchableMessageStore} guarantees.
 *
 * <p>A subclass says how to {@link #open()} a backend, which has to be searchable and to have
 * groups.
 */
public abstract class SearchContract extends FreshStores
    implements SearchRules, SearchMatchRules, SearchPageRules {

  /**
   * Opens a backend in which there is nothing yet: nothing of another test, of this run or of an
   * earlier one. The contract closes it after the test. Called once for each test.
   */
  @Override
  protected abstract ImStores open();
}
