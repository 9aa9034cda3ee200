package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.edit;
import static io.embedim.testkit.contract.Drafts.event;
import static io.embedim.testkit.contract.Drafts.expiring;
import static io.embedim.testkit.contract.Drafts.pin;
import static io.embedim.testkit.contract.Drafts.react;
import static io.embedim.testkit.contract.Drafts.revoke;
import static io.embedim.testkit.contract.Drafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.CursorMove;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What follows from the log and the cursors: unread counts, last messages, the other side. */
interface ViewRules extends StoreFixture {

  @Test
  default void a_view_shows_the_conversation_as_the_member_sees_it() {
    LogEntry entry = appended(text(ALICE_BOB, "alice", "m1")).get(0);
    conversations().advance(List.of(new CursorMove(ALICE_BOB, "alice", new Cursors(0, 1))));

    assertThat(conversations().views("bob", List.of(ALICE_BOB), NOW))
        .isEqualTo(
            Map.of(
                ALICE_BOB,
                new ConversationView(
                    new MemberView(
                        new ConversationHead(ALICE_BOB, 1, NOW),
                        false,
                        Cursors.NONE,
                        1,
                        ConversationSettings.DEFAULT,
                        0,
                        new Cursors(0, 1)),
                    1,
                    0,
                    entry)));
  }

  @Test
  default void conversations_of_others_and_those_that_do_not_exist_are_left_out() {
    ConversationId bobCarol = ConversationId.direct("bob", "carol");
    appended(text(ALICE_BOB, "alice", "m1"), text(bobCarol, "bob", "m1"));

    List<ConversationId> asked =
        List.of(bobCarol, ALICE_BOB, ALICE_CAROL, ConversationId.group("nowhere"));

    assertThat(conversations().views("alice", asked, NOW)).containsOnlyKeys(ALICE_BOB);
    assertThat(conversations().memberViews("alice", asked)).containsOnlyKeys(ALICE_BOB);
    for (String stranger : List.of("dave", "Alice")) {
      assertThat(conversations().views(stranger, asked, NOW)).isEmpty();
      assertThat(conversations().memberViews(stranger, asked)).isEmpty();
    }
    assertThat(conversations().views("alice", List.of(), NOW)).isEmpty();
    assertThat(conversations().memberViews("alice", List.of())).isEmpty();
    assertThat(conversations().heads(asked)).containsOnlyKeys(bobCarol, ALICE_BOB);
  }

  @Test
  default void one_call_gives_the_views_of_many_conversations() {
    List<ConversationId> ids =
        IntStream.range(0, 150).mapToObj(i -> ConversationId.direct("hub", "user" + i)).toList();
    for (int i = 0; i < ids.size(); i++) {
      ConversationId id = ids.get(i);
      int count = i % 3 + 1;
      messages()
          .append(
              IntStream.range(0, count)
                  .mapToObj(n -> StoreFixture.decided(text(id, id.peerOf("hub"), "m" + n)))
                  .toList(),
              NOW);
    }

    Map<ConversationId, ConversationView> views = conversations().views("hub", ids, NOW);

    assertThat(views).hasSize(150);
    for (int i = 0; i < ids.size(); i++) {
      assertThat(Objects.requireNonNull(views.get(ids.get(i))).unreadCount()).isEqualTo(i % 3 + 1);
    }
  }

  @Test
  default void a_head_counts_every_kind_of_entry() {
    appended(text(ALICE_BOB, "alice", "m1"));
    append(NOW + 5, react(ALICE_BOB, "bob", "x1", new Revision.React("m1", "👍", true, 5)));

    assertThat(conversations().heads(List.of(ALICE_BOB, ALICE_CAROL)))
        .isEqualTo(Map.of(ALICE_BOB, new ConversationHead(ALICE_BOB, 2, NOW + 5)));
  }

  @Test
  default void what_somebody_else_said_after_the_read_cursor_is_unread() {
    appended(
        text(ALICE_BOB, "alice", "m1"),
        text(ALICE_BOB, "bob", "m2"),
        text(ALICE_BOB, "alice", "m3"),
        text(ALICE_BOB, "alice", "m4"));

    assertThat(unread("bob")).isEqualTo(3);
    assertThat(unread("alice")).isEqualTo(1);
    read("bob", 1);
    assertThat(unread("bob")).isEqualTo(2);
    read("bob", 3);
    assertThat(unread("bob")).isEqualTo(1);
    read("bob", 4);
    assertThat(unread("bob")).isZero();
    appended(text(ALICE_BOB, "alice", "m5"));
    assertThat(unread("bob")).isEqualTo(1);
  }

  @Test
  default void the_last_message_is_there_also_when_it_was_read() {
    List<LogEntry> log = appended(text(ALICE_BOB, "alice", "m1"), text(ALICE_BOB, "alice", "m2"));

    read("bob", 2);

    assertThat(last("bob")).isEqualTo(log.get(1));
    assertThat(unread("bob")).isZero();
  }

  @Test
  default void receiving_is_not_reading() {
    appended(text(ALICE_BOB, "alice", "m1"));

    conversations().advance(List.of(new CursorMove(ALICE_BOB, "bob", new Cursors(0, 1))));

    assertThat(unread("bob")).isEqualTo(1);
  }

  @Test
  default void only_messages_are_unread() {
    appended(
        text(ALICE_BOB, "alice", "m1"),
        event(ALICE_BOB, "alice", "g1"),
        edit(ALICE_BOB, "alice", "e1", "m1", "better"),
        react(ALICE_BOB, "alice", "x1", new Revision.React("m1", "👍", true, 5)),
        pin(ALICE_BOB, "alice", "p1", new Revision.Pin("m1", true, 5)));

    assertThat(unread("bob")).isEqualTo(1);
  }

  @Test
  default void a_revoked_message_stops_counting_and_stays_the_last_message() {
    appended(
        text(ALICE_BOB, "alice", "m1"),
        text(ALICE_BOB, "alice", "m2"),
        revoke(ALICE_BOB, "alice", "r1", "m2"));

    assertThat(unread("bob")).isEqualTo(1);
    assertThat(last("bob")).isEqualTo(found(ALICE_BOB, "m2"));
  }

  @Test
  default void an_expired_message_is_neither_unread_nor_the_last_one() {
    List<LogEntry> log =
        appended(
            text(ALICE_BOB, "alice", "m1"),
            expiring(ALICE_BOB, "alice", "m2", 10),
            expiring(ALICE_BOB, "alice", "m3", Long.MAX_VALUE),
            expiring(ALICE_BOB, "alice", "m4", 20));

    assertThat(view("bob", ALICE_BOB, NOW + 9_999).unreadCount()).isEqualTo(4);
    assertThat(view("bob", ALICE_BOB, NOW + 10_000).unreadCount()).isEqualTo(3);
    assertThat(view("bob", ALICE_BOB, NOW + 19_999).lastMessage()).isEqualTo(log.get(3));
    assertThat(view("bob", ALICE_BOB, NOW + 20_000).lastMessage()).isEqualTo(log.get(2));
    assertThat(view("bob", ALICE_BOB, NOW + 20_000).unreadCount()).isEqualTo(2);
    assertThat(view("alice", ALICE_BOB, NOW + 20_000).lastMessage()).isEqualTo(log.get(2));
  }

  @Test
  default void the_last_message_is_the_newest_message_or_event() {
    appended(
        text(ALICE_BOB, "alice", "m1"),
        text(ALICE_BOB, "alice", "m2"),
        react(ALICE_BOB, "bob", "x1", new Revision.React("m1", "👍", true, 5)),
        edit(ALICE_BOB, "alice", "e1", "m2", "better"));
    assertThat(last("bob")).isEqualTo(found(ALICE_BOB, "m2"));
    assertThat(Objects.requireNonNull(last("bob")).draft().content().plainText())
        .isEqualTo("better");

    appended(event(ALICE_BOB, "alice", "g1"));
    assertThat(last("bob")).isEqualTo(found(ALICE_BOB, "g1"));
    conversations().delete("bob", ALICE_BOB, Set.of(5L, 2L));
    assertThat(last("bob")).isEqualTo(found(ALICE_BOB, "m1"));
    assertThat(view("bob", ALICE_BOB).member().lastDeletedSeq()).isEqualTo(5);
    conversations().delete("bob", ALICE_BOB, Set.of(1L, 9L));
    assertThat(last("bob")).isNull();
    assertThat(view("bob", ALICE_BOB).member().lastDeletedSeq()).isEqualTo(5);
    assertThat(view("alice", ALICE_BOB).member().lastDeletedSeq()).isZero();
    assertThat(last("alice")).isEqualTo(found(ALICE_BOB, "g1"));
  }

  @Test
  default void a_message_behind_hundreds_of_revisions_is_still_the_last_one() {
    appended(text(ALICE_BOB, "alice", "m1"));
    messages()
        .append(
            IntStream.range(0, 600)
                .mapToObj(
                    i ->
                        StoreFixture.decided(
                            react(
                                ALICE_BOB,
                                "bob",
                                "x" + i,
                                new Revision.React("m1", "👍", i % 2 == 0, 5))))
                .toList(),
            NOW);

    assertThat(last("bob")).isEqualTo(found(ALICE_BOB, "m1"));
    assertThat(unread("bob")).isEqualTo(1);
  }

  @Test
  default void each_side_sees_how_far_the_other_one_has_come() {
    appended(text(ALICE_BOB, "alice", "m1"), text(ALICE_BOB, "alice", "m2"));
    conversations()
        .advance(
            List.of(
                new CursorMove(ALICE_BOB, "alice", new Cursors(2, 2)),
                new CursorMove(ALICE_BOB, "bob", new Cursors(0, 1))));

    assertThat(view("alice", ALICE_BOB).cursors()).isEqualTo(new Cursors(2, 2));
    assertThat(view("alice", ALICE_BOB).peer()).isEqualTo(new Cursors(0, 1));
    assertThat(view("bob", ALICE_BOB).cursors()).isEqualTo(new Cursors(0, 1));
    assertThat(view("bob", ALICE_BOB).peer()).isEqualTo(new Cursors(2, 2));
  }

  @Test
  default void somebody_who_talks_to_herself_has_nothing_unread_and_no_peer() {
    ConversationId self = ConversationId.direct("alice", "alice");
    LogEntry entry = appended(text(self, "alice", "m1")).get(0);

    assertThat(view("alice", self).unreadCount()).isZero();
    assertThat(view("alice", self).peer()).isNull();
    assertThat(view("alice", self).lastMessage()).isEqualTo(entry);
  }

  @Test
  default void what_the_system_says_in_a_conversation_of_two_is_unread_for_both() {
    appended(text(ALICE_BOB, Ids.SYSTEM_USER, "m1"));

    assertThat(unread("alice")).isEqualTo(1);
    assertThat(unread("bob")).isEqualTo(1);
  }

  private long unread(String userId) {
    return view(userId, ALICE_BOB).unreadCount();
  }

  private @Nullable LogEntry last(String userId) {
    return view(userId, ALICE_BOB).lastMessage();
  }

  private void read(String userId, long seq) {
    conversations().advance(List.of(new CursorMove(ALICE_BOB, userId, new Cursors(seq, seq))));
  }
}
