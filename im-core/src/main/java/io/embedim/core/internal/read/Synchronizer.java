package io.embedim.core.internal.read;

import static java.util.Objects.requireNonNull;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.ImSettings;
import io.embedim.core.SyncPage;
import io.embedim.core.SyncQuery;
import io.embedim.core.internal.LimitCheck;
import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.SeqRange;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a client has missed in all of its user's conversations. It keeps nothing between
 * calls: the client asks again with the cursors that it has then, until nothing is left.
 */
public final class Synchronizer {

  /** Conversations that are looked through at once. */
  private static final int SCAN = 200;

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
    List<MemberView> changed = changed(userId, query);
    boolean more = changed.size() > settings.conversationPage();
    List<MemberView> page = more ? changed.subList(0, settings.conversationPage()) : changed;
    List<Stretch> stretches = new ArrayList<>();
    int bytesLeft = settings.pageBytes();
    for (MemberView member : page) {
      if (bytesLeft <= 0) {
        more = true;
        break;
      }
      Stretch stretch =
          read(userId, member, query.cursors().get(member.id()), query, bytesLeft, now);
      bytesLeft -= stretch.bytes();
      more |= stretch.hasMore();
      stretches.add(stretch);
    }
    return new SyncPage(withViews(userId, stretches, now), more, now);
  }

  private Stretch read(
      String userId,
      MemberView member,
      @Nullable Long cursor,
      SyncQuery query,
      int maxBytes,
      long now) {
    SeqRange range =
        cursor == null
            ? SeqRange.before(Long.MAX_VALUE, 0, query.limit())
            : SeqRange.after(cursor, query.limit());
    VisibleLog.Page page = log.read(userId, member, range, maxBytes, now);
    // Without a cursor the newest were read, and what is older is history, not missed.
    boolean hasMore = cursor != null && page.more();
    boolean allUnread = !page.more() && range.afterSeq() <= member.unreadAfter();
    return new Stretch(member, page.entries(), hasMore, allUnread);
  }

  /** The stores are asked for those views only that do not follow from what was read. */
  private List<SyncPage.Missed> withViews(String userId, List<Stretch> stretches, long now) {
    Map<ConversationId, ConversationView> views = new HashMap<>();
    List<MemberView> others = new ArrayList<>();
    for (Stretch stretch : stretches) {
      ConversationView view = stretch.view(userId);
      if (view == null) {
        others.add(stretch.member());
      } else {
        views.put(view.id(), view);
      }
    }
    stores
        .conversations()
        .complete(userId, others, now)
        .forEach((id, view) -> views.put(id, FormerMember.sees(view)));
    return stretches.stream()
        .map(
            stretch ->
                new SyncPage.Missed(
                    requireNonNull(views.get(stretch.member().id())),
                    stretch.entries(),
                    stretch.hasMore()))
        .toList();
  }

  /**
   * What was read of a log.
   *
   * @param hasMore whether the client has to ask again
   * @param allUnread whether everything that is unread is among the entries
   */
  private record Stretch(
      MemberView member, List<LogEntry> entries, boolean hasMore, boolean allUnread) {

    int bytes() {
      return entries.stream().mapToInt(entry -> entry.draft().content().body().length()).sum();
    }

    /** The view that follows from the entries; null when more of the log is needed for it. */
    @Nullable ConversationView view(String userId) {
      LogEntry last = null;
      long unread = 0;
      long mentionSeq = 0;
      for (LogEntry entry : entries) {
        // What was committed since belongs to a later view.
        if (entry.seq() <= member.head().maxSeq()) {
          last = entry.isShownAsLast() ? entry : last;
          if (entry.seq() > member.unreadAfter() && entry.countsFor(userId)) {
            unread++;
            mentionSeq = mentionSeq == 0 && entry.mentions(userId) ? entry.seq() : mentionSeq;
          }
        }
      }
      return allUnread && last != null
          ? new ConversationView(member, unread, mentionSeq, last)
          : null;
    }
  }

  /** The conversations with entries behind the client's cursors, one more than fit on a page. */
  private List<MemberView> changed(String userId, SyncQuery query) {
    List<MemberView> changed = new ArrayList<>();
    ConversationQuery.Position after =
        query.updatedAfter() > OVERLAP_MILLIS
            ? ConversationQuery.Position.from(query.updatedAfter() - OVERLAP_MILLIS)
            : null;
    while (true) {
      List<MemberView> members =
          stores
              .conversations()
              .list(
                  new ConversationQuery(userId, ConversationQuery.Order.OLDEST_FIRST, after, SCAN));
      for (MemberView member : members) {
        Long cursor = query.cursors().get(member.id());
        if (member.head().maxSeq() > (cursor == null ? 0 : cursor)) {
          changed.add(member);
          if (changed.size() > settings.conversationPage()) {
            return changed;
          }
        }
      }
      if (members.size() < SCAN) {
        return changed;
      }
      ConversationHead last = members.get(members.size() - 1).head();
      after = new ConversationQuery.Position(last.updatedAt(), last.id());
    }
  }

  private void check(SyncQuery query) {
    LimitCheck.atMost(query.limit(), settings.syncPage());
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
