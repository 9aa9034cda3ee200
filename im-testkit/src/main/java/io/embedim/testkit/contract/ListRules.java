package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.ConversationQuery.Order;
import io.embedim.spi.store.ConversationQuery.Position;
import io.embedim.spi.store.SettingsChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A user's conversations, in both orders and page by page. */
interface ListRules extends StoreFixture {

  @Test
  default void the_list_has_the_newest_activity_first() {
    said("bob", 1);
    said("carol", 3);
    said("dave", 2);

    assertThat(list(Order.NEWEST_FIRST, null, 10))
        .containsExactly(head("carol", 3), head("dave", 2), head("bob", 1));
    assertThat(list(Order.OLDEST_FIRST, null, 10))
        .containsExactly(head("bob", 1), head("dave", 2), head("carol", 3));
  }

  @Test
  default void a_new_entry_moves_its_conversation_to_the_top() {
    said("bob", 1);
    said("carol", 2);
    append(NOW + 3, text(ConversationId.direct("alice", "bob"), "bob", "again"));

    assertThat(list(Order.NEWEST_FIRST, null, 10))
        .extracting(ConversationHead::id)
        .containsExactly(id("bob"), id("carol"));
    assertThat(list(Order.NEWEST_FIRST, null, 1))
        .containsExactly(new ConversationHead(id("bob"), 2, NOW + 3));
  }

  @Test
  default void conversations_of_the_same_time_come_by_id_in_byte_order_in_both_orders() {
    List<String> peers =
        List.of("bob", "Bob", "BOB", "b-b", "b.b", "b_b", "b@b", "0", "9", "a", "z", "Z", "zz");
    peers.forEach(peer -> said(peer, 0));
    List<ConversationId> byId =
        peers.stream().map(ListRules::id).sorted(Comparator.naturalOrder()).toList();

    for (Order order : Order.values()) {
      assertThat(list(order, null, 100)).extracting(ConversationHead::id).isEqualTo(byId);
      assertThat(paged(order, 1)).extracting(ConversationHead::id).isEqualTo(byId);
      assertThat(paged(order, 4)).extracting(ConversationHead::id).isEqualTo(byId);
    }
  }

  @Test
  default void pages_put_together_are_the_whole_list() {
    for (int i = 0; i < 40; i++) {
      said("user" + i, i * 7 % 10);
    }
    Comparator<ConversationHead> oldestFirst =
        Comparator.comparingLong(ConversationHead::updatedAt).thenComparing(ConversationHead::id);
    Comparator<ConversationHead> newestFirst =
        Comparator.comparingLong(ConversationHead::updatedAt)
            .reversed()
            .thenComparing(ConversationHead::id);

    for (int limit : new int[] {1, 3, 4, 39, 40, 41}) {
      assertThat(paged(Order.OLDEST_FIRST, limit)).hasSize(40).isSortedAccordingTo(oldestFirst);
      assertThat(paged(Order.NEWEST_FIRST, limit)).hasSize(40).isSortedAccordingTo(newestFirst);
    }
  }

  @Test
  default void a_page_continues_behind_a_place_where_nothing_stands() {
    said("bob", 10);
    said("carol", 20);
    said("dave", 30);

    assertThat(list(Order.NEWEST_FIRST, new Position(NOW + 25, id("zoe")), 10))
        .containsExactly(head("carol", 20), head("bob", 10));
    assertThat(list(Order.OLDEST_FIRST, new Position(NOW + 15, id("zoe")), 10))
        .containsExactly(head("carol", 20), head("dave", 30));
    assertThat(list(Order.OLDEST_FIRST, new Position(NOW + 20, id("bob")), 10))
        .containsExactly(head("carol", 20), head("dave", 30));
    assertThat(list(Order.OLDEST_FIRST, new Position(NOW + 20, id("dave")), 10))
        .containsExactly(head("dave", 30));
    assertThat(list(Order.OLDEST_FIRST, new Position(0, id("zoe")), 10)).hasSize(3);
    assertThat(list(Order.OLDEST_FIRST, new Position(Long.MAX_VALUE, id("zoe")), 10)).isEmpty();
    assertThat(list(Order.NEWEST_FIRST, new Position(0, id("zoe")), 10)).isEmpty();
  }

  @Test
  default void hidden_conversations_take_no_place_on_a_page() {
    said("bob", 1);
    said("carol", 2);
    said("dave", 3);
    conversations().update("alice", id("dave"), new SettingsChange(null, null, null, true));
    conversations().update("alice", id("carol"), new SettingsChange(null, null, null, true));

    assertThat(list(Order.NEWEST_FIRST, null, 2)).containsExactly(head("bob", 1));
    assertThat(list(Order.OLDEST_FIRST, null, 2)).containsExactly(head("bob", 1), head("carol", 2));
  }

  @Test
  default void a_list_holds_the_users_own_conversations_only() {
    said("bob", 1);
    ConversationId bobCarol = ConversationId.direct("bob", "carol");
    ConversationId self = ConversationId.direct("alice", "alice");
    ConversationId system = ConversationId.direct("alice", Ids.SYSTEM_USER);
    append(NOW + 2, text(bobCarol, "bob", "m1"));
    append(NOW + 3, text(self, "alice", "m1"));
    append(NOW + 4, text(system, Ids.SYSTEM_USER, "m1"));

    assertThat(list(Order.OLDEST_FIRST, null, 10))
        .extracting(ConversationHead::id)
        .containsExactly(id("bob"), self, system);
    assertThat(conversations().list(new ConversationQuery("bob", Order.NEWEST_FIRST, null, 10)))
        .extracting(MemberView::id)
        .containsExactly(bobCarol, id("bob"));
    for (String stranger : List.of("zoe", "Alice", "ALICE")) {
      assertThat(
              conversations().list(new ConversationQuery(stranger, Order.NEWEST_FIRST, null, 10)))
          .isEmpty();
    }
  }

  /** Alice and this peer talk for the first time. */
  private void said(String peer, long after) {
    append(NOW + after, text(id(peer), peer, "m1"));
  }

  private List<ConversationHead> list(Order order, @Nullable Position after, int limit) {
    List<MemberView> page =
        conversations().list(new ConversationQuery("alice", order, after, limit));
    assertThat(page).hasSizeLessThanOrEqualTo(limit);
    List<ConversationId> ids = page.stream().map(MemberView::id).toList();
    assertThat(page)
        .containsExactlyInAnyOrderElementsOf(conversations().memberViews("alice", ids).values());
    return page.stream().map(MemberView::head).toList();
  }

  private List<ConversationHead> paged(Order order, int limit) {
    List<ConversationHead> all = new ArrayList<>();
    List<ConversationHead> page = list(order, null, limit);
    while (!page.isEmpty()) {
      all.addAll(page);
      assertThat(all).extracting(ConversationHead::id).doesNotHaveDuplicates();
      ConversationHead last = page.get(page.size() - 1);
      page = list(order, new Position(last.updatedAt(), last.id()), limit);
    }
    return all;
  }

  private static ConversationId id(String peer) {
    return ConversationId.direct("alice", peer);
  }

  private static ConversationHead head(String peer, long after) {
    return new ConversationHead(id(peer), 1, NOW + after);
  }
}
