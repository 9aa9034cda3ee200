package io.embedim.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.Caller;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationView;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.FaultPoint.Moment;
import io.embedim.testkit.ImTestEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Delivered and read marks. */
class ReceiptsTest {

  private final ImTestEngine im = ImTestEngine.start();
  private final FakeDevice alice = im.connect("alice");
  private final FakeDevice bob = im.connect("bob");
  private final FakeDevice bobsTablet = im.connect("bob");
  private final ConversationId both = alice.with("bob");

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void reading_is_told_to_the_other_party_and_to_ones_own_other_devices() {
    alice.sends("bob", "hi");
    bob.reads(both, 1);
    ServerFrame.Read expected = new ServerFrame.Read(both, "bob", 1);
    assertThat(alice.hears(ServerFrame.Read.class)).isEqualTo(expected);
    assertThat(bobsTablet.hears(ServerFrame.Read.class)).isEqualTo(expected);
    bob.hearsNo(ServerFrame.Read.class);
  }

  @Test
  void a_read_cursor_never_goes_back_and_is_told_once() {
    alice.sends("bob", "one");
    alice.sends("bob", "two");
    bob.reads(both, 2);
    alice.hears(ServerFrame.Read.class);
    bob.reads(both, 1);
    bob.reads(both, 2);
    alice.hearsNo(ServerFrame.Read.class);
    assertThat(im.engine().conversations().readers("alice", both, List.of("bob")))
        .isEqualTo(Map.of("bob", 2L));
  }

  @Test
  void nobody_reads_what_is_not_there_yet() {
    alice.sends("bob", "hi");
    assertThat(refusal(bob.caller(), both, 2)).isEqualTo(ImError.INVALID_ARGUMENT);
    assertThat(refusal(bob.caller(), both, -1)).isEqualTo(ImError.INVALID_ARGUMENT);
    assertThat(refusal(bob.caller(), bob.with("carol"), 1))
        .isEqualTo(ImError.CONVERSATION_NOT_FOUND);
    assertThat(refusal(Caller.user("mallory"), both, 1)).isEqualTo(ImError.CONVERSATION_NOT_FOUND);
    alice.hearsNo(ServerFrame.Read.class);
  }

  @Test
  void what_was_read_was_received() {
    alice.sends("bob", "hi");
    bob.reads(both, 1);
    assertThat(view("bob").cursors().receivedSeq()).isEqualTo(1);
    assertThat(view("bob").unreadCount()).isZero();
  }

  @Test
  void the_sender_is_told_when_a_device_has_it() {
    alice.sends("bob", "one");
    alice.sends("bob", "two");
    im.advance(Duration.ofMillis(1_200));
    assertThat(alice.hears(ServerFrame.ConversationChanged.class))
        .isEqualTo(ServerFrame.ConversationChanged.peerReceived(both, 2));
    alice.hearsNo(ServerFrame.ConversationChanged.class);
    assertThat(view("bob").cursors().receivedSeq()).isEqualTo(2);
  }

  @Test
  void received_cursors_that_could_not_be_stored_are_stored_later() {
    alice.sends("bob", "hi");
    im.stores().cursorFaults().fail(Moment.BEFORE);
    im.advance(Duration.ofSeconds(3));
    alice.hearsNo(ServerFrame.ConversationChanged.class);
    im.stores().heal();
    im.advance(Duration.ofSeconds(2));
    alice.hears(ServerFrame.ConversationChanged.class);
    assertThat(view("bob").cursors().receivedSeq()).isEqualTo(1);
  }

  @Test
  void a_receipt_for_a_conversation_of_others_changes_nothing() {
    FakeDevice mallory = im.connect("mallory");
    alice.sends("bob", "hi");
    im.advance(Duration.ofSeconds(2));
    long before = view("bob").cursors().receivedSeq();
    mallory.acknowledges(both, 1);
    mallory.acknowledges(mallory.with("nobody"), 5);
    im.advance(Duration.ofSeconds(2));
    assertThat(view("bob").cursors().receivedSeq()).isEqualTo(before);
    assertThat(im.engine().conversations().list("mallory", null, 10)).isEmpty();
  }

  private ConversationView view(String userId) {
    return im.engine().conversations().get(userId, both);
  }

  private ImError refusal(Caller caller, ConversationId id, long seq) {
    return im.engine()
        .conversations()
        .read(caller, id, seq)
        .handle((cursors, failure) -> ((ImException) failure).error())
        .toCompletableFuture()
        .join();
  }
}
