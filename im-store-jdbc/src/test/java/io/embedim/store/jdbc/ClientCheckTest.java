package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.store.jdbc.CrashCheck.Stored;
import io.embedim.store.jdbc.CrashReport.Entry;
import io.embedim.store.jdbc.CrashReport.Order;
import io.embedim.store.jdbc.CrashReport.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The check of what clients and the host have after crashes notices what can go wrong. */
class ClientCheckTest {

  private final CrashReport report = CrashReport.empty();
  private final List<Entry> log = new ArrayList<>();
  private final List<Entry> news = new ArrayList<>();

  @Test
  void nothing_is_wrong_when_both_have_everything() {
    stored(1, "m1");
    stored(2, "m2");
    for (String user : List.of("alice", "bob")) {
      seen(user, 2, "m2");
      seen(user, 1, "m1");
    }

    assertThat(differingLogs()).isEmpty();
  }

  @Test
  void an_entry_that_a_client_never_got_is_noticed() {
    stored(1, "m1");
    seen("alice", 1, "m1");

    assertThat(differingLogs())
        .containsExactly("bob in alice:bob: lacks {1=m1}, has beside that {}");
  }

  @Test
  void an_entry_that_only_a_client_has_is_noticed() {
    stored(1, "m1");
    seen("alice", 1, "m1");
    seen("bob", 1, "m1");
    seen("bob", 2, "m2");

    assertThat(differingLogs())
        .containsExactly("bob in alice:bob: lacks {}, has beside that {2=m2}");
  }

  @Test
  void a_sequence_that_was_another_message_before_the_crash_is_noticed() {
    stored(1, "m2");
    seen("alice", 1, "m2");
    seen("bob", 1, "m1");
    seen("bob", 1, "m2");

    assertThat(differingLogs())
        .contains("seen alice:bob bob 1 m2 . was m1 before")
        .anySatisfy(one -> assertThat(one).contains("bob in alice:bob"));
  }

  @Test
  void orders_with_their_messages_in_their_order_are_right() {
    ordered(1, true);
    ordered(2, false);
    sent(1);
    sent(3);

    // The third one was committed, and nobody could be told.
    assertThat(differingOrders(1L, 3L)).isEmpty();
    assertThat(ClientCheck.impossibleOrders(report, news)).isEmpty();
  }

  @Test
  void a_message_whose_transaction_was_rolled_back_is_noticed() {
    ordered(1, false);
    sent(1);

    assertThat(differingOrders()).singleElement().asString().contains("unasked [order-1]");
    assertThat(ClientCheck.impossibleOrders(report, news)).hasSize(1);
  }

  @Test
  void a_message_that_was_lost_between_commit_and_relay_is_noticed() {
    ordered(1, true);

    assertThat(differingOrders(1L)).singleElement().asString().contains("missing [order-1]");
  }

  @Test
  void a_message_that_was_relayed_twice_is_noticed() {
    ordered(1, true);
    sent(1);
    sent(1);

    assertThat(differingOrders(1L)).singleElement().asString().contains("1 orders 2 messages");
  }

  @Test
  void messages_that_overtook_each_other_are_noticed() {
    sent(2);
    sent(1);

    assertThat(differingOrders(1L, 2L)).singleElement().asString().contains("in another order");
    assertThat(ClientCheck.impossibleOrders(report, news)).hasSize(1);
  }

  @Test
  void a_commit_that_is_gone_and_a_message_that_waits_are_noticed() {
    ordered(1, true);

    assertThat(ClientCheck.differingOrders(report, Set.of(), news, List.of("order-1")))
        .hasSize(2)
        .anySatisfy(one -> assertThat(one).contains("says otherwise"))
        .contains("order-1 is still in the outbox");
  }

  private void stored(long seq, String messageId) {
    log.add(new Entry(ALICE_BOB, seq, NOW, messageId));
  }

  private void seen(String userId, long seq, String messageId) {
    report.sightings().add(new Sighting(userId, ALICE_BOB, seq, messageId));
  }

  private void ordered(long number, boolean committed) {
    report.orders().add(new Order(CrashHost.NEWS, number, committed));
  }

  private void sent(long number) {
    news.add(new Entry(CrashHost.NEWS, news.size() + 1L, NOW, ClientCheck.messageId(number)));
  }

  private List<String> differingLogs() {
    return ClientCheck.differingLogs(
        report, Map.of(ALICE_BOB, new Stored(log.size(), log, Map.of())));
  }

  private List<String> differingOrders(Long... committed) {
    return ClientCheck.differingOrders(report, Set.of(committed), news, List.of());
  }
}
