package io.embedim.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.SendResult;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.FaultPoint;
import io.embedim.testkit.FaultPoint.Moment;
import io.embedim.testkit.ImTestEngine;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The order within a conversation, and what is committed together. */
class OrderTest {

  private final ImTestEngine im =
      ImTestEngine.builder()
          .settings(s -> s.messagesBurst(10_000).framesBurst(10_000).laneBatch(200))
          .start();
  private final FakeDevice alice = im.connect("alice");
  private final FakeDevice bob = im.connect("bob");
  private final ConversationId both = alice.with("bob");
  private final FaultPoint appends = im.stores().appendFaults();

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void a_session_sends_in_the_order_in_which_it_wrote() {
    List<String> ids = IntStream.range(0, 300).mapToObj(i -> "t" + i).toList();
    ids.forEach(text -> alice.submits("bob", text));
    ids.forEach(bob::receives);
    assertThat(bob.log(both))
        .extracting(LogEntry::seq)
        .isEqualTo(LongStream.rangeClosed(1, 300).boxed().toList());
  }

  @Test
  void all_members_see_the_messages_of_all_in_the_same_order() {
    FakeDevice phone = im.connect("alice");
    FakeDevice bobsTablet = im.connect("bob");
    for (int i = 0; i < 100; i++) {
      alice.submits("bob", "from alice " + i);
      phone.submits("bob", "from her phone " + i);
      bob.submits("alice", "from bob " + i);
    }
    im.settle();
    List<LogEntry> log = bobsTablet.log(both);
    assertThat(log).hasSize(300).isEqualTo(alice.log(both)).isEqualTo(phone.log(both));
    assertThat(log).extracting(LogEntry::seq).isSorted().doesNotHaveDuplicates();
    for (FakeDevice each : List.of(alice, phone, bob, bobsTablet)) {
      assertThat(each.repeats()).isZero();
    }
  }

  @Test
  void what_gathers_while_a_commit_runs_is_committed_together() {
    FakeDevice carol = im.connect("carol");
    appends.hold(Moment.BEFORE);
    String first = alice.submits("bob", "first");
    appends.awaitHeld();
    List<String> ofAlice = IntStream.range(0, 50).mapToObj(i -> alice.submits("bob", "a")).toList();
    List<String> ofCarol = IntStream.range(0, 50).mapToObj(i -> carol.submits("bob", "c")).toList();
    assertThat(appends.calls()).isEqualTo(1);
    appends.release();
    alice.accepted(first);
    ofAlice.forEach(alice::accepted);
    ofCarol.forEach(carol::accepted);
    assertThat(appends.calls()).isEqualTo(2);
  }

  @Test
  void no_more_than_a_batch_is_committed_together() {
    appends.hold(Moment.BEFORE);
    alice.submits("bob", "first");
    appends.awaitHeld();
    List<String> ids = IntStream.range(0, 500).mapToObj(i -> alice.submits("bob", "m")).toList();
    appends.release();
    List<SendResult> results = ids.stream().map(alice::accepted).toList();
    assertThat(results).extracting(SendResult::seq).isSorted().doesNotHaveDuplicates();
    assertThat(appends.calls()).isEqualTo(1 + 3);
  }

  @Test
  void an_idle_lane_commits_at_once() {
    alice.sends("bob", "one");
    alice.sends("bob", "two");
    assertThat(appends.calls()).isEqualTo(2);
  }
}
