package io.embedim.testkit.engine;

import static io.embedim.testkit.engine.Commands.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.FaultPoint;
import io.embedim.testkit.ImTestEngine;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that reads slowly, or not at all: what it costs, and what it ends with. */
class SlowClientTest {

  private static final int QUEUE_BYTES = 16_384;
  private static final String KILOBYTE = "x".repeat(1_000);

  private final WatchedStores stores = new WatchedStores();
  private final ImTestEngine im =
      ImTestEngine.builder()
          .stores(stores)
          .settings(s -> s.queueBytes(QUEUE_BYTES).messagesPerSecond(10_000).messagesBurst(10_000))
          .start();
  private final FakeDevice alice = im.connect("alice");
  private final FakeDevice bob = im.connect("bob");
  private final ConversationId both = alice.with("bob");

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void a_client_that_reads_again_ends_with_the_whole_log_in_order() {
    bob.stopsReading();
    sendKilobytes(200);
    bob.readsAgain();
    assertThat(seqs(bob))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 200).boxed().toList());
    assertThat(bob.repeats()).isZero();
    assertThat(bob.isConnected()).isTrue();
  }

  @Test
  void while_a_client_does_not_read_the_log_is_not_read_for_it() {
    bob.stopsReading();
    sendKilobytes(200);
    im.advance(Duration.ofSeconds(50));
    assertThat(im.stores().readFaults().calls()).isZero();
    bob.readsAgain();
    assertThat(seqs(bob)).hasSize(200);
  }

  @Test
  void large_messages_are_not_read_from_the_log_again_and_again() {
    bob.stopsReading();
    for (int i = 0; i < 200; i++) {
      alice.sends(text(both, "large-" + i, "y".repeat(8_000)));
    }
    bob.readsAgain();
    assertThat(seqs(bob)).hasSize(200);
    // Two fit into the queue; with pages of 100, every entry would be read 50 times over.
    assertThat(stores.entriesRead()).isLessThan(3 * 200);
  }

  @Test
  void what_is_queued_for_too_long_is_dropped_and_comes_from_the_log() {
    bob.stopsReading();
    sendKilobytes(10);
    im.advance(Duration.ofSeconds(11));
    bob.readsAgain();
    assertThat(seqs(bob)).hasSize(10);
    // All but the one that was being written.
    assertThat(stores.entriesRead()).isEqualTo(9);
  }

  @Test
  void what_was_dropped_and_is_in_no_log_is_told_as_sync_required() {
    bob.stopsReading();
    alice.sends("bob", "under way");
    alice.types("bob");
    im.advance(Duration.ofSeconds(11));
    bob.readsAgain();
    bob.hears(ServerFrame.SyncRequired.class);
    bob.hearsNo(ServerFrame.Typing.class);
  }

  @Test
  void a_client_that_takes_nothing_for_a_minute_is_closed() {
    bob.stopsReading();
    alice.sends("bob", "hi");
    im.advance(Duration.ofSeconds(59));
    assertThat(bob.isConnected()).isTrue();
    // It has two more seconds to take what says why.
    im.advance(Duration.ofSeconds(4));
    assertThat(bob.closeCode()).isEqualTo(4408);
  }

  @Test
  void others_notice_nothing() {
    FakeDevice tablet = im.connect("bob");
    bob.stopsReading();
    sendKilobytes(200);
    assertThat(seqs(tablet)).hasSize(200);
    assertThat(tablet.repeats()).isZero();
    tablet.hearsNo(ServerFrame.SyncRequired.class);
  }

  @Test
  void a_receipt_for_what_was_dropped_saves_it_from_being_sent_again() {
    bob.stopsReading();
    sendKilobytes(10);
    im.advance(Duration.ofSeconds(11));
    // As a client does that has synchronised meanwhile.
    bob.acknowledges(both, 10);
    im.settle();
    bob.readsAgain();
    assertThat(seqs(bob)).containsExactly(1L);
    alice.sends("bob", "the next one comes by itself");
    assertThat(seqs(bob)).containsExactly(1L, 11L);
  }

  @Test
  void a_receipt_for_more_than_there_is_counts_for_what_there_is() {
    bob.acknowledges(both, 1_000_000);
    alice.sends("bob", "one");
    bob.acknowledges(both, 1_000_000);
    alice.sends("bob", "two");
    bob.receives("one");
    bob.receives("two");
  }

  @Test
  void a_log_that_cannot_be_read_is_left_to_the_clients_sync() {
    bob.stopsReading();
    sendKilobytes(40);
    im.stores().readFaults().failNext(FaultPoint.Moment.BEFORE);
    bob.readsAgain();
    bob.hears(ServerFrame.SyncRequired.class);
    bob.syncs();
    assertThat(bob.log(both)).hasSize(40);
  }

  @Test
  void a_copy_of_the_log_that_lags_is_left_to_the_clients_sync() {
    bob.stopsReading();
    sendKilobytes(40);
    stores.showNothingAfter(35);
    bob.readsAgain();
    bob.hears(ServerFrame.SyncRequired.class);
    stores.showNothingAfter(Long.MAX_VALUE);
    bob.syncs();
    assertThat(bob.log(both)).hasSize(40);
    alice.sends("bob", "live again");
    bob.drops();
    assertThat(bob.log(both)).hasSize(41);
  }

  private void sendKilobytes(int count) {
    for (int i = 0; i < count; i++) {
      alice.sends("bob", KILOBYTE);
    }
  }

  /** What came by itself, in the order in which it came. */
  private List<Long> seqs(FakeDevice device) {
    im.settle();
    return device.log(both).stream().map(LogEntry::seq).toList();
  }
}
