package io.embedim.core;

/**
 * Makes the engine look at its clock. The default does so ten times a second on a thread of its
 * own; a test that moves the clock turns the crank itself.
 */
@FunctionalInterface
public interface Ticker {

  /**
   * Begins to call {@code tick}, never twice at a time. It returns soon and does not throw.
   *
   * @return stops it; idempotent
   */
  Runnable start(Runnable tick);
}
