package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.text;
import static io.embedim.testkit.contract.SearchFixture.after;
import static io.embedim.testkit.contract.SearchFixture.between;
import static io.embedim.testkit.contract.SearchFixture.everywhere;
import static io.embedim.testkit.contract.SearchFixture.idsOf;
import static io.embedim.testkit.contract.SearchFixture.in;
import static io.embedim.testkit.contract.SearchFixture.limited;
import static io.embedim.testkit.contract.SearchFixture.sentBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.SearchText;
import io.embedim.spi.store.SearchableMessageStore.Position;
import io.embedim.spi.store.SearchableMessageStore.Search;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The order of what is found, its pages, and the filters. */
interface SearchPageRules extends SearchFixture {

  @Test
  default void the_newest_come_first_and_among_equals_the_conversations_by_their_ids() {
    append(NOW, text(ALICE_CAROL, "alice", "c1", "word"), text(ALICE_BOB, "alice", "b1", "word"));
    append(NOW + 5, text(ALICE_CAROL, "alice", "c2", "word"));
    append(NOW + 9, text(ALICE_BOB, "bob", "b2", "word"), text(ALICE_BOB, "bob", "b3", "word"));
    append(NOW + 9, text(ALICE_CAROL, "alice", "c3", "word"));

    assertThat(found("alice", "word")).containsExactly("b3", "b2", "c3", "c2", "b1", "c1");
  }

  @Test
  default void pages_of_any_size_have_each_result_once() {
    for (int i = 0; i < 30; i++) {
      append(
          NOW + i / 4, text(i % 3 == 0 ? ALICE_BOB : ALICE_CAROL, "alice", "m" + i, "word " + i));
    }
    List<LogEntry> all = search(everywhere("alice", "word"));
    assertThat(all).hasSize(30);

    for (int limit : List.of(1, 2, 7, 29, 30, 31)) {
      assertThat(pages(limited(limit, everywhere("alice", "word")))).isEqualTo(all);
      assertThat(pages(limited(limit, in(ALICE_BOB, everywhere("alice", "word"))))).hasSize(10);
    }
  }

  @Test
  default void a_position_need_not_be_that_of_a_result() {
    append(NOW, text(ALICE_BOB, "alice", "m1", "word"), text(ALICE_BOB, "alice", "m2", "word"));
    append(NOW + 2, text(ALICE_BOB, "alice", "m3", "word"));
    Search search = everywhere("alice", "word");

    assertThat(idsOf(search(after(new Position(NOW + 1, ALICE_CAROL, 9), search))))
        .containsExactly("m2", "m1");
    assertThat(idsOf(search(after(new Position(NOW, ALICE_BOB, 2), search)))).containsExactly("m1");
    assertThat(idsOf(search(after(new Position(NOW, ALICE_CAROL, 1), search)))).isEmpty();
    assertThat(idsOf(search(after(new Position(NOW, ConversationId.direct("a", "b"), 1), search))))
        .containsExactly("m2", "m1");
    assertThat(idsOf(search(in(ALICE_BOB, after(new Position(NOW, ALICE_CAROL, 1), search)))))
        .isEmpty();
  }

  @Test
  default void results_can_be_limited_to_a_sender_and_to_a_time() {
    append(NOW, text(ALICE_BOB, "alice", "m1", "word"));
    append(
        NOW + 10, text(ALICE_BOB, "bob", "m2", "word"), text(ALICE_CAROL, "carol", "m3", "word"));
    append(NOW + 20, text(ALICE_BOB, "alice", "m4", "word"));
    Search search = everywhere("alice", "word");

    assertThat(idsOf(search(sentBy("alice", search)))).containsExactly("m4", "m1");
    assertThat(idsOf(search(sentBy("carol", search)))).containsExactly("m3");
    assertThat(search(sentBy("nobody", search))).isEmpty();
    assertThat(idsOf(search(between(NOW + 10, NOW + 20, search)))).containsExactly("m2", "m3");
    assertThat(idsOf(search(between(NOW + 1, Long.MAX_VALUE, search))))
        .containsExactly("m4", "m2", "m3");
    assertThat(idsOf(search(between(0, NOW + 1, search)))).containsExactly("m1");
    assertThat(search(between(NOW + 11, NOW + 20, search))).isEmpty();
    assertThat(search(between(NOW + 21, NOW, search))).isEmpty();
    assertThat(search(between(Long.MIN_VALUE, Long.MIN_VALUE, search))).isEmpty();
    assertThat(idsOf(search(in(ALICE_BOB, sentBy("bob", between(NOW + 10, NOW + 11, search))))))
        .containsExactly("m2");
  }

  @Test
  default void a_search_without_a_term_or_a_limit_is_refused_before_it_is_one() {
    assertThatThrownBy(() -> everywhere("alice", "…"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a query has 1 to 16 terms, got 0");
    assertThatThrownBy(() -> limited(0, everywhere("alice", "word")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit is 0, expected 1 or more");
  }

  /** What is found in a log of thousands of messages lies far from its end and from each other. */
  @Test
  default void rare_words_are_found_in_long_logs() {
    List<Append> batch = new ArrayList<>();
    for (int i = 1; i <= 5_000; i++) {
      String rare = i % 1_300 == 1 ? " needle" : "";
      batch.add(
          StoreFixture.decided(
              text(ALICE_BOB, i == 2_601 ? "bob" : "alice", "m" + i, "straw number" + i + rare)));
    }
    messages().append(batch, NOW);
    Search search = everywhere("bob", "needle");

    assertThat(idsOf(search(search))).containsExactly("m3901", "m2601", "m1301", "m1");
    assertThat(idsOf(pages(limited(1, search)))).containsExactly("m3901", "m2601", "m1301", "m1");
    assertThat(idsOf(search(sentBy("bob", search)))).containsExactly("m2601");
    assertThat(idsOf(search(limited(3, everywhere("bob", "straw")))))
        .containsExactly("m5000", "m4999", "m4998");
    assertThat(found("bob", "number1 needle")).containsExactly("m1301", "m1");
    assertThat(found("bob", "missing")).isEmpty();
  }

  /** Everything that the other stores say she may see, read from one end to the other. */
  @Test
  default void a_search_finds_what_a_reader_of_all_logs_would() {
    long seed = RandomHistoryRules.seed();
    Random random = new Random(seed);
    String[] vocabulary = {"red", "green", "redder", "红色", "红", "绿色的", "blue", "色红"};
    List<String> users = List.of("alice", "bob", "carol", "dave");
    Map<ConversationId, Integer> ids = new TreeMap<>();
    long now = NOW;
    for (int i = 0; i < 400; i++) {
      now += random.nextInt(3);
      String sender = users.get(random.nextInt(4));
      ConversationId id = ConversationId.direct(sender, users.get(random.nextInt(4)));
      int count = ids.merge(id, 1, Integer::sum);
      String target = "m" + (1 + random.nextInt(count));
      String said = vocabulary[random.nextInt(8)] + " " + vocabulary[random.nextInt(8)];
      EntryDraft draft =
          switch (random.nextInt(8)) {
            case 0 -> Drafts.edit(id, sender, "m" + count, target, said);
            case 1 -> Drafts.revoke(id, sender, "m" + count, target);
            default -> text(id, sender, "m" + count, said);
          };
      append(now, draft);
      if (random.nextInt(10) == 0) {
        conversations().delete(sender, id, Set.of(1L + random.nextInt(count)));
      }
      if (random.nextInt(60) == 0) {
        conversations().clear(sender, id);
      }
    }
    for (String user : users) {
      for (String query : List.of("red", "re 红", "色", "红色", "green blue", "g", "purple")) {
        Search search = everywhere(user, query);
        List<LogEntry> expected = readThrough(user, SearchText.of(query), ids.keySet());
        String what = user + " looks for " + query + ", seed " + seed;
        assertThat(search(search)).as(what).isEqualTo(expected);
        assertThat(pages(limited(1 + random.nextInt(9), search))).as(what).isEqualTo(expected);
      }
    }
  }

  private List<LogEntry> readThrough(String user, SearchText query, Set<ConversationId> ids) {
    List<LogEntry> visible = new ArrayList<>();
    for (MemberView view : conversations().memberViews(user, ids).values()) {
      Set<Long> deleted =
          new HashSet<>(conversations().deleted(user, view.id(), 1, view.head().maxSeq()));
      for (LogEntry entry : log(view.id())) {
        if (entry.seq() > view.hiddenUpTo()
            && entry.draft().revision() == null
            && !deleted.contains(entry.seq())
            && !entry.state().revoked()
            && SearchText.of(entry.draft().content().plainText()).isFoundBy(query)) {
          visible.add(entry);
        }
      }
    }
    visible.sort((one, other) -> Position.of(one).compareTo(Position.of(other)));
    return visible;
  }
}
