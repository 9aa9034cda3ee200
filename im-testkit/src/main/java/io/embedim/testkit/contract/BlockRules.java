package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.revoke;
import static io.embedim.testkit.contract.Drafts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult.MembershipChanged;
import io.embedim.spi.store.AppendResult.RevisionRefused;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.ConversationQuery.Order;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.CursorResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a block does to the conversation of two. */
interface BlockRules extends ContactFixture {

  @Test
  default void where_nobody_blocked_anybody_the_membership_follows_from_the_id() {
    ConversationId self = ConversationId.direct("alice", "alice");
    assertThat(contacts().membership(ALICE_BOB)).isEqualTo(Membership.ofDirect(ALICE_BOB));
    assertThat(contacts().membership(self)).isEqualTo(Membership.ofDirect(self));

    appended(text(ALICE_BOB, "alice", "m1"), text(self, "alice", "m1"));

    assertThat(contacts().membership(ALICE_BOB)).isEqualTo(Membership.ofDirect(ALICE_BOB));
    assertThat(contacts().membership(self)).isEqualTo(Membership.ofDirect(self));
  }

  @Test
  default void a_block_mutes_the_other_side_for_good_and_raises_the_version() {
    appended(text(ALICE_BOB, "alice", "m1"));

    assertThat(contacts().block("alice", "bob")).isTrue();

    assertThat(version(ALICE_BOB)).isEqualTo(2);
    assertThat(side(ALICE_BOB, "bob"))
        .isEqualTo(Member.ofDirect("bob").withMutedUntil(Member.BLOCKED));
    assertThat(side(ALICE_BOB, "alice")).isEqualTo(Member.ofDirect("alice"));
    assertThat(contacts().membership(ALICE_BOB).active()).isTrue();
    assertThat(contacts().blocked("alice", "", 9)).containsExactly("bob");
    assertThat(contacts().blocked("bob", "", 9)).isEmpty();
    assertThat(log(ALICE_BOB)).hasSize(1);
    assertThat(version(ALICE_CAROL)).isEqualTo(1);
  }

  @Test
  default void an_unblock_lets_the_other_side_speak_and_raises_the_version_once_more() {
    contacts().block("alice", "bob");

    assertThat(contacts().unblock("alice", "bob")).isTrue();

    assertThat(version(ALICE_BOB)).isEqualTo(3);
    assertThat(side(ALICE_BOB, "bob")).isEqualTo(Member.ofDirect("bob"));
    assertThat(contacts().blocked("alice", "", 9)).isEmpty();
  }

  @Test
  default void what_is_so_already_changes_nothing() {
    assertThat(contacts().unblock("alice", "bob")).isFalse();
    assertThat(version(ALICE_BOB)).isEqualTo(1);
    contacts().block("alice", "bob");

    assertThat(contacts().block("alice", "bob")).isFalse();
    assertThat(contacts().unblock("bob", "alice")).isFalse();

    assertThat(version(ALICE_BOB)).isEqualTo(2);
    assertThat(contacts().blocked("alice", "", 9)).containsExactly("bob");
  }

  @Test
  default void each_side_can_block_the_other() {
    contacts().block("alice", "bob");
    contacts().block("bob", "alice");
    assertThat(version(ALICE_BOB)).isEqualTo(3);
    assertThat(side(ALICE_BOB, "alice").mutedUntil()).isEqualTo(Member.BLOCKED);

    contacts().unblock("alice", "bob");

    assertThat(side(ALICE_BOB, "bob").mutedUntil()).isZero();
    assertThat(side(ALICE_BOB, "alice").mutedUntil()).isEqualTo(Member.BLOCKED);
    assertThat(contacts().blocked("bob", "", 9)).containsExactly("alice");
  }

  @Test
  default void nobody_blocks_herself() {
    assertThatThrownBy(() -> contacts().block("alice", "alice"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> contacts().unblock("alice", "alice"))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(contacts().blocked("alice", "", 9)).isEmpty();
    assertThat(version(ConversationId.direct("alice", "alice"))).isEqualTo(1);
  }

  @Test
  default void the_blocked_come_by_id_and_no_more_than_asked_for() {
    for (String userId : List.of("carol", "bob", "Bob", "b_b", "dave")) {
      contacts().block("alice", userId);
    }
    contacts().block("bob", "alice");

    assertThat(contacts().blocked("alice", "", 9))
        .containsExactly("Bob", "b_b", "bob", "carol", "dave");
    assertThat(contacts().blocked("alice", "b_b", 2)).containsExactly("bob", "carol");
    assertThat(contacts().blocked("alice", "dave", 2)).isEmpty();
    assertThat(contacts().blocked("Alice", "", 2)).isEmpty();
  }

  @Test
  default void who_of_many_has_blocked_somebody_is_found() {
    contacts().block("alice", "eve");
    contacts().block("carol", "eve");
    contacts().block("bob", "mallory");
    contacts().block("eve", "dave");
    contacts().block("dave", "Eve");
    List<String> many = new ArrayList<>(List.of("alice", "bob", "dave", "eve", "alice"));
    IntStream.range(0, 1_200).forEach(i -> many.add("user-" + i));
    many.add("carol");

    assertThat(contacts().blockers("eve", many)).containsExactlyInAnyOrder("alice", "carol");
    assertThat(contacts().blockers("eve", List.of("bob"))).isEmpty();
    assertThat(contacts().blockers("eve", List.of())).isEmpty();
    assertThat(contacts().blockers("dave", many)).containsExactly("eve");
    contacts().unblock("carol", "eve");
    assertThat(contacts().blockers("eve", many)).containsExactly("alice");
  }

  @Test
  default void an_append_that_was_decided_before_a_block_or_an_unblock_is_refused() {
    appended(text(ALICE_BOB, "bob", "m1"));
    contacts().block("alice", "bob");

    assertThat(send(1, text(ALICE_BOB, "bob", "m2"))).isEqualTo(new MembershipChanged(2));
    assertThat(send(1, text(ALICE_BOB, "alice", "m2"))).isEqualTo(new MembershipChanged(2));
    StoreFixture.isAppended(send(2, text(ALICE_BOB, "alice", "m3")));
    StoreFixture.isAppended(send(Append.ANY_VERSION, text(ALICE_BOB, "system", "m4")));
    contacts().unblock("alice", "bob");
    assertThat(send(2, text(ALICE_BOB, "bob", "m5"))).isEqualTo(new MembershipChanged(3));
    StoreFixture.isAppended(send(3, text(ALICE_BOB, "bob", "m6")));
    assertThat(log(ALICE_BOB)).hasSize(4);
  }

  @Test
  default void a_block_before_the_first_entry_holds_for_it_too() {
    contacts().block("alice", "bob");

    assertThat(version(ALICE_BOB)).isEqualTo(2);
    assertThat(send(1, text(ALICE_BOB, "bob", "m1"))).isEqualTo(new MembershipChanged(2));
    assertThat(send(2, revoke(ALICE_BOB, "bob", "r1", "nothing")))
        .isInstanceOf(RevisionRefused.class);
    assertThat(log(ALICE_BOB)).isEmpty();
    LogEntry first = StoreFixture.entryOf(send(2, text(ALICE_BOB, "alice", "m2")));
    assertThat(first.seq()).isEqualTo(1);
    assertThat(first.timestamp()).isEqualTo(NOW);
    assertThat(version(ALICE_BOB)).isEqualTo(2);
    assertThat(side(ALICE_BOB, "bob").mutedUntil()).isEqualTo(Member.BLOCKED);
  }

  @Test
  default void a_conversation_with_a_block_and_no_entry_is_nowhere_to_be_seen() {
    contacts().block("alice", "bob");
    appended(text(ALICE_CAROL, "alice", "m1"));

    for (String userId : List.of("alice", "bob")) {
      assertThat(conversations().memberViews(userId, List.of(ALICE_BOB))).isEmpty();
      assertThat(conversations().views(userId, List.of(ALICE_BOB), NOW)).isEmpty();
      assertThat(conversations().update(userId, ALICE_BOB, SettingsRules.HIDE)).isEmpty();
      assertThat(conversations().clear(userId, ALICE_BOB)).isEmpty();
      conversations().delete(userId, ALICE_BOB, Set.of(1L));
      assertThat(conversations().deleted(userId, ALICE_BOB, 0, 9)).isEmpty();
      assertThat(
              conversations()
                  .advance(List.of(new CursorMove(ALICE_BOB, userId, new Cursors(0, 0)))))
          .containsExactly(new CursorResult.NotMember());
    }
    assertThat(conversations().heads(List.of(ALICE_BOB, ALICE_CAROL)))
        .containsOnlyKeys(ALICE_CAROL);
    assertThat(conversations().cursors(ALICE_BOB, List.of())).isEmpty();
    assertThat(conversations().cursors(ALICE_BOB, List.of("alice", "bob"))).isEmpty();
    for (Order order : Order.values()) {
      assertThat(conversations().list(new ConversationQuery("bob", order, null, 9))).isEmpty();
      assertThat(conversations().list(new ConversationQuery("alice", order, null, 9)))
          .extracting(MemberView::id)
          .containsExactly(ALICE_CAROL);
    }
    assertThat(messages().pinned(ALICE_BOB, NOW)).isEmpty();
  }

  @Test
  default void the_first_entry_shows_the_conversation_as_if_there_had_been_no_block() {
    contacts().block("alice", "bob");

    LogEntry entry = StoreFixture.entryOf(send(2, text(ALICE_BOB, "alice", "m1")));

    for (String userId : List.of("alice", "bob")) {
      assertThat(conversations().list(new ConversationQuery(userId, Order.NEWEST_FIRST, null, 9)))
          .extracting(MemberView::id)
          .containsExactly(ALICE_BOB);
      assertThat(view(userId, ALICE_BOB).head()).isEqualTo(new ConversationHead(ALICE_BOB, 1, NOW));
      assertThat(view(userId, ALICE_BOB).settings()).isEqualTo(ConversationSettings.DEFAULT);
      assertThat(view(userId, ALICE_BOB).cursors()).isEqualTo(Cursors.NONE);
      assertThat(view(userId, ALICE_BOB).lastMessage()).isEqualTo(entry);
    }
    assertThat(view("bob", ALICE_BOB).unreadCount()).isEqualTo(1);
  }
}
