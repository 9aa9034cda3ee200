package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.expiring;
import static io.embedim.store.jdbc.TestDrafts.revision;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.ContactStore;
import io.embedim.spi.store.ScheduleStore;
import io.embedim.spi.store.ScheduleStore.Scheduled;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How it finds pins, the past of edits, what has expired, scheduled messages and blocks, of each of
 * which there are 10,000.
 */
abstract class FeaturePlanRules extends PlanRules {

  private static final String OF_EACH = " FROM plan_conversation c WHERE c.conversation_type = 1";

  private static final List<String> ROWS =
      List.of(
          "INSERT INTO plan_pin (conversation_id, message_seq, pinned_by_seq) SELECT c.id, 1, 2",
          "INSERT INTO plan_past_content (conversation_id, message_seq, replaced_by_seq, since,"
              + " content_type, body, plain_text) SELECT c.id, 1, 2, 1, 1, '{}', ''",
          "INSERT INTO plan_expiring (expires_at, conversation_id, seq)"
              + " SELECT 9000000000000, c.id, 1",
          "INSERT INTO plan_scheduled (schedule_id, send_at, lease_until, conversation_id,"
              + " message_id, entry_type, sender_id, content_type, body, plain_text, expires_in)"
              + " SELECT c.id, 9000000000000, 0, c.id, 'm', 1, c.id, 1, '{}', '', 0",
          "INSERT INTO plan_blocked (user_id, blocked_id) SELECT c.id, 'somebody'");

  @BeforeAll
  void fillWithFeatures() throws SQLException {
    try (Connection connection = empty("unused_").getConnection();
        Statement statement = connection.createStatement()) {
      for (String rows : ROWS) {
        statement.execute(rows + OF_EACH);
      }
      for (String sql : statements()) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void entries_are_found_by_the_index_of_message_ids() {
    List<String> ids = IntStream.range(100, 150).mapToObj(i -> "m" + i).toList();

    assertThat(planOf(() -> stores.messages().find(LONG, ids)))
        .allSatisfy(plan -> assertThat(readsAll(plan)).as(plan).isFalse())
        .allSatisfy(plan -> assertThat(uses(plan, "message", "key")).as(plan).isTrue());
  }

  @Test
  void pins_and_the_past_are_found_by_their_messages() {
    assertThat(planOf(() -> stores.messages().pinned(LONG, NOW)))
        .allSatisfy(plan -> assertThat(readsAll(plan)).as(plan).isFalse())
        .allSatisfy(plan -> assertThat(uses(plan, "pin", "pk")).as(plan).isTrue())
        .allSatisfy(plan -> assertThat(uses(plan, "message", "pk")).as(plan).isTrue());
    assertThat(planOf(() -> stores.messages().pastContents(LONG, 7)))
        .allSatisfy(plan -> alongIndex(plan, "past_content", "pk"));
  }

  @Test
  void what_has_expired_is_found_by_its_end() {
    assertThat(planOf(() -> stores.messages().purgeExpired(NOW - 1, 100)))
        .allSatisfy(plan -> alongIndex(plan, "expiring", "pk"));
  }

  @Test
  void a_purge_and_each_revision_look_only_for_their_messages() {
    Content better = new Content(ContentType.TEXT, "{}", "better");
    stores
        .messages()
        .append(
            List.of(expiring(ALICE_BOB, "alice", "soon", 1), text(ALICE_BOB, "alice", "later")),
            NOW);
    List<String> plans = new ArrayList<>();
    for (boolean keepsPast : List.of(true, true, false, true)) {
      plans.addAll(edits("soon", new Revision.Edit("soon", better, keepsPast), plans.size()));
      plans.addAll(edits("later", new Revision.Edit("later", better, keepsPast), plans.size()));
    }
    plans.addAll(
        planOf(
            () ->
                stores
                    .messages()
                    .append(
                        List.of(
                            revision(
                                ALICE_BOB,
                                EntryType.PIN,
                                "bob",
                                "pin",
                                new Revision.Pin("soon", true, 9)),
                            revision(
                                ALICE_BOB,
                                EntryType.REVOKE,
                                "bob",
                                "revoke",
                                new Revision.Revoke("later"))),
                        NOW)));
    plans.addAll(planOf(() -> assertPurged(stores.messages().purgeExpired(NOW + 1_000, 9))));

    assertThat(plans)
        .hasSizeGreaterThan(30)
        .allSatisfy(plan -> assertThat(readsAll(plan)).as(plan).isFalse());
  }

  @Test
  void scheduled_messages_are_found_by_user_and_by_time() {
    ScheduleStore schedules = stores.schedules().orElseThrow();
    Scheduled message = new Scheduled("s", text(LONG, "bob", "planned").draft(), NOW);
    assertThat(planOf(() -> schedules.schedule(message, 9)))
        .filteredOn(plan -> plan.contains("plan_scheduled"))
        .hasSize(2)
        .allSatisfy(plan -> assertThat(readsAll(plan)).as(plan).isFalse());
    assertThat(planOf(() -> schedules.pending("bob", 9)))
        .allSatisfy(plan -> alongIndex(plan, "scheduled", "user"));
    assertThat(planOf(() -> schedules.claim(NOW - 1, NOW, 9)))
        .allSatisfy(plan -> alongIndex(plan, "scheduled", "due"));
    assertThat(planOf(() -> assertThat(schedules.claim(NOW, NOW + 9, 9)).hasSize(1)))
        .filteredOn(plan -> plan.contains("plan_scheduled"))
        .hasSize(3)
        .allSatisfy(plan -> assertThat(readsAll(plan)).as(plan).isFalse());
  }

  @Test
  void blocks_are_found_by_user() {
    ContactStore contacts = stores.contacts().orElseThrow();
    assertThat(planOf(() -> contacts.block("bob", "carol")))
        .allSatisfy(plan -> assertThat(readsAll(plan)).as(plan).isFalse());
    assertThat(planOf(() -> contacts.blocked("bob", "", 9)))
        .allSatisfy(plan -> alongIndex(plan, "blocked", "pk"));
    assertThat(planOf(() -> contacts.blockers("carol", List.of("alice", "bob", "dave"))))
        .allSatisfy(plan -> assertThat(readsAll(plan)).as(plan).isFalse());
    assertThat(planOf(() -> contacts.membership(LONG)))
        .allSatisfy(plan -> assertThat(readsAll(plan)).as(plan).isFalse());
    contacts.unblock("bob", "carol");
  }

  private List<String> edits(String target, Revision.Edit edit, int number) {
    return planOf(
        () ->
            stores
                .messages()
                .append(
                    List.of(revision(ALICE_BOB, EntryType.EDIT, "alice", target + number, edit)),
                    NOW));
  }

  private static void assertPurged(int count) {
    assertThat(count).isEqualTo(1);
  }
}
