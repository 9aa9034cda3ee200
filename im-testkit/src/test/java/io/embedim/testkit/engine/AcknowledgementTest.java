package io.embedim.testkit.engine;

import static io.embedim.testkit.engine.Commands.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.ImError;
import io.embedim.core.SendResult;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.SeqRange;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.FaultPoint;
import io.embedim.testkit.FaultPoint.Moment;
import io.embedim.testkit.ImTestEngine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Acknowledged means committed, and each message is committed once. */
class AcknowledgementTest {

  private final ImTestEngine im = ImTestEngine.start();
  private final FakeDevice alice = im.connect("alice");
  private final FakeDevice bob = im.connect("bob");
  private final ConversationId both = alice.with("bob");
  private final FaultPoint appends = im.stores().appendFaults();

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void the_answer_says_where_and_when_the_message_was_committed() {
    im.advance(Duration.ofSeconds(5));
    SendResult first = alice.sends(text(both, "m-1", "one"));
    assertThat(first).isEqualTo(new SendResult("m-1", both, 1, im.clock().millis(), false));
    assertThat(bob.sends(text(both, "m-2", "two")).seq()).isEqualTo(2);
  }

  @Test
  void nobody_hears_of_a_message_before_it_is_committed() {
    appends.hold(Moment.BEFORE);
    String id = alice.submits("bob", "hi");
    appends.awaitHeld();
    alice.hasNoAnswerTo(id);
    bob.receivesNothing();
    appends.release();
    alice.accepted(id);
    bob.receives("hi");
  }

  @Test
  void nobody_hears_of_a_message_before_the_commit_is_known() {
    appends.hold(Moment.AFTER);
    String id = alice.submits("bob", "hi");
    appends.awaitHeld();
    alice.hasNoAnswerTo(id);
    bob.receivesNothing();
    appends.release();
    alice.accepted(id);
    bob.receives("hi");
  }

  @Test
  void what_could_not_be_committed_is_unavailable_and_reaches_nobody() {
    appends.failNext(Moment.BEFORE);
    assertThat(alice.refused(alice.submits(text(both, "m-1", "lost"))).error())
        .isEqualTo(ImError.UNAVAILABLE);
    bob.receivesNothing();
    assertThat(log()).isEmpty();
    assertThat(alice.sends(text(both, "m-1", "lost")).duplicate()).isFalse();
    bob.receives("lost");
  }

  @Test
  void a_retry_after_an_unknown_commit_is_a_duplicate_with_the_first_seq_and_time() {
    appends.failNext(Moment.AFTER);
    long committedAt = im.clock().millis();
    assertThat(alice.refused(alice.submits(text(both, "m-1", "hi"))).error())
        .isEqualTo(ImError.UNAVAILABLE);
    im.advance(Duration.ofSeconds(3));
    assertThat(alice.sends(text(both, "m-1", "hi")))
        .isEqualTo(new SendResult("m-1", both, 1, committedAt, true));
    assertThat(log()).hasSize(1);
  }

  @Test
  void a_message_of_an_unknown_commit_reaches_the_receiver_when_it_is_sent_again() {
    appends.failNext(Moment.AFTER);
    alice.refused(alice.submits(text(both, "m-1", "hi")));
    alice.sends(text(both, "m-1", "hi"));
    bob.receives("hi");
    alice.sends(text(both, "m-1", "hi"));
    bob.receivesNothing();
  }

  @Test
  void a_message_of_an_unknown_commit_reaches_the_receiver_even_if_it_is_not_sent_again() {
    appends.failNext(Moment.AFTER);
    alice.refused(alice.submits(text(both, "m-1", "hi")));
    im.advance(Duration.ofSeconds(1));
    bob.receives("hi");
    alice.receives("hi");
  }

  @Test
  void a_repeated_message_has_no_second_effect() {
    alice.sends(text(both, "m-1", "hi"));
    im.advance(Duration.ofHours(1));
    SendResult again = alice.sends(text(both, "m-1", "something else"));
    assertThat(again.duplicate()).isTrue();
    assertThat(again.seq()).isEqualTo(1);
    bob.receives("hi");
    bob.receivesNothing();
    assertThat(log()).hasSize(1);
  }

  @Test
  void repeats_in_one_commit_have_one_effect() {
    appends.hold(Moment.BEFORE);
    alice.submits("bob", "first");
    appends.awaitHeld();
    FakeDevice tablet = im.connect("alice");
    String once = alice.submits(text(both, "m-1", "hi"));
    String again = tablet.submits(text(both, "m-1", "hi"));
    appends.release();
    assertThat(alice.accepted(once)).returns(2L, SendResult::seq);
    assertThat(tablet.accepted(again))
        .returns(2L, SendResult::seq)
        .returns(true, SendResult::duplicate);
    assertThat(log()).hasSize(2);
  }

  @Test
  void another_users_message_id_is_taken() {
    alice.sends(text(both, "m-1", "mine"));
    assertThat(bob.refused(bob.submits(text(both, "m-1", "mine too"))).error())
        .isEqualTo(ImError.MESSAGE_ID_TAKEN);
    alice.receivesNothing();
  }

  @Test
  void the_same_id_in_another_conversation_is_another_message() {
    alice.sends(text(both, "m-1", "to bob"));
    assertThat(alice.sends(text(alice.with("carol"), "m-1", "to carol")).duplicate()).isFalse();
  }

  @Test
  void a_message_without_an_id_gets_one() {
    SendResult result =
        im.engine()
            .messages()
            .send(alice.caller(), Commands.with(both, Content.text("hi")))
            .toCompletableFuture()
            .join();
    assertThat(result.messageId()).isNotEmpty();
    assertThat(bob.receives("hi").messageId()).isEqualTo(result.messageId());
  }

  @Test
  void a_sender_that_waited_too_long_is_told_unavailable_and_the_late_commit_is_delivered() {
    appends.hold(Moment.BEFORE);
    alice.submits(text(both, "m-1", "slow"));
    appends.awaitHeld();
    im.advance(Duration.ofMillis(8_400));
    alice.hasNoAnswerTo("m-1");
    im.advance(Duration.ofMillis(1_200));
    assertThat(alice.refused("m-1").error()).isEqualTo(ImError.UNAVAILABLE);
    appends.release();
    im.settle();
    bob.receives("slow");
    // Told that nothing is known, her device learns from the entry itself what became of it.
    assertThat(alice.hears(ServerFrame.Logged.class).entry().draft().messageId()).isEqualTo("m-1");
    assertThat(alice.sends(text(both, "m-1", "slow")).duplicate()).isTrue();
  }

  @Test
  void what_waits_behind_a_hanging_commit_times_out_and_is_not_committed_later() {
    appends.hold(Moment.BEFORE);
    alice.submits(text(both, "m-1", "hangs"));
    appends.awaitHeld();
    alice.submits(text(both, "m-2", "waits"));
    im.advance(Duration.ofMillis(9_900));
    assertThat(alice.refused("m-2").error()).isEqualTo(ImError.UNAVAILABLE);
    appends.release();
    im.settle();
    assertThat(log()).hasSize(1);
    assertThat(alice.sends(text(both, "m-2", "waits")).duplicate()).isFalse();
  }

  private List<LogEntry> log() {
    return im.stores().messages().read(both, SeqRange.after(0, 100));
  }
}
