package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.store.ScheduleStore;
import io.embedim.spi.store.ScheduleStore.Outcome;
import io.embedim.spi.store.ScheduleStore.Scheduled;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that are to be sent later. */
interface ScheduleRules extends StoreFixture {

  /** More than any rule keeps. */
  int MANY = 1_000;

  default ScheduleStore schedules() {
    return stores().schedules().orElseThrow(() -> new AssertionError("this backend has none"));
  }

  @Test
  default void a_message_is_kept_word_for_word_with_all_that_it_carries() {
    Scheduled message =
        new Scheduled(
            "s1",
            new EntryDraft(
                ALICE_BOB,
                EntryType.SINGLE_CHAT,
                "m1",
                "alice",
                new Content(ContentType.CARD, "{\"text\":\"早上好 😀\\n'\\\"%\"}", "早上好 😀\n'\"%"),
                new MessageOptions(
                    -7L, "m0", List.of("bob", "carol_1"), "{\"from\":\"那里\"}", 31_536_000),
                null),
            NOW + 1);
    Scheduled plain = new Scheduled("s2", Drafts.text(ALICE_BOB, "alice", "m2"), NOW + 2);
    Scheduled system =
        new Scheduled(
            "s3",
            new EntryDraft(
                ALICE_BOB,
                EntryType.SYSTEM,
                "m3",
                "alice",
                Content.text("x"),
                MessageOptions.NONE,
                null),
            NOW + 3);

    for (Scheduled each : List.of(message, plain, system)) {
      assertThat(schedules().schedule(each, MANY)).isEqualTo(new Outcome.Kept());
    }

    assertThat(schedules().pending("alice", 9)).containsExactly(message, plain, system);
    assertThat(schedules().claim(NOW + 9, NOW + 99, 9)).containsExactly(message, plain, system);
  }

  @Test
  default void an_id_that_is_taken_tells_what_took_it() {
    Scheduled first = scheduled("s1", "alice", NOW + 1);

    assertThat(schedules().schedule(first, MANY)).isEqualTo(new Outcome.IdTaken(first));
    assertThat(schedules().schedule(message("s1", "bob", NOW + 5), MANY))
        .isEqualTo(new Outcome.IdTaken(first));
    assertThat(schedules().pending("alice", 9)).containsExactly(first);
    assertThat(schedules().pending("bob", 9)).isEmpty();
    schedules().claim(NOW + 1, NOW + 99, 9);
    assertThat(schedules().schedule(first, MANY)).isEqualTo(new Outcome.IdTaken(first));
    scheduled("S1", "alice", NOW + 1);
  }

  @Test
  default void a_user_has_no_more_messages_waiting_than_allowed() {
    scheduled("s1", "alice", NOW + 1);
    scheduled("s2", "alice", NOW + 2);
    scheduled("s3", "bob", NOW + 2);

    assertThat(schedules().schedule(message("s4", "alice", NOW), 2))
        .isEqualTo(new Outcome.TooMany());
    assertThat(schedules().schedule(message("s1", "alice", NOW), 2))
        .as("an id that is taken comes first")
        .isInstanceOf(Outcome.IdTaken.class);
    schedules().claim(NOW + 1, NOW + 99, 9);
    assertThat(schedules().schedule(message("s4", "alice", NOW), 2))
        .as("a claimed one counts")
        .isEqualTo(new Outcome.TooMany());
    schedules().done(List.of("s1"));
    assertThat(schedules().schedule(message("s4", "alice", NOW), 2)).isEqualTo(new Outcome.Kept());
    assertThat(schedules().schedule(message("s5", "bob", NOW), 2)).isEqualTo(new Outcome.Kept());
  }

  @Test
  default void the_pending_come_next_one_first_and_no_more_than_asked_for() {
    Scheduled third = scheduled("s1", "alice", NOW + 3);
    Scheduled first = scheduled("s4", "alice", NOW + 1);
    Scheduled second = scheduled("s5", "alice", NOW + 1);
    scheduled("s3", "Alice", NOW);

    assertThat(schedules().pending("alice", 9)).containsExactly(first, second, third);
    assertThat(schedules().pending("alice", 2)).containsExactly(first, second);
    assertThat(schedules().pending("bob", 9)).isEmpty();
    schedules().claim(NOW + 1, NOW + 99, 9);
    assertThat(schedules().pending("alice", 9)).containsExactly(third);
  }

  @Test
  default void what_is_due_is_claimed_the_longest_overdue_first() {
    Scheduled second = scheduled("s1", "alice", NOW + 2);
    Scheduled first = scheduled("s2", "bob", NOW + 1);
    Scheduled third = scheduled("s3", "alice", NOW + 3);
    scheduled("s4", "alice", NOW + 4);

    assertThat(schedules().claim(NOW, NOW + 99, 9)).isEmpty();
    assertThat(schedules().claim(NOW + 3, NOW + 99, 2)).containsExactly(first, second);
    assertThat(schedules().claim(NOW + 3, NOW + 99, 2)).containsExactly(third);
    assertThat(schedules().claim(NOW + 3, NOW + 99, 2)).isEmpty();
  }

  @Test
  default void a_claim_that_ended_without_an_outcome_is_due_again() {
    Scheduled message = scheduled("s1", "alice", NOW);
    assertThat(schedules().claim(NOW, NOW + 50, 9)).containsExactly(message);

    assertThat(schedules().claim(NOW + 49, NOW + 99, 9)).isEmpty();
    assertThat(schedules().claim(NOW + 50, NOW + 99, 9)).containsExactly(message);
    assertThat(schedules().claim(NOW + 98, NOW + 200, 9)).isEmpty();
  }

  @Test
  default void what_is_done_is_forgotten_and_its_id_is_free() {
    scheduled("s1", "alice", NOW);
    scheduled("s2", "alice", NOW);
    schedules().claim(NOW, NOW + 50, 9);

    schedules().done(List.of("s1", "never"));
    schedules().done(List.of());

    assertThat(schedules().claim(NOW + 50, NOW + 99, 9))
        .extracting(Scheduled::scheduleId)
        .containsExactly("s2");
    scheduled("s1", "alice", NOW);
  }

  @Test
  default void what_is_refused_stays_with_the_reason_until_its_user_takes_it_away() {
    Scheduled refused = scheduled("s1", "alice", NOW);
    Scheduled waits = scheduled("s2", "alice", NOW + 5);
    schedules().claim(NOW, NOW + 50, 9);

    schedules().refuse("s1", "muted");
    schedules().refuse("never", "muted");

    assertThat(schedules().pending("alice", 9)).containsExactly(refused.refused("muted"), waits);
    assertThat(schedules().claim(NOW + 50, NOW + 99, 9)).containsExactly(waits);
    assertThat(schedules().schedule(message("s3", "alice", NOW), 2))
        .isEqualTo(new Outcome.TooMany());
    assertThat(schedules().schedule(refused, MANY))
        .isEqualTo(new Outcome.IdTaken(refused.refused("muted")));
    assertThat(schedules().cancel("bob", "s1")).isFalse();
    assertThat(schedules().cancel("alice", "s1")).isTrue();
    assertThat(schedules().pending("alice", 9)).isEmpty();
    scheduled("s1", "alice", NOW);
  }

  @Test
  default void only_the_user_herself_takes_back_what_was_not_claimed() {
    scheduled("s1", "alice", NOW);
    scheduled("s2", "alice", NOW + 5);

    assertThat(schedules().cancel("bob", "s1")).isFalse();
    assertThat(schedules().cancel("Alice", "s1")).isFalse();
    assertThat(schedules().cancel("alice", "S1")).isFalse();
    assertThat(schedules().cancel("alice", "s2")).isTrue();
    assertThat(schedules().cancel("alice", "s2")).isFalse();
    schedules().claim(NOW, NOW + 50, 9);
    assertThat(schedules().cancel("alice", "s1")).isFalse();
    assertThat(schedules().claim(NOW + 50, NOW + 99, 9)).hasSize(1);
    scheduled("s2", "alice", NOW);
  }

  /** Keeps a message that nothing speaks against. */
  default Scheduled scheduled(String scheduleId, String userId, long sendAt) {
    Scheduled message = message(scheduleId, userId, sendAt);
    assertThat(schedules().schedule(message, MANY)).isEqualTo(new Outcome.Kept());
    return message;
  }

  static Scheduled message(String scheduleId, String userId, long sendAt) {
    return new Scheduled(scheduleId, Drafts.text(ALICE_BOB, userId, "m-" + scheduleId), sendAt);
  }
}
