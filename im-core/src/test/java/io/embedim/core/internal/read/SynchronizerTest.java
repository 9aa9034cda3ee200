package io.embedim.core.internal.read;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.ImSettings;
import io.embedim.core.SyncPage;
import io.embedim.core.SyncQuery;
import io.embedim.core.memory.MemoryStores;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Membership;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.ImStores;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SynchronizerTest {

  private static final ConversationId CONVERSATION = ConversationId.direct("alice", "bob");
  private static final Content TEXT = new Content(ContentType.TEXT, "{}", "");
  private static final long NOW = 1_000_000;
  private static final int ENTRIES = 12;

  private final Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
  private final Random random = new Random(20_260_101);

  /** Whether it follows from the entries of the page or was asked for. */
  @Test
  void the_view_that_comes_with_a_page_is_the_one_that_the_stores_give() {
    for (int i = 0; i < 200; i++) {
      ImStores stores = history();
      ConversationView view = view(stores);
      Synchronizer synchronizer = new Synchronizer(stores, ImSettings.defaults(), clock);
      for (int limit = 1; limit <= ENTRIES; limit++) {
        for (long cursor = -1; cursor < view.head().maxSeq(); cursor++) {
          Map<ConversationId, Long> cursors = cursor < 0 ? Map.of() : Map.of(CONVERSATION, cursor);
          SyncPage page = synchronizer.sync("bob", new SyncQuery(cursors, limit, 0));
          assertThat(page.conversations())
              .as("history %d, limit %d, cursor %d", i, limit, cursor)
              .extracting(SyncPage.Missed::conversation)
              .containsExactly(view);
        }
      }
    }
  }

  private static ConversationView view(ImStores stores) {
    return requireNonNull(
        stores.conversations().views("bob", List.of(CONVERSATION), NOW).get(CONVERSATION));
  }

  private ImStores history() {
    ImStores stores = MemoryStores.create();
    int clearedAt = random.nextInt(3 * ENTRIES);
    // A revoke of a revoke is refused, so that some logs are shorter.
    for (int seq = 1; seq <= ENTRIES; seq++) {
      // Some expire at this moment, some an instant later.
      long at = NOW - 2_000 + random.nextInt(2);
      stores.messages().append(List.of(new Append(draft(seq), Membership.DIRECT_VERSION)), at);
      if (seq == clearedAt) {
        stores.conversations().clear("bob", CONVERSATION);
      }
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      stores.conversations().delete("bob", CONVERSATION, Set.of(seq()));
    }
    long read = random.nextInt(ENTRIES + 1);
    stores
        .conversations()
        .advance(List.of(new CursorMove(CONVERSATION, "bob", new Cursors(read, read))));
    return stores;
  }

  private EntryDraft draft(int seq) {
    String sender = random.nextBoolean() ? "alice" : "bob";
    int about = 1 + random.nextInt(seq);
    boolean revises = about < seq && random.nextInt(3) == 0;
    List<String> mentions =
        switch (random.nextInt(6)) {
          case 0 -> List.of("alice", "bob");
          case 1 -> List.of(MessageOptions.EVERYBODY);
          case 2 -> List.of("alice", "bobby");
          default -> List.of();
        };
    MessageOptions lasting = new MessageOptions(null, null, mentions, null, 0);
    MessageOptions expiring = new MessageOptions(null, null, mentions, null, 2);
    return new EntryDraft(
        CONVERSATION,
        revises ? EntryType.REVOKE : EntryType.SINGLE_CHAT,
        "m" + seq,
        sender,
        TEXT,
        revises ? MessageOptions.NONE : random.nextInt(3) > 0 ? lasting : expiring,
        revises ? new Revision.Revoke("m" + about) : null);
  }

  private long seq() {
    return random.nextLong(1, ENTRIES + 1);
  }
}
