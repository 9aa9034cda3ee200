package io.embedim.core.internal.read;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.ImSettings;
import io.embedim.core.SyncPage;
import io.embedim.core.SyncQuery;
import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.SeqRange;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a client has missed in all of its user's conversations. It keeps nothing between
 * calls: the client asks again with the cursors that it has then, until nothing is left.
 */
public final class Synchronizer {

  /** Heads that are looked through at once. */
  private static final int SCAN = 500;

  /**
   * How far before {@code updatedAfter} the search begins: an entry carries the time before its
   * commit, and may have been committed so much later. What is found twice is told by its cursor.
   */
  private static final long OVERLAP_MILLIS = Duration.ofMinutes(1).toMillis();

  private final ImStores stores;
  private final VisibleLog log;
  private final ImSettings settings;
  private final Clock clock;

  public Synchronizer(ImStores stores, ImSettings settings, Clock clock) {
    this.stores = stores;
    this.log = new VisibleLog(stores);
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * @throws ImException {@code invalid_argument}
   */
  public SyncPage sync(String userId, SyncQuery query) {
    check(query);
    long now = clock.millis();
    List<ConversationId> changed = changed(userId, query);
    boolean more = changed.size() > settings.conversationPage();
    List<ConversationId> page = more ? changed.subList(0, settings.conversationPage()) : changed;
    Map<ConversationId, ConversationView> views =
        page.isEmpty() ? Map.of() : stores.conversations().views(userId, page, now);

    List<SyncPage.Missed> found = new ArrayList<>();
    int bytesLeft = settings.pageBytes();
    for (ConversationId id : page) {
      ConversationView view = views.get(id);
      if (view == null) {
        continue;
      }
      if (bytesLeft <= 0) {
        return new SyncPage(found, true, now);
      }
      SyncPage.Missed missed = read(userId, view, query.cursors().get(id), query, bytesLeft, now);
      bytesLeft -=
          missed.entries().stream().mapToInt(e -> e.draft().content().body().length()).sum();
      more |= missed.hasMore();
      found.add(missed);
    }
    return new SyncPage(found, more, now);
  }

  private SyncPage.Missed read(
      String userId,
      ConversationView view,
      @Nullable Long cursor,
      SyncQuery query,
      int maxBytes,
      long now) {
    SeqRange range =
        cursor == null
            ? SeqRange.before(Long.MAX_VALUE, 0, query.limit())
            : SeqRange.after(cursor, query.limit());
    VisibleLog.Page page = log.read(userId, view, range, maxBytes, now);
    // Without a cursor the newest were read, and what is older is history, not missed.
    return new SyncPage.Missed(view, page.entries(), cursor != null && page.more());
  }

  /** The conversations with entries behind the client's cursors, one more than fit on a page. */
  private List<ConversationId> changed(String userId, SyncQuery query) {
    List<ConversationId> changed = new ArrayList<>();
    ConversationQuery.Position after =
        query.updatedAfter() > OVERLAP_MILLIS
            ? ConversationQuery.Position.from(query.updatedAfter() - OVERLAP_MILLIS)
            : null;
    while (true) {
      List<ConversationHead> heads =
          stores
              .conversations()
              .list(
                  new ConversationQuery(userId, ConversationQuery.Order.OLDEST_FIRST, after, SCAN));
      for (ConversationHead head : heads) {
        Long cursor = query.cursors().get(head.id());
        if (head.maxSeq() > (cursor == null ? 0 : cursor)) {
          changed.add(head.id());
          if (changed.size() > settings.conversationPage()) {
            return changed;
          }
        }
      }
      if (heads.size() < SCAN) {
        return changed;
      }
      ConversationHead last = heads.get(heads.size() - 1);
      after = new ConversationQuery.Position(last.updatedAt(), last.id());
    }
  }

  private void check(SyncQuery query) {
    if (query.limit() < 1 || query.limit() > settings.syncPage()) {
      throw new ImException(
          ImError.INVALID_ARGUMENT,
          "limit is " + query.limit() + ", expected 1 to " + settings.syncPage());
    }
    query
        .cursors()
        .forEach(
            (id, seq) -> {
              if (seq < 0) {
                throw new ImException(
                    ImError.INVALID_ARGUMENT,
                    "the cursor of " + id + " is " + seq + ", expected 0 or more");
              }
            });
  }
}
