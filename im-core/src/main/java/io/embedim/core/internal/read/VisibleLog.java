package io.embedim.core.internal.read;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.SeqRange;
import java.util.List;

/**
 * A conversation's log as one member may see it: from where she joined or cleared it, up to where
 * she left it, without what she deleted and what has expired. Blocks.
 *
 * <p>A copy of the log will do that goes as far as the member's view, which is never a copy: every
 * change of an entry is an entry itself, so such a copy has all that any of her sessions had seen
 * when the view was read.
 */
final class VisibleLog {

  private final MessageStore messages;
  private final MemberSight sight;

  VisibleLog(ImStores stores) {
    this.messages = stores.messages();
    this.sight = new MemberSight(stores.conversations());
  }

  /**
   * Reads a page.
   *
   * @param member whose log of which conversation
   * @param range what to read; its lower end is raised to what is visible, and it is read in a log
   *     at least as long as {@code member} says
   * @param maxBytes how much content it may hold; at least one entry is returned all the same
   * @param now in ms since the epoch
   */
  Page read(String userId, MemberView member, SeqRange range, int maxBytes, long now) {
    boolean newest = range.end() == SeqRange.End.NEWEST;
    long after = Math.max(range.afterSeq(), member.hiddenUpTo());
    long before =
        member.left() ? Math.min(range.beforeSeq(), member.head().maxSeq() + 1) : range.beforeSeq();
    while (after < before - 1) {
      SeqRange oneMore =
          new SeqRange(after, before, range.limit() + 1, range.end(), member.head().maxSeq());
      Page page = readFitting(member.id(), oneMore, maxBytes);
      List<LogEntry> shown = sight.of(userId, member, page.entries(), now);
      if (!page.more() || !shown.isEmpty()) {
        return new Page(shown, page.more());
      }
      // All of it is hidden from this user, and she could not ask for what lies behind it.
      if (newest) {
        before = page.entries().get(0).seq();
      } else {
        after = page.entries().get(page.entries().size() - 1).seq();
      }
    }
    return new Page(List.of(), false);
  }

  /**
   * Reads what fits. The rest is let go at once: whoever called may have to wait for the next
   * answer of the store, as many others do, and what was read may be far more than fits.
   *
   * @param oneMore one entry more than is wanted, which tells whether there is more
   */
  private Page readFitting(ConversationId id, SeqRange oneMore, int maxBytes) {
    boolean newest = oneMore.end() == SeqRange.End.NEWEST;
    List<LogEntry> read = messages.read(id, oneMore);
    boolean more = read.size() == oneMore.limit();
    List<LogEntry> kept = more ? without(read, newest) : read;
    List<LogEntry> fitting = fitting(kept, maxBytes, newest);
    return new Page(List.copyOf(fitting), more || fitting.size() < kept.size());
  }

  /**
   * A page of the log.
   *
   * @param more whether there is more in the direction of reading
   */
  record Page(List<LogEntry> entries, boolean more) {}

  private static List<LogEntry> without(List<LogEntry> entries, boolean first) {
    return first ? entries.subList(1, entries.size()) : entries.subList(0, entries.size() - 1);
  }

  private static List<LogEntry> fitting(List<LogEntry> entries, int maxBytes, boolean fromEnd) {
    long bytes = 0;
    for (int i = 0; i < entries.size(); i++) {
      LogEntry entry = entries.get(fromEnd ? entries.size() - 1 - i : i);
      bytes += entry.draft().content().body().length();
      if (bytes > maxBytes && i > 0) {
        return fromEnd
            ? entries.subList(entries.size() - i, entries.size())
            : entries.subList(0, i);
      }
    }
    return entries;
  }
}
