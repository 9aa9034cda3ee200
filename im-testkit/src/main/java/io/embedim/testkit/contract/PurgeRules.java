package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.edit;
import static io.embedim.testkit.contract.Drafts.expiring;
import static io.embedim.testkit.contract.Drafts.message;
import static io.embedim.testkit.contract.Drafts.pin;
import static io.embedim.testkit.contract.Drafts.react;
import static io.embedim.testkit.contract.Drafts.revoke;
import static io.embedim.testkit.contract.Drafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.RevisionRefused;
import io.embedim.spi.store.AppendResult.RevisionRefused.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages that destroy themselves: who can still change them, and what leaves the store. */
interface PurgeRules extends StoreFixture {

  /** When the message of {@link #secret()} has expired. */
  long EXPIRED = NOW + 10_000;

  @Test
  default void what_has_expired_leaves_the_store_and_keeps_its_place() {
    secret();

    assertThat(messages().purgeExpired(EXPIRED - 1, 9)).isZero();
    assertThat(log(ALICE_BOB)).anyMatch(entry -> entry.toString().contains("secret"));
    assertThat(messages().purgeExpired(EXPIRED, 9)).isEqualTo(1);

    List<LogEntry> log = log(ALICE_BOB);
    assertThat(log).extracting(LogEntry::seq).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(log).noneMatch(entry -> entry.toString().contains("secret"));
    LogEntry purged = log.get(1);
    assertThat(purged.draft().content()).isEqualTo(Content.REVOKED);
    assertThat(purged.draft().options())
        .isEqualTo(new MessageOptions(5L, "m1", List.of("bob"), null, 10));
    assertThat(purged.state()).isEqualTo(new EntryState(true, null, Map.of(), false));
    assertThat(purged.isExpired(EXPIRED)).isTrue();
    assertThat(purged).isEqualTo(found(ALICE_BOB, "gone"));
    assertThat(messages().pastContents(ALICE_BOB, 2)).isEmpty();
    assertThat(messages().pinned(ALICE_BOB, NOW)).isEmpty();
    assertThat(log.get(0)).isEqualTo(new LogEntry(1, NOW, log.get(0).draft(), log.get(0).state()));
    assertThat(messages().purgeExpired(Long.MAX_VALUE, 9)).isZero();
  }

  @Test
  default void views_are_the_same_before_and_after_a_purge() {
    secret();
    appended(text(ALICE_BOB, "alice", "m2"));
    ConversationView alices = view("alice", ALICE_BOB, EXPIRED);
    ConversationView bobs = view("bob", ALICE_BOB, EXPIRED);

    messages().purgeExpired(EXPIRED, 9);

    assertThat(view("alice", ALICE_BOB, EXPIRED)).isEqualTo(alices);
    assertThat(view("bob", ALICE_BOB, EXPIRED)).isEqualTo(bobs);
    assertThat(bobs.unreadCount()).isEqualTo(2);
  }

  @Test
  default void a_purge_frees_the_place_of_a_pin() {
    secret();
    append(EXPIRED, text(ALICE_BOB, "alice", "m2"));
    EntryDraft pin = pin(ALICE_BOB, "bob", "p9", new Revision.Pin("m2", true, 1));
    assertThat(append(EXPIRED, pin)).containsExactly(new RevisionRefused(Reason.LIMIT_REACHED));

    messages().purgeExpired(EXPIRED, 9);

    append(EXPIRED, pin).forEach(StoreFixture::isAppended);
    assertThat(messages().pinned(ALICE_BOB, EXPIRED)).containsExactly(found(ALICE_BOB, "m2"));
  }

  @Test
  default void what_has_expired_is_no_target_whether_or_not_it_is_purged() {
    secret();

    append(EXPIRED - 1, edit(ALICE_BOB, "alice", "just", "gone", "in time"))
        .forEach(StoreFixture::isAppended);
    assertThat(revisions("a")).containsOnly(new RevisionRefused(Reason.TARGET_MISSING)).hasSize(4);
    messages().purgeExpired(EXPIRED, 9);
    assertThat(revisions("b")).containsOnly(new RevisionRefused(Reason.TARGET_MISSING)).hasSize(4);
    assertThat(log(ALICE_BOB)).hasSize(7);
  }

  @Test
  default void the_stamp_of_the_entry_decides_whether_its_target_has_expired() {
    appended(expiring(ALICE_BOB, "alice", "m1", 10));
    append(NOW + 10_000, text(ALICE_BOB, "alice", "m2"));

    assertThat(append(NOW, revoke(ALICE_BOB, "alice", "r1", "m1")))
        .containsExactly(new RevisionRefused(Reason.TARGET_MISSING));
  }

  @Test
  default void messages_without_an_end_or_with_a_later_one_are_let_alone() {
    appended(
        text(ALICE_BOB, "alice", "m1"),
        expiring(ALICE_BOB, "alice", "m2", 11),
        expiring(ALICE_BOB, "alice", "m3", Long.MAX_VALUE),
        expiring(ALICE_CAROL, "alice", "m1", 10));
    List<LogEntry> before = log(ALICE_BOB);

    assertThat(messages().purgeExpired(EXPIRED, 9)).isEqualTo(1);

    assertThat(log(ALICE_BOB)).isEqualTo(before);
    assertThat(found(ALICE_CAROL, "m1").draft().content()).isEqualTo(Content.REVOKED);
  }

  @Test
  default void what_was_revoked_before_is_purged_too() {
    secret();
    append(NOW + 1, revoke(ALICE_BOB, "alice", "r1", "gone"));

    assertThat(messages().purgeExpired(EXPIRED, 9)).isEqualTo(1);

    assertThat(found(ALICE_BOB, "gone").draft().options().forwardedFrom()).isNull();
    assertThat(found(ALICE_BOB, "gone").state())
        .isEqualTo(new EntryState(true, null, Map.of(), false));
  }

  @Test
  default void a_purge_does_no_more_than_it_was_asked_for() {
    appended(
        IntStream.range(0, 25)
            .mapToObj(i -> expiring(ALICE_BOB, "alice", "m" + i, 1 + i % 5))
            .toArray(EntryDraft[]::new));

    assertThat(messages().purgeExpired(EXPIRED, 10)).isEqualTo(10);
    assertThat(log(ALICE_BOB)).filteredOn(entry -> entry.state().revoked()).hasSize(10);
    assertThat(messages().purgeExpired(EXPIRED, 10)).isEqualTo(10);
    assertThat(messages().purgeExpired(EXPIRED, 10)).isEqualTo(5);
    assertThat(log(ALICE_BOB)).allMatch(entry -> entry.state().revoked());
  }

  @Test
  default void many_who_purge_while_others_write_purge_each_message_once() {
    List<ConversationId> ids =
        IntStream.range(0, 6).mapToObj(i -> ConversationId.direct("alice", "user" + i)).toList();
    for (int round = 0; round < 3 * effort(); round++) {
      List<EntryDraft> drafts = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        ConversationId id = ids.get(i % ids.size());
        drafts.add(expiring(id, "alice", "r" + round + "m" + i, 1));
        drafts.add(
            pin(
                id,
                "alice",
                "r" + round + "p" + i,
                new Revision.Pin("r" + round + "m" + i, true, 99)));
      }
      appended(drafts.toArray(EntryDraft[]::new));
      String prefix = "r" + round + "w";
      AtomicInteger written = new AtomicInteger();
      Callable<Integer> purger =
          () -> {
            int purged = 0;
            for (int i = 0; i < 30; i++) {
              purged += messages().purgeExpired(EXPIRED, 7);
            }
            return purged;
          };
      Callable<Integer> writer =
          () -> {
            for (int i = 0; i < 15; i++) {
              int next = written.getAndIncrement();
              append(NOW, text(ids.get(next % ids.size()), "alice", prefix + next))
                  .forEach(StoreFixture::isAppended);
            }
            return 0;
          };

      List<Integer> purged = Race.run(List.of(purger, purger, purger, writer, writer));

      int left = messages().purgeExpired(EXPIRED, 99);
      assertThat(left + purged.stream().mapToInt(Integer::intValue).sum()).isEqualTo(60);
      for (ConversationId id : ids) {
        assertThat(messages().pinned(id, NOW)).isEmpty();
        assertThat(log(id)).extracting(LogEntry::seq).isSorted();
        assertThat(log(id))
            .filteredOn(entry -> entry.draft().options().expiresIn() > 0)
            .allMatch(entry -> entry.state().revoked());
      }
    }
  }

  /** A message with all that can belong to one, the second of the log. */
  private void secret() {
    appended(
        text(ALICE_BOB, "alice", "m1"),
        message(
            ALICE_BOB,
            "alice",
            "gone",
            Content.text("a secret"),
            new MessageOptions(5L, "m1", List.of("bob"), "{\"from\":\"a secret place\"}", 10)));
    appended(
        react(ALICE_BOB, "bob", "x1", new Revision.React("gone", "👍", true, 3)),
        pin(ALICE_BOB, "bob", "p1", new Revision.Pin("gone", true, 3)));
    appended(edit(ALICE_BOB, "alice", "e1", "gone", "another secret"));
    appended(edit(ALICE_BOB, "alice", "e2", "gone", "the last secret"));
  }

  private List<AppendResult> revisions(String prefix) {
    return append(
        EXPIRED,
        revoke(ALICE_BOB, "alice", prefix + "1", "gone"),
        edit(ALICE_BOB, "alice", prefix + "2", "gone", "too late"),
        react(ALICE_BOB, "bob", prefix + "3", new Revision.React("gone", "👍", true, 9)),
        pin(ALICE_BOB, "bob", prefix + "4", new Revision.Pin("gone", false, 9)));
  }
}
