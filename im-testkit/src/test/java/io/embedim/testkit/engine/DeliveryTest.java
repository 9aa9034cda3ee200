package io.embedim.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.Caller;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.testkit.DeviceFrame;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.ImTestEngine;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a committed message arrives. */
class DeliveryTest {

  private final ImTestEngine im = ImTestEngine.start();
  private final FakeDevice alice = im.connect("alice");
  private final FakeDevice alicesTablet = im.connect("alice");
  private final FakeDevice bob = im.connect("bob");
  private final FakeDevice bobsTablet = im.connect("bob");
  private final FakeDevice carol = im.connect("carol");
  private final ConversationId both = alice.with("bob");

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void all_devices_of_both_get_it_and_nobody_else() {
    alice.sends("bob", "hi");
    bob.receives("hi");
    bobsTablet.receives("hi");
    alicesTablet.receives("hi");
    carol.receivesNothing();
  }

  @Test
  void the_session_that_sent_it_gets_the_ack_only() {
    alice.sends("bob", "hi");
    alice.receivesNothing();
    assertThat(alice.frames()).filteredOn(DeviceFrame.Accepted.class::isInstance).hasSize(1);
    assertThat(alicesTablet.frames()).noneMatch(DeviceFrame.Accepted.class::isInstance);
  }

  @Test
  void what_the_host_sends_for_a_user_reaches_all_of_her_devices() {
    im.engine()
        .messages()
        .send(Caller.user("alice"), Commands.with(both, Content.text("by request")))
        .toCompletableFuture()
        .join();
    alice.receives("by request");
    alicesTablet.receives("by request");
    bob.receives("by request");
  }

  @Test
  void the_ack_comes_before_what_follows_it_in_the_log() {
    alice.sends("bob", "one");
    bob.sends("alice", "two");
    alice.receives("two");
    List<DeviceFrame> frames = alice.frames();
    assertThat(frames.get(frames.size() - 2)).isInstanceOf(DeviceFrame.Accepted.class);
  }

  @Test
  void the_delivered_entry_is_the_logged_one() {
    alice.sends("bob", "hi");
    LogEntry live = bob.hears(ServerFrame.Logged.class).entry();
    bob.drops();
    bob.reconnects();
    assertThat(live).isEqualTo(im.stores().messages().find(both, live.draft().messageId()).get());
  }

  @Test
  void a_device_that_connects_later_gets_only_what_is_sent_later() {
    alice.sends("bob", "before");
    FakeDevice late = im.connect("bob");
    late.syncs();
    alice.sends("bob", "after");
    late.receives("after");
    late.receivesNothing();
    assertThat(late.log(both)).hasSize(2);
  }

  @Test
  void a_device_that_takes_joined_frames_gets_all_of_them_in_order() {
    FakeDevice joined = im.connect(im.device("bob").takingJoinedFrames());
    joined.stopsReading();
    for (int i = 0; i < 20; i++) {
      alice.sends("bob", "m" + i);
    }
    joined.readsAgain();
    for (int i = 0; i < 20; i++) {
      joined.receives("m" + i);
    }
    joined.receivesNothing();
  }
}
