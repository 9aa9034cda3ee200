package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.PastContent;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.SearchableMessageStore;
import io.embedim.spi.store.SeqRange;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The logs, and a search in them. */
final class SearchableLogs implements SearchableMessageStore {

  private final MessageStore logs;
  private final Transactions transactions;
  private final SearchStretches stretches;
  private final SearchCandidates candidates;

  SearchableLogs(MessageStore logs, Transactions transactions, Dialect dialect, Tables tables) {
    this.logs = logs;
    this.transactions = transactions;
    this.stretches = new SearchStretches(dialect, tables);
    this.candidates = new SearchCandidates(dialect, tables);
  }

  @Override
  public List<AppendResult> append(List<Append> batch, long now) {
    return logs.append(batch, now);
  }

  @Override
  public List<LogEntry> read(ConversationId id, SeqRange range) {
    return logs.read(id, range);
  }

  @Override
  public Optional<LogEntry> find(ConversationId id, String messageId) {
    return logs.find(id, messageId);
  }

  @Override
  public List<LogEntry> find(ConversationId id, Collection<String> messageIds) {
    return logs.find(id, messageIds);
  }

  @Override
  public List<LogEntry> pinned(ConversationId id, long now) {
    return logs.pinned(id, now);
  }

  @Override
  public List<PastContent> pastContents(ConversationId id, long seq) {
    return logs.pastContents(id, seq);
  }

  @Override
  public int purgeExpired(long now, int limit) {
    return logs.purgeExpired(now, limit);
  }

  @Override
  public List<LogEntry> search(Search search) {
    return new SearchRun(transactions, stretches, candidates, search).results();
  }
}
