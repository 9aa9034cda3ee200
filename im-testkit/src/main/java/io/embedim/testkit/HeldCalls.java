package io.embedim.testkit;

import java.util.concurrent.CompletableFuture;

/** Knows whether calls of a backend are being held. Safe for use by many threads. */
final class HeldCalls {

  private int held;
  private CompletableFuture<Void> first = new CompletableFuture<>();

  synchronized void entered() {
    held++;
    first.complete(null);
  }

  synchronized void left() {
    held--;
    if (held == 0) {
      first = new CompletableFuture<>();
    }
  }

  /** Done as soon as a call is being held; at once when one is. */
  synchronized CompletableFuture<Void> any() {
    return first;
  }
}
