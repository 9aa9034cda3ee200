package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.store.jdbc.TargetReactions.Mark;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Appends a batch in a transaction: locks the ends of the logs, reads what the batch mentions,
 * decides, writes. Each step is one round trip or a few, whatever the size of the batch.
 *
 * <p>Hardly any message is sent twice, so whether one was is not looked up at first: a duplicate is
 * refused by the index of message ids, the transaction is run again, and that time it is found. So
 * that nobody can make all of them run twice, the ids of the next batches are looked up as well.
 */
final class LogWriter {

  /** Batches that are looked up when one had to be, that one included. */
  private static final int CAUTION = 100;

  private final ConversationTable conversations;
  private final MemberTable members;
  private final MessageTable messages;
  private final RevisionTable revisions;
  private final ReactionTable reactions;
  private final RevisedMessages revisedMessages;
  private final ExpiringTable expiring;
  private final DeletedEntries deleted;
  private final @Nullable SearchTable search;

  /** How many more batches are to be looked up. */
  private final AtomicInteger cautious = new AtomicInteger();

  LogWriter(Dialect dialect, Tables tables) {
    this.conversations = new ConversationTable(dialect, tables);
    this.members = new MemberTable(dialect, tables);
    this.messages = new MessageTable(dialect, tables);
    this.revisions = new RevisionTable(dialect, tables);
    this.reactions = new ReactionTable(dialect, tables);
    this.revisedMessages = new RevisedMessages(dialect, tables);
    this.expiring = new ExpiringTable(dialect, tables);
    this.deleted = new DeletedEntries(dialect, tables);
    SearchIndex index = dialect.searchIndex();
    this.search = index == null ? null : new SearchTable(dialect, index, tables);
  }

  /**
   * Appends a batch.
   *
   * @param again whether that failed, so that this time the ids are to be looked up
   */
  List<AppendResult> append(Handle handle, List<Append> batch, long now, boolean again)
      throws SQLException {
    int left = cautious.getAndUpdate(n -> again ? CAUTION - 1 : Math.max(n - 1, 0));
    boolean lookUp = again || left > 0;
    SortedSet<ConversationId> ids = new TreeSet<>();
    batch.forEach(append -> ids.add(append.draft().conversationId()));
    Map<ConversationId, LogEnd> ends = conversations.lock(handle, ids);
    Map<EntryKey, LoggedEntry> entries = messages.find(handle, mentionedKeys(batch, ends, lookUp));
    lookUpReactions(handle, batch, entries);

    BatchDecision decision = new BatchDecision(ends, entries, now);
    List<AppendResult> results = new ArrayList<>(batch.size());
    for (Append append : batch) {
      results.add(decision.decide(append));
    }
    if (!lookUp && !results.stream().allMatch(Appended.class::isInstance)) {
      // What is refused may be in the log already, which comes first.
      return append(handle, batch, now, true);
    }
    write(handle, decision, ends);
    return results;
  }

  /**
   * The keys of the drafts' targets, where there is a log that may have them.
   *
   * @param withDrafts whether the drafts' own keys are to be among them
   */
  private static Set<EntryKey> mentionedKeys(
      List<Append> batch, Map<ConversationId, LogEnd> ends, boolean withDrafts) {
    Set<EntryKey> keys = new LinkedHashSet<>();
    for (Append append : batch) {
      ConversationId id = append.draft().conversationId();
      LogEnd end = ends.get(id);
      if (end != null && end.isStored()) {
        if (withDrafts) {
          keys.add(new EntryKey(id, append.draft().messageId()));
        }
        Revision revision = append.draft().revision();
        if (revision != null) {
          keys.add(new EntryKey(id, revision.targetMessageId()));
        }
      }
    }
    return keys;
  }

  private void lookUpReactions(
      Handle handle, List<Append> batch, Map<EntryKey, LoggedEntry> entries) {
    Map<EntryPlace, LoggedEntry> targets = new HashMap<>();
    Set<ReactionTable.Row> wanted = new LinkedHashSet<>();
    for (Append append : batch) {
      if (append.draft().revision() instanceof Revision.React react) {
        LoggedEntry target =
            entries.get(new EntryKey(append.draft().conversationId(), react.targetMessageId()));
        if (target != null) {
          targets.put(target.place(), target);
          wanted.add(
              new ReactionTable.Row(
                  target.place(), new Mark(react.emoji(), append.draft().senderId())));
        }
      }
    }
    reactions.lookUp(handle, targets, wanted);
  }

  private void write(Handle handle, BatchDecision decision, Map<ConversationId, LogEnd> ends)
      throws SQLException {
    Connection connection = handle.getConnection();
    List<LogEnd> changed =
        ends.values().stream()
            .filter(LogEnd::isChanged)
            .sorted(Comparator.comparing(LogEnd::id))
            .toList();
    List<LogEnd> created = changed.stream().filter(end -> !end.isStored()).toList();
    List<LoggedEntry> logged = decision.created();

    conversations.insert(connection, created);
    members.insertDirect(connection, created);
    revisedMessages.write(handle, decision.revised());
    messages.insert(connection, logged);
    revisions.insert(connection, logged.stream().filter(LoggedEntry::isRevision).toList());
    expiring.insert(connection, logged.stream().filter(LoggedEntry::expires).toList());
    deleted.add(connection, decision.hidden());
    if (search != null) {
      search.revise(handle, decision.revised().stream().filter(LoggedEntry::isStored).toList());
    }
    conversations.update(handle, changed.stream().filter(LogEnd::isStored).toList());
  }
}
