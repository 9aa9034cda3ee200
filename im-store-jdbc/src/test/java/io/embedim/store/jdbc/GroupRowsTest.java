package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.AppendResult.MembershipChanged;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.CursorResult.NotMember;
import io.embedim.spi.store.CursorResult.Stored;
import io.embedim.spi.store.SettingsChange;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the stores make of a group that is in the tables, with members who came and went. */
class GroupRowsTest {

  private static final ConversationId GROUP = ConversationId.group("g");

  private final String url = TestDatabase.lastingInMemory();
  private final JdbcStores stores = TestDatabase.open(url);

  @BeforeEach
  void createGroup() throws SQLException {
    TestDatabase.execute(
        url,
        "INSERT INTO im_conversation VALUES ('group:g', 2, 5, 0, 0, 0)",
        member("owner", 1, false),
        member("newcomer", 3, false),
        member("gone", 1, true));
    for (int i = 1; i <= 3; i++) {
      assertThat(append("m" + i, 5)).isInstanceOf(Appended.class);
    }
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void a_group_takes_what_was_decided_on_its_version_and_nothing_else() {
    assertThat(append("m4", 4)).isEqualTo(new MembershipChanged(5));
    assertThat(append("m4", 6)).isEqualTo(new MembershipChanged(5));
    assertThat(append("m4", Append.ANY_VERSION)).isInstanceOf(Appended.class);
    assertThat(append("m5", 5)).isInstanceOf(Appended.class);
    assertThat(stores.conversations().heads(List.of(GROUP)))
        .isEqualTo(Map.of(GROUP, new ConversationHead(GROUP, 5, NOW)));
  }

  @Test
  void what_was_said_before_a_member_came_is_neither_unread_nor_her_last_message() {
    assertThat(view("newcomer").unreadCount()).isEqualTo(1);
    assertThat(view("newcomer").member().hiddenUpTo()).isEqualTo(2);
    assertThat(view("newcomer").member().visibleFromSeq()).isEqualTo(3);

    stores.conversations().delete("newcomer", GROUP, Set.of(3L));

    assertThat(view("newcomer").lastMessage()).isNull();
    assertThat(view("newcomer").unreadCount()).isZero();
  }

  @Test
  void a_group_has_no_peer() {
    assertThat(view("owner").peer()).isNull();
  }

  @Test
  void a_former_member_is_not_a_member() throws SQLException {
    var conversations = stores.conversations();

    assertThat(conversations.views("gone", List.of(GROUP), NOW)).isEmpty();
    assertThat(conversations.cursors(GROUP, List.of())).containsOnlyKeys("owner", "newcomer");
    assertThat(conversations.cursors(GROUP, List.of("gone"))).isEmpty();
    for (ConversationQuery.Order order : ConversationQuery.Order.values()) {
      assertThat(conversations.list(new ConversationQuery("gone", order, null, 9))).isEmpty();
    }
    assertThat(conversations.advance(List.of(move("gone"), move("owner"))))
        .containsExactly(new NotMember(), new Stored(Cursors.NONE, new Cursors(1, 1)));
    assertThat(conversations.update("gone", GROUP, new SettingsChange(true, null, null, null)))
        .isEmpty();
    assertThat(conversations.clear("gone", GROUP)).isEmpty();
    conversations.delete("gone", GROUP, Set.of(1L));
    assertThat(conversations.deleted("gone", GROUP, 1, 3)).isEmpty();
    assertThat(TestDatabase.query(url, "SELECT read_seq + cleared_seq FROM im_member WHERE former"))
        .containsExactly("0");
    assertThat(TestDatabase.query(url, "SELECT seq FROM im_message_deleted")).isEmpty();
  }

  private ConversationView view(String userId) {
    Map<ConversationId, ConversationView> views =
        stores.conversations().views(userId, List.of(GROUP), NOW);
    assertThat(views).containsOnlyKeys(GROUP);
    return views.get(GROUP);
  }

  private AppendResult append(String messageId, long version) {
    EntryDraft draft =
        new EntryDraft(
            GROUP,
            EntryType.GROUP_CHAT,
            messageId,
            "owner",
            new Content(ContentType.TEXT, "{}", messageId),
            MessageOptions.NONE,
            null);
    return stores.messages().append(List.of(new Append(draft, version)), NOW).get(0);
  }

  private static CursorMove move(String userId) {
    return new CursorMove(GROUP, userId, new Cursors(1, 1));
  }

  private static String member(String userId, long visibleFrom, boolean former) {
    return ("INSERT INTO im_member (conversation_id, user_id, member_role, muted_until, joined_at,"
            + " former, visible_from_seq, read_seq, received_seq, cleared_seq, pinned, muted)"
            + " VALUES ('group:g', '%s', 0, 0, 0, %s, %d, 0, 0, 0, FALSE, FALSE)")
        .formatted(userId, former, visibleFrom);
  }
}
