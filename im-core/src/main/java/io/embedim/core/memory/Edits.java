package io.embedim.core.memory;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.PastContent;
import io.embedim.spi.model.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What messages said before they were edited, and the entries that edited them, which say it too.
 * Only under the conversation's lock.
 */
final class Edits {

  private final ConversationLog log;
  private final Map<Long, List<PastContent>> pastByTarget = new HashMap<>();
  private final Map<Long, List<Long>> entriesByTarget = new HashMap<>();

  Edits(ConversationLog log) {
    this.log = log;
  }

  /** What a message said before, oldest first. */
  List<PastContent> pastOf(long seq) {
    return List.copyOf(pastByTarget.getOrDefault(seq, List.of()));
  }

  /**
   * Notes an edit.
   *
   * @param before the message as it was
   * @param edit what edits it, and will be the entry with this sequence
   */
  void edited(LogEntry before, EntryDraft edit, Revision.Edit revision, long seq) {
    if (revision.keepsPast()) {
      Long editedAt = before.state().editedAt();
      pastByTarget
          .computeIfAbsent(before.seq(), first -> new ArrayList<>())
          .add(
              new PastContent(
                  before.draft().content(), editedAt == null ? before.timestamp() : editedAt));
    } else {
      forget(before.seq(), edit.content(), revision.replacement());
    }
    entriesByTarget.computeIfAbsent(before.seq(), first -> new ArrayList<>()).add(seq);
  }

  /** Nothing of what a message said stays. */
  void forget(long target) {
    forget(target, Content.REVOKED, Content.REVOKED);
  }

  /** Drops the past; the entries that edited the message say this instead. */
  private void forget(long target, Content content, Content replacement) {
    pastByTarget.remove(target);
    for (long seq : entriesByTarget.getOrDefault(target, List.of())) {
      log.replace(RevisedTarget.editSaying(log.get(seq), content, replacement));
    }
  }
}
