package io.embedim.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.core.Caller;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.SendResult;
import io.embedim.core.session.CloseReason;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.FaultPoint.Moment;
import io.embedim.testkit.ImTestEngine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How an engine goes away. */
class ShutdownTest {

  private final ImTestEngine im =
      ImTestEngine.builder().settings(s -> s.closeTimeout(Duration.ofMillis(200))).start();
  private final FakeDevice alice = im.connect("alice");
  private final FakeDevice bob = im.connect("bob");
  private final ConversationId both = alice.with("bob");

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void a_draining_engine_tells_its_sessions_to_reconnect_and_takes_no_others() {
    im.engine().drain();
    assertThat(alice.closeCode()).isEqualTo(CloseReason.DRAINING.code());
    assertThat(bob.closeCode()).isEqualTo(CloseReason.DRAINING.code());
    unavailable(() -> im.connect("carol"));
    assertThat(im.engine().sessions().count()).isZero();
  }

  @Test
  void a_draining_engine_still_commits() {
    im.engine().drain();
    SendResult result = send("m-1").join();
    assertThat(result.seq()).isEqualTo(1);
  }

  @Test
  void what_was_sent_before_a_session_was_told_to_go_is_still_committed() {
    im.stores().appendFaults().hold(Moment.BEFORE);
    alice.submits(Commands.text(both, "m-1", "last words"));
    im.stores().appendFaults().awaitHeld();
    im.engine().drain();
    im.stores().appendFaults().release();
    im.settle();
    assertThat(im.stores().messages().find(both, "m-1")).isPresent();
  }

  @Test
  void closing_commits_what_waits() {
    im.stores().appendFaults().hold(Moment.BEFORE);
    CompletableFuture<SendResult> first = send("m-1");
    im.stores().appendFaults().awaitHeld();
    CompletableFuture<SendResult> second = send("m-2");
    im.stores().appendFaults().release();
    im.engine().close();
    assertThat(first.join().seq()).isEqualTo(1);
    assertThat(second.join().seq()).isEqualTo(2);
  }

  @Test
  void closing_waits_no_longer_than_it_may_and_leaves_nobody_without_an_answer() {
    im.stores().appendFaults().hold(Moment.BEFORE);
    CompletableFuture<SendResult> inFlight = send("m-1");
    im.stores().appendFaults().awaitHeld();
    CompletableFuture<SendResult> waiting = send("m-2");
    im.engine().close();
    unavailable(inFlight::join);
    unavailable(waiting::join);
  }

  @Test
  void a_closed_engine_answers_unavailable() {
    im.engine().close();
    unavailable(() -> send("m-1").join());
    unavailable(() -> im.connect("alice"));
  }

  @Test
  void closing_twice_closes_the_stores_once() {
    im.engine().close();
    im.engine().close();
    assertThat(im.stores().closeFaults().calls()).isEqualTo(1);
  }

  @Test
  void closing_stores_what_was_received() {
    alice.sends("bob", "hi");
    bob.receives("hi");
    im.engine().close();
    assertThat(im.stores().conversations().cursors(both, List.of("bob")).get("bob"))
        .extracting(Cursors::receivedSeq)
        .isEqualTo(1L);
  }

  private CompletableFuture<SendResult> send(String messageId) {
    return im.engine()
        .messages()
        .send(Caller.user("alice"), Commands.text(both, messageId, "hi"))
        .toCompletableFuture();
  }

  private static void unavailable(Runnable call) {
    assertThatThrownBy(call::run)
        .satisfies(
            failure -> {
              Throwable cause = failure instanceof ImException ? failure : failure.getCause();
              assertThat(((ImException) cause).error()).isEqualTo(ImError.UNAVAILABLE);
            });
  }
}
