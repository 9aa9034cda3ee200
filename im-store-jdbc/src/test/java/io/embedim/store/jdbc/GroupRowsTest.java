package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.text;
import static io.embedim.store.jdbc.TestGroups.GROUP;
import static io.embedim.store.jdbc.TestGroups.change;
import static io.embedim.store.jdbc.TestGroups.joining;
import static io.embedim.store.jdbc.TestGroups.leaving;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.ConversationQuery.Order;
import io.embedim.spi.store.ConversationQuery.Position;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.CursorResult.BeyondEnd;
import io.embedim.spi.store.CursorResult.NotMember;
import io.embedim.spi.store.CursorResult.Stored;
import io.embedim.spi.store.GroupStore;
import io.embedim.spi.store.SettingsChange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the stores make of a group with members who came and went. */
class GroupRowsTest {

  private final JdbcStores stores = TestDatabase.open(TestDatabase.inMemory());

  @BeforeEach
  void createGroup() {
    isChanged(TestGroups.create(stores, List.of("gone", "back")));
    say("m2");
    isChanged(change(stores, 1, leaving(List.of("gone", "back")), NOW + 3));
    say("m4");
    isChanged(change(stores, 2, joining(List.of("newcomer", "back")), NOW + 5));
    say("m6");
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void what_was_said_before_a_member_came_is_neither_unread_nor_her_last_message() {
    for (String userId : List.of("newcomer", "back")) {
      assertThat(view(userId).unreadCount()).isEqualTo(1);
      assertThat(view(userId).member().left()).isFalse();
      assertThat(view(userId).member().hiddenUpTo()).isEqualTo(4);
      assertThat(view(userId).member().visibleFromSeq()).isEqualTo(5);
    }

    stores.conversations().delete("newcomer", GROUP, Set.of(5L, 6L));

    assertThat(view("newcomer").lastMessage()).isNull();
    assertThat(view("newcomer").unreadCount()).isZero();
  }

  @Test
  void a_group_has_no_peer() {
    assertThat(view("owner").peer()).isNull();
  }

  @Test
  void for_somebody_who_left_the_log_ends_with_that() {
    assertThat(view("gone").member().head()).isEqualTo(new ConversationHead(GROUP, 3, NOW + 3));
    assertThat(view("gone").member().left()).isTrue();
    assertThat(view("gone").unreadCount()).isEqualTo(1);
    assertThat(view("gone").lastMessage()).extracting(LogEntry::seq).isEqualTo(3L);
    for (Order order : Order.values()) {
      assertThat(listed("gone", order, null)).containsExactly(view("gone").member());
    }
  }

  @Test
  void what_somebody_left_keeps_its_place_in_her_list() {
    ConversationId later = ConversationId.direct("gone", "zoe");
    stores.messages().append(List.of(text(later, "zoe", "m")), NOW + 4);

    assertThat(listed("gone", Order.NEWEST_FIRST, null))
        .extracting(MemberView::id)
        .containsExactly(later, GROUP);
    assertThat(listed("gone", Order.NEWEST_FIRST, new Position(NOW + 4, later)))
        .extracting(MemberView::id)
        .containsExactly(GROUP);
    assertThat(listed("gone", Order.OLDEST_FIRST, new Position(NOW + 3, GROUP)))
        .extracting(MemberView::id)
        .containsExactly(later);
  }

  @Test
  void the_cursors_of_somebody_who_left_do_not_pass_that() {
    assertThat(stores.conversations().advance(List.of(move("gone", 4), move("gone", 3))))
        .containsExactly(new BeyondEnd(3), new Stored(Cursors.NONE, new Cursors(3, 3)));
    assertThat(stores.conversations().cursors(GROUP, List.of()))
        .containsOnlyKeys("owner", "newcomer", "back");
    assertThat(stores.conversations().cursors(GROUP, List.of("gone"))).isEmpty();
  }

  @Test
  void somebody_who_left_still_settles_what_is_hers() {
    var conversations = stores.conversations();

    assertThat(conversations.update("gone", GROUP, new SettingsChange(true, null, null, true)))
        .hasValueSatisfying(settings -> assertThat(settings.hidden()).isTrue());
    assertThat(listed("gone", Order.NEWEST_FIRST, null)).isEmpty();
    assertThat(listed("gone", Order.OLDEST_FIRST, null)).hasSize(1);
    conversations.delete("gone", GROUP, Set.of(2L, 4L, 6L));
    assertThat(conversations.deleted("gone", GROUP, 1, 9)).containsExactly(2L);
    assertThat(conversations.clear("gone", GROUP))
        .hasValueSatisfying(settings -> assertThat(settings.clearedSeq()).isEqualTo(3));
    assertThat(view("gone").member().cursors()).isEqualTo(new Cursors(3, 3));
  }

  @Test
  void somebody_who_comes_back_finds_her_settings_and_deletions_and_how_far_she_was() {
    stores.conversations().update("gone", GROUP, new SettingsChange(true, true, "draft", true));
    stores.conversations().delete("gone", GROUP, Set.of(2L));

    isChanged(change(stores, 3, joining(List.of("gone")), NOW + 7));

    assertThat(view("gone").member())
        .isEqualTo(
            new MemberView(
                new ConversationHead(GROUP, 7, NOW + 7),
                false,
                new Cursors(6, 6),
                7,
                new ConversationSettings(true, true, "draft", false, 0),
                2,
                null));
    assertThat(stores.conversations().advance(List.of(move("gone", 7))))
        .containsExactly(new Stored(new Cursors(6, 6), new Cursors(7, 7)));
  }

  @Test
  void a_stranger_has_nothing_to_do_with_a_group() {
    var conversations = stores.conversations();

    assertThat(conversations.views("stranger", List.of(GROUP), NOW)).isEmpty();
    assertThat(conversations.advance(List.of(move("stranger", 1))))
        .containsExactly(new NotMember());
    assertThat(conversations.clear("stranger", GROUP)).isEmpty();
    conversations.delete("stranger", GROUP, Set.of(1L));
    assertThat(conversations.deleted("stranger", GROUP, 1, 9)).isEmpty();
  }

  private ConversationView view(String userId) {
    Map<ConversationId, ConversationView> views =
        stores.conversations().views(userId, List.of(GROUP), NOW);
    assertThat(views).containsOnlyKeys(GROUP);
    return views.get(GROUP);
  }

  private List<MemberView> listed(String userId, Order order, @Nullable Position after) {
    return stores.conversations().list(new ConversationQuery(userId, order, after, 9));
  }

  private void say(String messageId) {
    EntryDraft draft =
        new EntryDraft(
            GROUP,
            EntryType.GROUP_CHAT,
            messageId,
            "owner",
            new Content(ContentType.TEXT, "{}", messageId),
            MessageOptions.NONE,
            null);
    assertThat(stores.messages().append(List.of(new Append(draft, Append.ANY_VERSION)), NOW))
        .hasOnlyElementsOfType(Appended.class);
  }

  private static void isChanged(GroupStore.Result result) {
    assertThat(result).isInstanceOf(GroupStore.Result.Changed.class);
  }

  private static CursorMove move(String userId, long seq) {
    return new CursorMove(GROUP, userId, new Cursors(seq, seq));
  }
}
