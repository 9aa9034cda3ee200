package io.embedim.spi.store;

/**
 * Lets a backend be found by {@link java.util.ServiceLoader} when the host application names none.
 * With exactly one provider it is used; with several the engine refuses to guess.
 */
public interface StoresProvider {

  /** A short name for messages, such as {@code jdbc}. */
  String name();

  /**
   * Opens the backend.
   *
   * @throws StoreException when it cannot be reached or is not fit for use
   */
  ImStores open();
}
