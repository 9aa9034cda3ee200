package io.embedim.testkit.engine;

import static io.embedim.testkit.engine.Commands.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.core.HistoryQuery;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.SyncQuery;
import io.embedim.spi.model.ConversationId;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.FaultPoint;
import io.embedim.testkit.FaultPoint.Moment;
import io.embedim.testkit.ImTestEngine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A storage that fails, hangs, or chokes on one message. */
class FailingStoreTest {

  private final ImTestEngine im =
      ImTestEngine.builder().settings(s -> s.messagesBurst(1_000).laneQueue(20)).start();
  private final FakeDevice alice = im.connect("alice");
  private final FakeDevice bob = im.connect("bob");
  private final ConversationId both = alice.with("bob");
  private final FaultPoint appends = im.stores().appendFaults();

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void a_message_that_the_store_chokes_on_does_not_take_the_others_of_its_batch_along() {
    appends.failFor(Moment.BEFORE, "poison");
    appends.hold(Moment.BEFORE);
    alice.submits("bob", "first");
    appends.awaitHeld();
    alice.submits(text(both, "m-1", "before"));
    alice.submits(text(both, "poison", "poison"));
    alice.submits(text(both, "m-2", "after"));
    appends.release();
    alice.accepted("m-1");
    alice.accepted("m-2");
    assertThat(alice.refused("poison").error()).isEqualTo(ImError.UNAVAILABLE);
    bob.receives("first");
    bob.receives("before");
    bob.receives("after");
    bob.receivesNothing();
  }

  @Test
  void a_batch_of_an_unknown_commit_is_told_to_its_receivers_once() {
    appends.hold(Moment.BEFORE);
    alice.submits("bob", "first");
    appends.awaitHeld();
    alice.submits(text(both, "m-0", "m0"));
    alice.submits(text(both, "m-1", "m1"));
    alice.submits(text(both, "m-2", "m2"));
    // The batch of these three is committed, and its first repetitions then fail again.
    appends.failFor(Moment.AFTER, "m-1");
    appends.release();
    assertThat(alice.accepted("m-0").seq()).isEqualTo(2);
    assertThat(alice.accepted("m-2").seq()).isEqualTo(4);
    assertThat(alice.refused("m-1").error()).isEqualTo(ImError.UNAVAILABLE);
    appends.heal();
    assertThat(alice.sends(text(both, "m-1", "m1")).seq()).isEqualTo(3);
    for (String text : List.of("first", "m0", "m1", "m2")) {
      bob.receives(text);
    }
    bob.receivesNothing();
    assertThat(bob.repeats()).isZero();
  }

  @Test
  void while_the_store_is_away_all_senders_are_told_so_and_it_is_not_asked_for_each() {
    appends.fail(Moment.BEFORE);
    appends.hold(Moment.BEFORE);
    alice.submits("bob", "first");
    appends.awaitHeld();
    List<String> ids = IntStream.range(0, 15).mapToObj(i -> alice.submits("bob", "m")).toList();
    appends.release();
    for (String id : ids) {
      assertThat(alice.refused(id).error()).isEqualTo(ImError.UNAVAILABLE);
    }
    assertThat(appends.calls()).isLessThan(6);
    appends.heal();
    alice.sends("bob", "back again");
    bob.receives("back again");
  }

  @Test
  void more_than_the_lane_holds_is_unavailable_at_once() {
    appends.hold(Moment.BEFORE);
    alice.submits("bob", "first");
    appends.awaitHeld();
    List<String> waiting = IntStream.range(0, 20).mapToObj(i -> alice.submits("bob", "m")).toList();
    assertThat(alice.refused(alice.submits("bob", "one too many")).error())
        .isEqualTo(ImError.UNAVAILABLE);
    appends.release();
    waiting.forEach(alice::accepted);
  }

  @Test
  void reading_is_unavailable_while_the_store_is_away() {
    alice.sends("bob", "hi");
    im.stores().conversationFaults().fail(Moment.BEFORE);
    im.stores().readFaults().fail(Moment.BEFORE);
    im.stores().cursorFaults().fail(Moment.BEFORE);
    unavailable(
        () -> im.engine().messages().history("alice", new HistoryQuery(both, null, null, 10)));
    unavailable(() -> im.engine().messages().sync("alice", new SyncQuery(Map.of(), 10, 0)));
    unavailable(() -> im.engine().messages().seqOf(both, "m-1"));
    unavailable(() -> im.engine().conversations().list("alice", null, 10));
    unavailable(() -> im.engine().conversations().get("alice", both));
    unavailable(() -> im.engine().conversations().clear(alice.caller(), both));
    unavailable(() -> im.engine().conversations().readers("alice", both, List.of()));
    unavailable(
        () -> {
          throw failure(im.engine().conversations().read(alice.caller(), both, 1));
        });
    im.stores().heal();
    assertThat(im.engine().conversations().get("alice", both).head().maxSeq()).isEqualTo(1);
  }

  /** What the stage itself failed with: not wrapped into another exception. */
  private static Throwable failure(CompletionStage<?> stage) {
    return stage.handle((result, failure) -> failure).toCompletableFuture().join();
  }

  private static void unavailable(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ImException.class, e -> assertThat(e.error()).isEqualTo(ImError.UNAVAILABLE));
  }
}
