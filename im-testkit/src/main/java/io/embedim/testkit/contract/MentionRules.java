package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.mentioning;
import static io.embedim.testkit.contract.Drafts.message;
import static io.embedim.testkit.contract.Drafts.revoke;
import static io.embedim.testkit.contract.Drafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.store.CursorMove;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where somebody is called upon in what she has not read. */
interface MentionRules extends StoreFixture {

  @Test
  default void the_first_unread_message_that_mentions_somebody_is_told() {
    appended(
        text(ALICE_BOB, "alice", "m1"),
        mentioning(ALICE_BOB, "alice", "m2", "carol", "bob", "dave"),
        mentioning(ALICE_BOB, "alice", "m3", "bob"));

    assertThat(mention("bob", ALICE_BOB)).isEqualTo(2);
    assertThat(mention("alice", ALICE_BOB)).isZero();
    read("bob", 2);
    assertThat(mention("bob", ALICE_BOB)).isEqualTo(3);
    read("bob", 3);
    assertThat(mention("bob", ALICE_BOB)).isZero();
  }

  @Test
  default void whoever_mentions_everybody_mentions_each_but_herself() {
    appended(text(ALICE_BOB, "alice", "m1"), mentioning(ALICE_BOB, "alice", "m2", "*"));

    assertThat(mention("bob", ALICE_BOB)).isEqualTo(2);
    assertThat(mention("alice", ALICE_BOB)).isZero();
  }

  @Test
  default void who_mentions_herself_has_nothing_to_look_for() {
    appended(mentioning(ALICE_BOB, "alice", "m1", "alice", "bob"));

    assertThat(mention("alice", ALICE_BOB)).isZero();
    assertThat(mention("bob", ALICE_BOB)).isEqualTo(1);
  }

  @Test
  default void a_mention_of_a_name_that_is_almost_hers_is_not_of_her() {
    for (String userId : List.of("bob", "b_b", "_", "b-b", "b.b", "___")) {
      ConversationId id = ConversationId.direct("alice", userId);
      for (String other : List.of("bob", "b_b", "Bob", "b%b", "bobby", "xbob", "b", "bo b", "__")) {
        if (!other.equals(userId)) {
          appended(mentioning(id, "alice", userId + other.hashCode(), other));
        }
      }

      assertThat(mention(userId, id)).as(userId).isZero();
      long seq = appended(mentioning(id, "alice", "hers", userId)).get(0).seq();
      assertThat(mention(userId, id)).as(userId).isEqualTo(seq);
    }
  }

  @Test
  default void a_mention_that_she_cannot_see_is_passed_over() {
    appended(mentioning(ALICE_BOB, "alice", "cleared", "bob"));
    conversations().clear("bob", ALICE_BOB);
    appended(
        mentioning(ALICE_BOB, "alice", "revoked", "bob"),
        mentioning(ALICE_BOB, "alice", "deleted", "bob"),
        message(
            ALICE_BOB,
            "alice",
            "expiring",
            Content.text("soon gone"),
            new MessageOptions(null, null, List.of("bob"), null, 10)),
        mentioning(ALICE_BOB, "alice", "seen", "bob"),
        revoke(ALICE_BOB, "alice", "r1", "revoked"));
    conversations().delete("bob", ALICE_BOB, Set.of(3L));

    assertThat(view("bob", ALICE_BOB, NOW + 9_999).mentionSeq()).isEqualTo(4);
    assertThat(view("bob", ALICE_BOB, NOW + 10_000).mentionSeq()).isEqualTo(5);
    assertThat(view("bob", ALICE_BOB, NOW + 10_000).unreadCount()).isEqualTo(1);
    conversations().delete("bob", ALICE_BOB, Set.of(5L));
    assertThat(view("bob", ALICE_BOB, NOW + 10_000).mentionSeq()).isZero();
  }

  @Test
  default void mentions_of_many_conversations_are_each_their_own() {
    ConversationId bobCarol = ConversationId.direct("bob", "carol");
    appended(
        text(ALICE_BOB, "alice", "m1"),
        text(bobCarol, "carol", "m1"),
        mentioning(bobCarol, "carol", "m2", "bob"));

    assertThat(conversations().views("bob", List.of(ALICE_BOB, bobCarol), NOW))
        .hasEntrySatisfying(ALICE_BOB, view -> assertThat(view.mentionSeq()).isZero())
        .hasEntrySatisfying(bobCarol, view -> assertThat(view.mentionSeq()).isEqualTo(2))
        .hasEntrySatisfying(bobCarol, view -> assertThat(view.unreadCount()).isEqualTo(2));
  }

  private long mention(String userId, ConversationId id) {
    return view(userId, id).mentionSeq();
  }

  private void read(String userId, long seq) {
    conversations().advance(List.of(new CursorMove(ALICE_BOB, userId, new Cursors(seq, seq))));
  }
}
