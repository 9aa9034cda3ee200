package planted.sleeper;

import java.util.concurrent.TimeUnit;

final class Sleeper {
  void sleepTwice() throws InterruptedException {
    Thread.sleep(1);
    TimeUnit.MILLISECONDS.sleep(1);
  }
}
