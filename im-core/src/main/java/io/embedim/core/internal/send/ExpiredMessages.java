package io.embedim.core.internal.send;

import io.embedim.core.internal.time.Chore;
import io.embedim.spi.store.MessageStore;
import java.time.Clock;
import java.util.concurrent.Executor;

/** Takes out of the store what messages said that have destroyed themselves. */
public final class ExpiredMessages {

  /** Messages that are taken in one transaction. */
  private static final int BATCH = 500;

  private final MessageStore messages;
  private final Clock clock;
  private final Chore chore;

  public ExpiredMessages(MessageStore messages, Clock clock, Executor executor) {
    this.messages = messages;
    this.clock = clock;
    this.chore = new Chore("removing expired messages", executor, this::purge);
  }

  /** Looks for them, now or as soon as it is done with those of before. Does not block. */
  public void wake() {
    chore.wake();
  }

  private void purge() {
    int purged;
    do {
      purged = messages.purgeExpired(clock.millis(), BATCH);
    } while (purged == BATCH);
  }
}
