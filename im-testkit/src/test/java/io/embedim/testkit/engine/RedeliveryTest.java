package io.embedim.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.ConversationId;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.ImTestEngine;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is sent again because nobody said that it arrived. */
class RedeliveryTest {

  private static final Duration A_BIT_MORE = Duration.ofMillis(10_200);

  private final ImTestEngine im = ImTestEngine.start();
  private final FakeDevice alice = im.connect("alice");
  private final FakeDevice bob = im.connect(im.device("bob").acknowledgingByHand());
  private final ConversationId both = alice.with("bob");

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void what_was_not_acknowledged_comes_again_three_times_and_is_then_left_to_sync() {
    alice.sends("bob", "hi");
    for (int times = 1; times <= 3; times++) {
      im.advance(A_BIT_MORE);
      assertThat(bob.repeats()).isEqualTo(times);
    }
    im.advance(Duration.ofMinutes(5));
    assertThat(bob.repeats()).isEqualTo(3);
    bob.hearsNo(ServerFrame.SyncRequired.class);
  }

  @Test
  void nothing_comes_again_before_its_time() {
    alice.sends("bob", "hi");
    im.advance(Duration.ofMillis(9_900));
    assertThat(bob.repeats()).isZero();
  }

  @Test
  void what_was_acknowledged_does_not_come_again() {
    alice.sends("bob", "one");
    alice.sends("bob", "two");
    alice.sends("bob", "three");
    bob.acknowledges(both, 2);
    im.advance(A_BIT_MORE);
    assertThat(bob.repeats()).isEqualTo(1);
    bob.acknowledges(both, 3);
    im.advance(Duration.ofMinutes(1));
    assertThat(bob.repeats()).isEqualTo(1);
  }

  @Test
  void an_acknowledgement_of_progress_begins_the_count_anew() {
    alice.sends("bob", "one");
    alice.sends("bob", "two");
    im.advance(Duration.ofSeconds(31));
    assertThat(bob.repeats()).isEqualTo(2 * 3);
    bob.acknowledges(both, 1);
    im.advance(A_BIT_MORE);
    assertThat(bob.repeats()).isEqualTo(2 * 3 + 1);
  }

  @Test
  void an_older_acknowledgement_takes_nothing_back() {
    alice.sends("bob", "one");
    alice.sends("bob", "two");
    bob.acknowledges(both, 2);
    bob.acknowledges(both, 1);
    im.advance(Duration.ofMinutes(1));
    assertThat(bob.repeats()).isZero();
  }

  @Test
  void what_a_session_sent_itself_counts_as_received_by_it() {
    bob.sends("alice", "mine");
    im.advance(Duration.ofMinutes(1));
    assertThat(bob.repeats()).isZero();
    assertThat(bob.log(both)).hasSize(1);
  }

  @Test
  void an_own_message_does_not_acknowledge_what_came_before_it() {
    alice.sends("bob", "one");
    bob.sends("alice", "mine");
    im.advance(A_BIT_MORE);
    assertThat(bob.repeats()).isPositive();
  }

  @Test
  void an_unstored_message_is_not_sent_again() {
    alice.submits(Commands.unstored(both, "psst"));
    bob.receives("psst");
    im.advance(Duration.ofMinutes(1));
    bob.receivesNothing();
  }

  @Test
  void what_has_destroyed_itself_does_not_come_again() {
    alice.sends(Commands.expiring(both, "for five seconds", 5));
    alice.sends("bob", "for good");
    im.advance(A_BIT_MORE);
    bob.receives("for five seconds");
    bob.receives("for good");
    bob.receives("for good");
    bob.receivesNothing();
  }

  @Test
  void what_its_user_has_cleared_does_not_come_again() {
    alice.sends("bob", "one");
    FakeDevice tablet = im.connect("bob");
    im.engine().conversations().clear(tablet.caller(), both);
    im.advance(Duration.ofMinutes(1));
    assertThat(bob.repeats()).isZero();
  }

  @Test
  void only_the_device_that_is_silent_about_it_gets_it_again() {
    FakeDevice tablet = im.connect("bob");
    alice.sends("bob", "hi");
    im.advance(Duration.ofMinutes(1));
    assertThat(tablet.repeats()).isZero();
    assertThat(bob.repeats()).isEqualTo(3);
  }

  @Test
  void live_messages_go_on_while_old_ones_come_again() {
    alice.sends("bob", "one");
    im.advance(A_BIT_MORE);
    alice.sends("bob", "two");
    bob.receives("one");
    bob.receives("one");
    bob.receives("two");
    bob.receivesNothing();
  }
}
