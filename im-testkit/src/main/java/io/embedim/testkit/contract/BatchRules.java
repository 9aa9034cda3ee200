package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.revoke;
import static io.embedim.testkit.contract.Drafts.text;
import static io.embedim.testkit.contract.StoreFixture.decided;
import static io.embedim.testkit.contract.StoreFixture.entryOf;
import static io.embedim.testkit.contract.StoreFixture.isAppended;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.Duplicate;
import io.embedim.spi.store.AppendResult.KeyTaken;
import io.embedim.spi.store.AppendResult.MembershipChanged;
import io.embedim.spi.store.AppendResult.RevisionRefused;
import io.embedim.spi.store.AppendResult.RevisionRefused.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What drafts that come together have to do with each other, and with the time. */
interface BatchRules extends StoreFixture {

  @Test
  default void results_come_in_the_order_of_the_batch_whatever_the_order_of_its_conversations() {
    ConversationId aliceZoe = ConversationId.direct("alice", "zoe");
    List<EntryDraft> drafts =
        List.of(
            text(aliceZoe, "zoe", "z1"),
            text(ALICE_BOB, "bob", "b1"),
            text(ALICE_CAROL, "carol", "c1"),
            text(ALICE_BOB, "alice", "b2"),
            text(aliceZoe, "alice", "z2"),
            text(ALICE_BOB, "bob", "b3"));

    List<LogEntry> entries = appended(drafts.toArray(EntryDraft[]::new));

    assertThat(entries).extracting(LogEntry::draft).containsExactlyElementsOf(drafts);
    assertThat(entries).extracting(LogEntry::seq).containsExactly(1L, 1L, 1L, 2L, 2L, 3L);
    assertThat(log(ALICE_BOB))
        .extracting(LogEntry::draft)
        .containsExactly(drafts.get(1), drafts.get(3), drafts.get(5));
  }

  @Test
  default void a_message_repeated_inside_its_batch_is_written_once() {
    List<AppendResult> results =
        append(
            NOW,
            text(ALICE_BOB, "alice", "m1"),
            text(ALICE_BOB, "alice", "m1"),
            text(ALICE_BOB, "bob", "m1"),
            text(ALICE_BOB, "bob", "m2"),
            text(ALICE_BOB, "alice", "m1"));

    assertThat(entryOf(results.get(0)).seq()).isEqualTo(1);
    assertThat(results.get(1)).isEqualTo(new Duplicate(1, NOW));
    assertThat(results.get(2)).isEqualTo(new KeyTaken());
    assertThat(entryOf(results.get(3)).seq()).isEqualTo(2);
    assertThat(results.get(4)).isEqualTo(new Duplicate(1, NOW));
    assertThat(log(ALICE_BOB)).hasSize(2);
  }

  @Test
  default void an_id_whose_first_draft_was_refused_is_free_for_the_next_one_of_the_batch() {
    List<AppendResult> results =
        messages()
            .append(
                List.of(
                    new Append(text(ALICE_BOB, "alice", "m1"), 7),
                    decided(revoke(ALICE_BOB, "alice", "m1", "nothing")),
                    decided(text(ALICE_BOB, "bob", "m1")),
                    decided(text(ALICE_BOB, "alice", "m1"))),
                NOW);

    assertThat(results.get(0)).isEqualTo(new MembershipChanged(1));
    assertThat(results.get(1)).isEqualTo(new RevisionRefused(Reason.TARGET_MISSING));
    assertThat(entryOf(results.get(2)).seq()).isEqualTo(1);
    assertThat(results.get(3)).isEqualTo(new KeyTaken());
  }

  @Test
  default void one_refused_draft_does_not_keep_the_others_from_being_committed() {
    appended(text(ALICE_BOB, "alice", "taken"));

    List<AppendResult> results =
        messages()
            .append(
                List.of(
                    new Append(text(ConversationId.group("nowhere"), "alice", "m1"), 1),
                    decided(text(ALICE_BOB, "bob", "m1")),
                    decided(text(ALICE_BOB, "bob", "taken")),
                    new Append(text(ALICE_CAROL, "alice", "m1"), 0),
                    decided(revoke(ALICE_CAROL, "alice", "r1", "nothing")),
                    decided(text(ALICE_CAROL, "alice", "m2")),
                    decided(text(ALICE_BOB, "alice", "m2"))),
                NOW);

    assertThat(results.get(0)).isEqualTo(new MembershipChanged(0));
    assertThat(entryOf(results.get(1)).seq()).isEqualTo(2);
    assertThat(results.get(2)).isEqualTo(new KeyTaken());
    assertThat(results.get(3)).isEqualTo(new MembershipChanged(1));
    assertThat(results.get(4)).isEqualTo(new RevisionRefused(Reason.TARGET_MISSING));
    assertThat(entryOf(results.get(5)).seq()).isEqualTo(1);
    assertThat(entryOf(results.get(6)).seq()).isEqualTo(3);
    assertThat(log(ALICE_BOB)).hasSize(3);
    assertThat(log(ALICE_CAROL)).hasSize(1);
  }

  @Test
  default void a_batch_of_a_thousand_drafts_for_a_hundred_conversations_is_one_append() {
    List<Append> batch = new ArrayList<>();
    Map<ConversationId, Integer> expected = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      ConversationId id = ConversationId.direct("alice", "user" + (i * 37 % 100));
      batch.add(decided(text(id, "alice", "m" + i)));
      expected.merge(id, 1, Integer::sum);
    }

    List<AppendResult> results = messages().append(batch, NOW);

    assertThat(results).hasSize(1_000);
    for (int i = 0; i < batch.size(); i++) {
      assertThat(isAppended(results.get(i)).entry().draft()).isEqualTo(batch.get(i).draft());
    }
    expected.forEach(
        (id, count) ->
            assertThat(log(id))
                .extracting(LogEntry::seq)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, count).boxed().toList()));
  }

  @Test
  default void all_of_a_thousand_drafts_for_one_conversation_are_appended_in_order() {
    List<Append> batch = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      batch.add(decided(text(ALICE_BOB, i % 2 == 0 ? "alice" : "bob", "m" + i)));
    }

    messages().append(batch, NOW);
    List<AppendResult> again = messages().append(batch, NOW + 1);

    assertThat(log(ALICE_BOB))
        .extracting(LogEntry::draft)
        .containsExactlyElementsOf(batch.stream().map(Append::draft).toList());
    for (int i = 0; i < again.size(); i++) {
      assertThat(again.get(i)).isEqualTo(new Duplicate(i + 1, NOW));
    }
  }

  @Test
  default void an_entry_is_never_stamped_earlier_than_the_one_before_it() {
    append(NOW, text(ALICE_BOB, "alice", "m1"));

    AppendResult early = append(NOW - 60_000, text(ALICE_BOB, "bob", "m2")).get(0);
    AppendResult elsewhere = append(NOW - 60_000, text(ALICE_CAROL, "carol", "m3")).get(0);
    AppendResult later = append(NOW + 1, text(ALICE_BOB, "bob", "m4")).get(0);

    assertThat(entryOf(early).timestamp()).isEqualTo(NOW);
    assertThat(entryOf(elsewhere).timestamp()).isEqualTo(NOW - 60_000);
    assertThat(entryOf(later).timestamp()).isEqualTo(NOW + 1);
    assertThat(log(ALICE_BOB)).extracting(LogEntry::timestamp).containsExactly(NOW, NOW, NOW + 1);
    assertThat(conversations().heads(List.of(ALICE_BOB)))
        .containsEntry(ALICE_BOB, new ConversationHead(ALICE_BOB, 3, NOW + 1));
    assertThat(append(NOW, text(ALICE_BOB, "bob", "m2"))).containsExactly(new Duplicate(2, NOW));
  }
}
