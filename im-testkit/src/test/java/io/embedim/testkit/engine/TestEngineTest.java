package io.embedim.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.core.session.ServerFrame;
import io.embedim.testkit.DeviceFrame;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.FaultPoint.Moment;
import io.embedim.testkit.ImTestEngine;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tools that a host application's tests are written with. */
class TestEngineTest {

  private final ImTestEngine im = ImTestEngine.start();
  private final FakeDevice alice = im.connect("alice");
  private final FakeDevice bob = im.connect("bob");

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void what_one_sends_the_other_receives() {
    alice.sends("bob", "hi");
    bob.receives("hi");
    bob.sends("alice", "hi yourself");
    alice.receives("hi yourself");
    assertThat(alice.log(alice.with("bob"))).hasSize(2).isEqualTo(bob.log(bob.with("alice")));
  }

  @Test
  void a_device_begins_with_a_welcome() {
    assertThat(alice.frames()).singleElement().isInstanceOf(DeviceFrame.Welcome.class);
  }

  @Test
  void another_text_than_expected_is_shown_beside_the_expected_one() {
    alice.sends("bob", "ho");
    assertThatThrownBy(() -> bob.receives("hi"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("bob expected the message 'hi', but got 'ho'");
  }

  @Test
  void a_message_that_nobody_expected_is_found() {
    alice.sends("bob", "surprise");
    assertThatThrownBy(bob::receivesNothing)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("surprise");
    bob.receives("surprise");
    bob.receivesNothing();
  }

  @Test
  void a_frame_that_nobody_expected_is_found() {
    alice.types("bob");
    assertThatThrownBy(() -> bob.hearsNo(ServerFrame.Typing.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Typing");
  }

  @Test
  void a_refusal_where_an_ack_is_expected_is_shown() {
    assertThatThrownBy(() -> alice.sends("system", "hello?"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("INVALID_ARGUMENT");
  }

  @Test
  void a_device_that_was_closed_says_with_which_code() {
    im.engine().drain();
    assertThat(alice.closeCode()).isEqualTo(1012);
    assertThatThrownBy(() -> alice.sends("bob", "too late"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("closed with 1012");
    assertThatThrownBy(() -> bob.receives("anything"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("before the engine closed with 1012");
  }

  @Test
  void a_device_that_was_away_syncs_when_it_comes_back() {
    alice.sends("bob", "one");
    bob.drops();
    alice.sends("bob", "two");
    alice.sends("bob", "three");
    bob.reconnects();
    assertThat(bob.log(bob.with("alice")))
        .extracting(entry -> entry.draft().content().plainText())
        .containsExactly("one", "two", "three");
  }

  @Test
  void a_long_time_passes_to_the_millisecond() {
    Duration odd = Duration.ofHours(1).plusMillis(1_001);
    long before = im.clock().millis();
    im.advance(odd);
    assertThat(im.clock().millis() - before).isEqualTo(odd.toMillis());
  }

  @Test
  void time_stands_still_until_it_is_moved() {
    long before = im.clock().millis();
    im.advance(Duration.ofSeconds(10));
    assertThat(im.clock().millis()).isEqualTo(before + 10_000);
  }

  @Test
  void devices_live_as_long_as_they_are_not_told_to_fall_silent() {
    bob.fallsSilent();
    im.advance(Duration.ofMinutes(10));
    assertThat(alice.isConnected()).isTrue();
    assertThat(bob.isConnected()).isFalse();
  }

  @Test
  void a_device_that_does_not_read_gets_everything_when_it_reads_again() {
    bob.stopsReading();
    alice.sends("bob", "one");
    alice.sends("bob", "two");
    bob.receivesNothing();
    bob.readsAgain();
    bob.receives("one");
    bob.receives("two");
  }

  @Test
  void a_store_that_fails_on_demand_fails_as_often_as_it_was_asked_to() {
    im.stores().appendFaults().failNext(Moment.BEFORE);
    alice.refused(alice.submits("bob", "lost"));
    alice.sends("bob", "kept");
    bob.receives("kept");
  }

  @Test
  void a_store_that_hangs_holds_up_the_answer_until_it_is_released() {
    im.stores().appendFaults().hold(Moment.BEFORE);
    String id = alice.submits("bob", "hi");
    im.stores().appendFaults().awaitHeld();
    alice.hasNoAnswerTo(id);
    im.stores().appendFaults().release();
    alice.accepted(id);
    bob.receives("hi");
  }

  @Test
  void a_text_is_escaped_in_its_content() {
    alice.sends("bob", "a \"quote\" \\ and\na line");
    assertThat(bob.receives("a \"quote\" \\ and\na line").content().body())
        .isEqualTo("{\"text\":\"a \\\"quote\\\" \\\\ and\\u000aa line\"}");
  }
}
