package io.embedim.core.memory;

import static java.util.Objects.requireNonNull;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.model.Membership;
import io.embedim.spi.model.PastContent;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.RevisionRefused.Reason;
import io.embedim.spi.store.SearchableMessageStore;
import io.embedim.spi.store.SeqRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Logs in memory. A batch takes the locks of its conversations one after the other, never two at a
 * time: a commit in memory cannot fail, so the first drafts need not wait for the last ones.
 */
final class MemoryMessageStore implements SearchableMessageStore {

  private final ConversationDirectory directory;
  private final ExpiringMessages expiring = new ExpiringMessages();

  MemoryMessageStore(ConversationDirectory directory) {
    this.directory = directory;
  }

  @Override
  public List<AppendResult> append(List<Append> batch, long now) {
    // A null in the batch has to be found before anything is written.
    List<Append> drafts = List.copyOf(batch);
    List<AppendResult> results = new ArrayList<>(drafts.size());
    for (Append draft : drafts) {
      AppendResult result = append(draft, now);
      results.add(result);
      if (result instanceof AppendResult.Appended appended) {
        expiring.add(appended.entry());
      }
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
    return find(id, List.of(messageId)).stream().findFirst();
  }

  @Override
  public List<LogEntry> find(ConversationId id, Collection<String> messageIds) {
    return log(id, writer -> writer.find(messageIds));
  }

  @Override
  public List<LogEntry> pinned(ConversationId id, long now) {
    return log(id, writer -> writer.pinned(now));
  }

  @Override
  public List<PastContent> pastContents(ConversationId id, long seq) {
    return log(id, writer -> writer.pastOf(seq));
  }

  @Override
  public int purgeExpired(long now, int limit) {
    List<ExpiringMessages.Place> expired = expiring.take(now, limit);
    for (ExpiringMessages.Place place : expired) {
      requireNonNull(directory.find(place.conversationId()))
          .log(
              writer -> {
                writer.purge(place.seq());
                return place;
              });
    }
    return expired.size();
  }

  private <T> List<T> log(ConversationId id, Function<LogWriter, List<T>> question) {
    Conversation conversation = directory.find(id);
    return conversation == null ? List.of() : conversation.log(question);
  }

  @Override
  public List<LogEntry> search(Search search) {
    SearchScan scan = new SearchScan(search);
    for (Conversation conversation : searched(search)) {
      MemberView member = conversation.memberView(search.userId());
      if (member != null) {
        conversation.search(scan, member);
      }
    }
    return scan.results();
  }

  private Collection<Conversation> searched(Search search) {
    ConversationId only = search.conversationId();
    if (only == null) {
      return directory.of(search.userId());
    }
    Conversation conversation = directory.find(only);
    return conversation == null ? Set.of() : Set.of(conversation);
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
