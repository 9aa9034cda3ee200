package io.embedim.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.core.ImEngine;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.hook.ImListener;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.OutboxStore;
import io.embedim.spi.store.SeqRange;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.FaultPoint.Moment;
import io.embedim.testkit.ImTestEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that the host sends in its own transactions. */
abstract class OutboxRules {

  static final String PREFIX = "outbox_";

  private static final ConversationId NEWS = ConversationId.direct("bob", "system");

  private final JdbcOutbox outbox = JdbcOutbox.withPrefix(PREFIX);
  private final Map<String, String> refused = new ConcurrentHashMap<>();
  private final Set<ConversationId> cannotBeSentTo = ConcurrentHashMap.newKeySet();
  private DataSource database;
  private ImTestEngine im;
  private FakeDevice bob;

  /** A database whose tables with our prefix are empty. */
  abstract DataSource empty() throws Exception;

  @BeforeEach
  void start() throws Exception {
    database = empty();
    im =
        ImTestEngine.builder()
            .stores(open())
            .interceptor(
                (draft, chain) -> {
                  if (cannotBeSentTo.contains(draft.conversationId())) {
                    throw new IllegalStateException("a test says so");
                  }
                  return chain.proceed(draft);
                })
            .listener(
                new ImListener() {
                  @Override
                  public void onOutboxRefused(EntryDraft draft, String reason) {
                    refused.put(draft.messageId(), reason);
                  }
                })
            .start();
    bob = im.connect("bob");
  }

  @AfterEach
  void stop() {
    im.close();
  }

  @Test
  void a_message_is_sent_when_the_hosts_transaction_has_committed() throws Exception {
    try (Connection host = transaction()) {
      outbox.enqueue(host, news("m-1"));
      im.engine().relayOutbox();
      bob.receivesNothing();
      host.commit();
    }
    im.engine().relayOutbox();
    bob.receives("m-1");
    assertThat(waiting()).isZero();
  }

  @Test
  void a_message_is_not_sent_when_the_hosts_transaction_is_rolled_back() throws Exception {
    try (Connection host = transaction()) {
      outbox.enqueue(host, news("m-1"));
      host.rollback();
    }
    im.engine().relayOutbox();
    bob.receivesNothing();
    assertThat(log(NEWS)).isEmpty();
  }

  @Test
  void without_being_told_the_engine_looks_twice_a_second() throws Exception {
    commit(news("m-1"));
    im.advance(Duration.ofMillis(600));
    bob.receives("m-1");
  }

  @Test
  void messages_of_a_transaction_are_sent_in_its_order() throws Exception {
    EntryDraft[] drafts =
        IntStream.range(0, 40).mapToObj(i -> news("m-" + i)).toArray(EntryDraft[]::new);
    commit(drafts);
    im.engine().relayOutbox();
    assertThat(ids(NEWS))
        .containsExactly(IntStream.range(0, 40).mapToObj(i -> "m-" + i).toArray(String[]::new));
  }

  @Test
  void a_message_of_a_user_reaches_her_own_devices_too() throws Exception {
    FakeDevice alice = im.connect("alice");
    commit(message(ConversationId.direct("alice", "bob"), "alice", "m-1"));
    im.engine().relayOutbox();
    alice.receives("m-1");
    bob.receives("m-1");
  }

  @Test
  void what_may_not_be_sent_stays_with_its_reason_and_holds_up_nobody() throws Exception {
    commit(message(ConversationId.group("nowhere"), "alice", "bad"), news("good"));
    im.engine().relayOutbox();
    bob.receives("good");
    assertThat(refused).isEqualTo(Map.of("bad", "group_not_found"));
    im.advance(Duration.ofSeconds(2));
    assertThat(reasons()).containsExactly("group_not_found");
  }

  @Test
  void a_conversation_that_cannot_be_sent_to_holds_up_no_other_however_much_waits_in_it()
      throws Exception {
    ConversationId stuck = ConversationId.direct("bob", "eve");
    cannotBeSentTo.add(stuck);
    commit(
        IntStream.range(0, 1_100)
            .mapToObj(i -> message(stuck, "eve", "stuck-" + i))
            .toArray(EntryDraft[]::new));
    commit(news("good"));
    im.engine().relayOutbox();
    bob.receives("good");
    assertThat(waiting()).isEqualTo(1_100);
    assertThat(log(stuck)).isEmpty();
  }

  @Test
  void what_could_not_be_stored_is_sent_later_in_its_order() throws Exception {
    commit(news("m-1"), news("m-2"), news("m-3"));
    im.stores().appendFaults().fail(Moment.BEFORE);
    im.engine().relayOutbox();
    bob.receivesNothing();
    im.stores().heal();
    im.engine().relayOutbox();
    assertThat(ids(NEWS)).containsExactly("m-1", "m-2", "m-3");
  }

  @Test
  void a_commit_that_nobody_heard_of_is_not_repeated() throws Exception {
    commit(news("m-1"), news("m-2"));
    im.stores().appendFaults().failFor(Moment.AFTER, "m-1");
    im.engine().relayOutbox();
    im.stores().heal();
    im.engine().relayOutbox();
    assertThat(ids(NEWS)).containsExactly("m-1", "m-2");
    assertThat(waiting()).isZero();
  }

  @Test
  void a_relay_that_dies_after_sending_leaves_everything_for_the_next_one() throws Exception {
    commit(news("m-1"), news("m-2"));
    OutboxStore store = im.stores().outbox().orElseThrow();
    assertThatThrownBy(
            () ->
                store.relay(
                    10,
                    messages -> {
                      throw new IllegalStateException("the process dies here");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(waiting()).isEqualTo(2);
    im.engine().relayOutbox();
    assertThat(ids(NEWS)).containsExactly("m-1", "m-2");
  }

  @Test
  void while_one_relays_others_take_nothing() throws Exception {
    commit(news("m-1"));
    OutboxStore one = im.stores().outbox().orElseThrow();
    try (ImStores second = open()) {
      OutboxStore other = second.outbox().orElseThrow();
      int settled =
          one.relay(
              10,
              messages -> {
                assertThat(other.relay(10, others -> List.of())).isZero();
                return List.of(new OutboxStore.Outcome.Sent());
              });
      assertThat(settled).isEqualTo(1);
    }
  }

  @Test
  void two_nodes_send_what_many_transactions_wrote_once_and_in_order() throws Exception {
    int hosts = 4;
    int transactions = 25;
    ExecutorService threads = Executors.newCachedThreadPool();
    try (ImEngine one = engine();
        ImEngine other = engine()) {
      List<Callable<Void>> work = new ArrayList<>();
      for (int host = 0; host < hosts; host++) {
        String name = "h" + host;
        work.add(
            () -> {
              for (int t = 0; t < transactions; t++) {
                commit(news(name + "-" + (2 * t)), news(name + "-" + (2 * t + 1)));
                one.relayOutbox();
                other.relayOutbox();
              }
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
      while (waiting() > 0) {
        one.relayOutbox();
        other.relayOutbox();
        Thread.onSpinWait();
      }
    } finally {
      threads.shutdown();
    }
    List<String> all = ids(NEWS);
    assertThat(all).hasSize(hosts * transactions * 2).doesNotHaveDuplicates();
    for (int host = 0; host < hosts; host++) {
      String name = "h" + host + "-";
      assertThat(all.stream().filter(id -> id.startsWith(name)))
          .containsExactlyElementsOf(
              IntStream.range(0, 2 * transactions).mapToObj(i -> name + i).toList());
    }
  }

  @Test
  void what_is_no_message_is_refused_at_once_and_writes_nothing() throws Exception {
    try (Connection host = transaction()) {
      EntryDraft revoke =
          new EntryDraft(
              NEWS,
              EntryType.REVOKE,
              "r-1",
              "system",
              Content.REVOKED,
              MessageOptions.NONE,
              new Revision.Revoke("m-1"));
      assertThatThrownBy(() -> outbox.enqueue(host, revoke))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> outbox.enqueue(host, news("not an id")))
          .isInstanceOf(IllegalArgumentException.class);
      host.commit();
    }
    assertThat(waiting()).isZero();
  }

  private ImStores open() {
    return JdbcStores.builder().dataSource(database).tablePrefix(PREFIX).build();
  }

  private ImEngine engine() {
    return ImEngine.builder()
        .stores(open())
        .authenticator(token -> new Authenticator.Result.Rejected("nobody logs in here"))
        .build();
  }

  private Connection transaction() throws SQLException {
    Connection connection = database.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private void commit(EntryDraft... drafts) throws SQLException {
    try (Connection host = transaction()) {
      for (EntryDraft draft : drafts) {
        outbox.enqueue(host, draft);
      }
      host.commit();
    }
  }

  private List<LogEntry> log(ConversationId id) {
    return im.stores().messages().read(id, SeqRange.after(0, 10_000));
  }

  private List<String> ids(ConversationId id) {
    return log(id).stream().map(entry -> entry.draft().messageId()).toList();
  }

  private int waiting() throws SQLException {
    return query("SELECT message_id FROM " + PREFIX + "outbox").size();
  }

  private List<String> reasons() throws SQLException {
    return query("SELECT refused FROM " + PREFIX + "outbox");
  }

  private List<String> query(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (result.next()) {
        values.add(result.getString(1));
      }
      return values;
    }
  }

  private static EntryDraft news(String messageId) {
    return message(NEWS, "system", messageId);
  }

  private static EntryDraft message(ConversationId id, String sender, String messageId) {
    return EntryDraft.message(id, messageId, sender, Content.text(messageId));
  }
}
