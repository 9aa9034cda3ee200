package io.embedim.core.memory;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.RevisionRefused.Reason;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.SeqRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Logs in memory. A batch takes the locks of its conversations one after the other, never two at a
 * time: a commit in memory cannot fail, so the first drafts need not wait for the last ones.
 */
final class MemoryMessageStore implements MessageStore {

  private final ConversationDirectory directory;

  MemoryMessageStore(ConversationDirectory directory) {
    this.directory = directory;
  }

  @Override
  public List<AppendResult> append(List<Append> batch, long now) {
    // A null in the batch has to be found before anything is written.
    List<Append> drafts = List.copyOf(batch);
    List<AppendResult> results = new ArrayList<>(drafts.size());
    for (Append draft : drafts) {
      results.add(append(draft, now));
    }
    return results;
  }

  @Override
  public List<LogEntry> read(ConversationId id, SeqRange range) {
    Conversation conversation = directory.find(id);
    return conversation == null ? List.of() : conversation.read(range);
  }

  @Override
  public Optional<LogEntry> find(ConversationId id, String messageId) {
    return Optional.ofNullable(directory.find(id))
        .flatMap(conversation -> conversation.find(messageId));
  }

  private AppendResult append(Append append, long now) {
    ConversationId id = append.draft().conversationId();
    Conversation conversation = directory.find(id);
    if (conversation == null) {
      AppendResult refusal = refusalBeforeTheFirstEntry(append);
      if (refusal != null) {
        return refusal;
      }
      conversation = directory.direct(id);
    }
    return conversation.append(append, now);
  }

  /**
   * Why a draft cannot begin a conversation; null when it can. Asked before the conversation is
   * made, so that refused drafts leave nothing behind.
   */
  private static @Nullable AppendResult refusalBeforeTheFirstEntry(Append append) {
    if (append.draft().conversationId().isGroup()) {
      return new AppendResult.MembershipChanged(Membership.NO_CONVERSATION);
    }
    if (append.expectedVersion() != Append.ANY_VERSION
        && append.expectedVersion() != Membership.DIRECT_VERSION) {
      return new AppendResult.MembershipChanged(Membership.DIRECT_VERSION);
    }
    return append.draft().revision() == null
        ? null
        : new AppendResult.RevisionRefused(Reason.TARGET_MISSING);
  }
}
