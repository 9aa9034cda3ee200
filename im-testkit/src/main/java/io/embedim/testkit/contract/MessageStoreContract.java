package io.embedim.testkit.contract;

import io.embedim.spi.store.ImStores;

/**
 * What every {@link io.embedim.spi.store.MessageStore} guarantees.
 *
 * <p>A subclass says how to {@link #open()} a backend. It may look at the conversations too,
 * because what an append does shows there.
 */
public abstract class MessageStoreContract extends FreshStores
    implements BackendRules,
        AppendRules,
        BatchRules,
        ReadRules,
        ContentRules,
        RevokeAndEditRules,
        ReactionAndPinRules,
        FindAndPinnedRules,
        EditHistoryRules,
        PurgeRules,
        HiddenEntryRules,
        ConcurrentAppendRules,
        VisibilityRules,
        TimeZoneRules {

  /**
   * Opens a backend in which there is nothing yet: nothing of another test, of this run or of an
   * earlier one. The contract closes it after the test. Called once for each test; the backend is
   * used by up to ten threads.
   */
  @Override
  protected abstract ImStores open();
}
