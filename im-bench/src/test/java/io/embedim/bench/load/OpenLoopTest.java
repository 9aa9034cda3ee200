package io.embedim.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OpenLoopTest {

  private static final int PER_SECOND = 1_000;
  private static final int MESSAGES = 100;

  @Test
  @Timeout(60)
  void a_server_that_stalls_is_charged_with_the_whole_wait_of_each_message() throws Exception {
    try (PatientServer server = new PatientServer(MESSAGES);
        ClientLoop loop = new ClientLoop()) {
      Talks talks = new Talks(loop, server.port(), new Crowd(1, 1, 1, false));

      // Answers come when all are sent: whoever waited for one before the next would wait for ever.
      Talks.Latencies latencies = talks.atRate(PER_SECOND, Duration.ofMillis(MESSAGES));

      assertCounted(latencies.acks());
      assertCounted(latencies.deliveries());
    }
  }

  /** The first was to be sent 99 ms before the last, which was before any answer. */
  private static void assertCounted(Histogram nanos) {
    assertThat(nanos.getTotalCount()).isEqualTo(MESSAGES);
    assertThat(nanos.getMaxValue()).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(99));
    assertThat(nanos.getValueAtPercentile(50))
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(49));
  }
}
