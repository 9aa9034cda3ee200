package io.embedim.core.internal.read;

import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.store.ConversationStore;
import java.util.List;
import java.util.Set;

/**
 * What one member may see of a log's entries: what lies between where she joined or cleared it and
 * where she left it, without what she deleted and what has expired, and as {@link FormerMember}
 * says. Blocks where she has deleted something.
 */
public final class MemberSight {

  private final ConversationStore conversations;

  public MemberSight(ConversationStore conversations) {
    this.conversations = conversations;
  }

  /**
   * Those of these entries that she sees, as she sees them, in their order.
   *
   * @param now in ms since the epoch
   */
  public List<LogEntry> of(String userId, MemberView member, List<LogEntry> entries, long now) {
    List<LogEntry> inReach =
        entries.stream()
            .filter(entry -> reaches(member, entry.seq()) && !entry.isExpired(now))
            .toList();
    Set<Long> deleted = deleted(userId, member, inReach);
    return inReach.stream()
        .filter(entry -> !deleted.contains(entry.seq()))
        .map(entry -> FormerMember.sees(member, entry))
        .toList();
  }

  /** Whether an entry was ever hers to see. */
  static boolean reaches(MemberView member, long seq) {
    return seq > member.hiddenUpTo() && (!member.left() || seq <= member.head().maxSeq());
  }

  private Set<Long> deleted(String userId, MemberView member, List<LogEntry> entries) {
    long first = Long.MAX_VALUE;
    long last = 0;
    for (LogEntry entry : entries) {
      first = Math.min(first, entry.seq());
      last = Math.max(last, entry.seq());
    }
    return first > member.lastDeletedSeq()
        ? Set.of()
        : conversations.deleted(userId, member.id(), first, last);
  }
}
