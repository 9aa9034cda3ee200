package io.embedim.testkit;

import java.util.concurrent.TimeUnit;

/** How long something that has to happen may take. Only a test that fails waits so long. */
final class Patience {

  static final long SECONDS = 30;

  static final long NANOS = TimeUnit.SECONDS.toNanos(SECONDS);

  private Patience() {}
}
