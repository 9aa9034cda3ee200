package io.embedim.core.internal.read;

import io.embedim.core.HistoryPage;
import io.embedim.core.HistoryQuery;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.ImSettings;
import io.embedim.core.internal.LimitCheck;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.SeqRange;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;

/** Reads pages of one conversation's log, in both directions. */
public final class HistoryReader {

  private final ImStores stores;
  private final VisibleLog log;
  private final ImSettings settings;
  private final Clock clock;

  public HistoryReader(ImStores stores, ImSettings settings, Clock clock) {
    this.stores = stores;
    this.log = new VisibleLog(stores);
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * @throws ImException {@code invalid_argument}, or {@code conversation_not_found} for whoever
   *     does not belong to it
   */
  public HistoryPage read(String userId, HistoryQuery query) {
    if (query.afterSeq() != null && query.beforeSeq() != null) {
      throw new ImException(
          ImError.INVALID_ARGUMENT, "give either after_seq or before_seq, not both");
    }
    LimitCheck.atMost(query.limit(), settings.historyPage());
    long now = clock.millis();
    MemberView member = member(userId, query.conversationId());
    VisibleLog.Page page = log.read(userId, member, range(query), settings.pageBytes(), now);
    return new HistoryPage(page.entries(), page.more());
  }

  /** Where a message stands; empty when there is none of this id. */
  public OptionalLong seqOf(ConversationId id, String messageId) {
    return stores.messages().find(id, messageId).stream().mapToLong(LogEntry::seq).findFirst();
  }

  private MemberView member(String userId, ConversationId id) {
    MemberView member = stores.conversations().memberViews(userId, List.of(id)).get(id);
    if (member == null) {
      throw new ImException(ImError.CONVERSATION_NOT_FOUND, "there is no such conversation");
    }
    return member;
  }

  private static SeqRange range(HistoryQuery query) {
    if (query.afterSeq() != null) {
      return SeqRange.after(seq("after_seq", query.afterSeq(), 0), query.limit());
    }
    long before =
        query.beforeSeq() == null ? Long.MAX_VALUE : seq("before_seq", query.beforeSeq(), 1);
    return SeqRange.before(before, 0, query.limit());
  }

  private static long seq(String name, long value, long min) {
    if (value < min) {
      throw new ImException(
          ImError.INVALID_ARGUMENT, name + " is " + value + ", expected " + min + " or more");
    }
    return value;
  }
}
