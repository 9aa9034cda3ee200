package io.embedim.testkit.contract;

import static java.util.Objects.requireNonNull;

import io.embedim.spi.store.ImStores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Gives each test a backend of its own. */
abstract class FreshStores implements StoreFixture {

  private @Nullable ImStores opened;

  /**
   * Opens a backend in which there is nothing yet: no conversation of another test, of this run or
   * of an earlier one. The contract closes it after the test.
   */
  protected abstract ImStores open();

  /**
   * How often the races and the random histories run, as a multiple: 1 finds what is wrong in a
   * backend whose calls take a millisecond; one whose calls are faster needs more to be caught.
   */
  @Override
  public int effort() {
    return 1;
  }

  @Override
  public final ImStores stores() {
    return requireNonNull(opened, "no test is running");
  }

  @BeforeEach
  final void openStores() {
    opened = open();
  }

  @AfterEach
  final void closeStores() {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }
}
