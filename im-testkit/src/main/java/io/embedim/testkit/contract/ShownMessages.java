package io.embedim.testkit.contract;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Revision;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows of a log: it takes each message as it came, and applies every revision in the
 * log's order, as the protocol asks of it.
 */
final class ShownMessages {

  private final Map<Long, Shown> bySeq = new TreeMap<>();
  private final Map<String, Shown> byId = new HashMap<>();

  /** A message as it is shown. */
  private static final class Shown {
    private final LogEntry entry;
    private final Map<String, Set<String>> reactions = new TreeMap<>();
    private Content content;
    private boolean revoked;
    private @Nullable Long editedAt;
    private boolean pinned;

    Shown(LogEntry entry) {
      this.entry = entry;
      content = entry.draft().content();
      revoked = entry.state().revoked();
      editedAt = entry.state().editedAt();
      pinned = entry.state().pinned();
      entry
          .state()
          .reactions()
          .forEach((emoji, users) -> reactions.put(emoji, new TreeSet<>(users)));
    }

    void apply(LogEntry later) {
      Revision revision = later.draft().revision();
      if (revoked) {
        return;
      }
      if (revision instanceof Revision.Revoke) {
        revoked = true;
        content = Content.REVOKED;
        editedAt = null;
        pinned = false;
        reactions.clear();
      } else if (revision instanceof Revision.Edit edit) {
        content = edit.replacement();
        editedAt = later.timestamp();
      } else if (revision instanceof Revision.React react) {
        Set<String> users = reactions.computeIfAbsent(react.emoji(), first -> new TreeSet<>());
        if (react.added()) {
          users.add(later.draft().senderId());
        } else {
          users.remove(later.draft().senderId());
        }
        reactions.values().removeIf(Set::isEmpty);
      } else if (revision instanceof Revision.Pin pin) {
        pinned = pin.pinned();
      }
    }

    @Override
    public String toString() {
      return entry.draft().type()
          + " "
          + entry.draft().messageId()
          + " of "
          + entry.draft().senderId()
          + " says "
          + content.body()
          + (revoked ? " revoked" : "")
          + (editedAt == null ? "" : " edited " + editedAt)
          + (pinned ? " pinned" : "")
          + reactions;
    }
  }

  ShownMessages(Collection<LogEntry> log) {
    log.stream()
        .sorted(Comparator.comparingLong(LogEntry::seq))
        .forEach(
            entry -> {
              Revision revision = entry.draft().revision();
              Shown target = revision == null ? null : byId.get(revision.targetMessageId());
              if (target != null) {
                target.apply(entry);
              } else if (revision == null) {
                Shown shown = new Shown(entry);
                bySeq.put(entry.seq(), shown);
                byId.put(entry.draft().messageId(), shown);
              }
            });
  }

  /** What each message and event looks like, by seq. */
  Map<Long, String> all() {
    Map<Long, String> all = new TreeMap<>();
    bySeq.forEach((seq, shown) -> all.put(seq, shown.toString()));
    return all;
  }
}
