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
import org.jspecify.annotations.Nullable;

/** The logs, and a search in them. What is appended the indexer learns after the commit. */
final class SearchableLogs implements SearchableMessageStore {

  private final MessageStore logs;
  private final Transactions transactions;
  private final SearchStretches stretches;
  private final SearchCandidates candidates;
  private final @Nullable SearchIndexer indexer;

  /**
   * @param indexer puts into the index what is appended here; null when nobody does
   */
  SearchableLogs(
      MessageStore logs,
      Transactions transactions,
      Dialect dialect,
      Tables tables,
      @Nullable SearchIndexer indexer) {
    this.logs = logs;
    this.transactions = transactions;
    this.stretches = new SearchStretches(dialect, tables);
    this.candidates = new SearchCandidates(dialect, tables);
    this.indexer = indexer;
  }

  @Override
  public List<AppendResult> append(List<Append> batch, long now) {
    List<AppendResult> results = logs.append(batch, now);
    if (indexer != null) {
      indexer.appended(batch);
    }
    return results;
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
