package io.embedim.testkit.contract;

import io.embedim.spi.store.ImStores;

/**
 * What every {@link io.embedim.spi.store.ConversationStore} guarantees.
 *
 * <p>A subclass says how to {@link #open()} a backend, whose message store fills the conversations.
 */
public abstract class ConversationStoreContract extends FreshStores
    implements CursorRules,
        SettingsRules,
        HidingRules,
        ViewRules,
        MentionRules,
        ListRules,
        RandomHistoryRules {

  /**
   * Opens a backend in which there is nothing yet: nothing of another test, of this run or of an
   * earlier one. The contract closes it after the test. Called once for each test; the backend is
   * used by up to ten threads.
   */
  @Override
  protected abstract ImStores open();
}
