package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
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
import org.jdbi.v3.core.Handle;

/**
 * Appends a batch in a transaction: locks the ends of the logs, reads what the batch mentions,
 * decides, writes. Each step is one round trip or a few, whatever the size of the batch.
 */
final class LogWriter {

  private final ConversationTable conversations;
  private final MemberTable members;
  private final MessageTable messages;
  private final RevisionTable revisions;
  private final ReactionTable reactions;

  LogWriter(Dialect dialect, Tables tables) {
    this.conversations = new ConversationTable(dialect, tables);
    this.members = new MemberTable(tables);
    this.messages = new MessageTable(dialect, tables);
    this.revisions = new RevisionTable(dialect, tables);
    this.reactions = new ReactionTable(dialect, tables);
  }

  List<AppendResult> append(Handle handle, List<Append> batch, long now) throws SQLException {
    SortedSet<ConversationId> ids = new TreeSet<>();
    batch.forEach(append -> ids.add(append.draft().conversationId()));
    Map<ConversationId, LogEnd> ends = conversations.lock(handle, ids);
    Map<EntryKey, LoggedEntry> entries = messages.find(handle, mentionedKeys(batch, ends));
    lookUpReactions(handle, batch, entries);

    BatchDecision decision = new BatchDecision(ends, entries, now);
    List<AppendResult> results = new ArrayList<>(batch.size());
    for (Append append : batch) {
      results.add(decision.decide(append));
    }
    write(handle.getConnection(), decision, ends);
    return results;
  }

  /** The keys of the drafts and of their targets, where there is a log that may have them. */
  private static Set<EntryKey> mentionedKeys(List<Append> batch, Map<ConversationId, LogEnd> ends) {
    Set<EntryKey> keys = new LinkedHashSet<>();
    for (Append append : batch) {
      ConversationId id = append.draft().conversationId();
      LogEnd end = ends.get(id);
      if (end != null && end.isStored()) {
        keys.add(new EntryKey(id, append.draft().messageId()));
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

  private void write(
      Connection connection, BatchDecision decision, Map<ConversationId, LogEnd> ends)
      throws SQLException {
    List<LogEnd> changed =
        ends.values().stream()
            .filter(LogEnd::isChanged)
            .sorted(Comparator.comparing(LogEnd::id))
            .toList();
    List<LogEnd> created = changed.stream().filter(end -> !end.isStored()).toList();
    List<LoggedEntry> revised = decision.revised().stream().filter(LoggedEntry::isStored).toList();
    List<LoggedEntry> revokedEdited =
        revised.stream().filter(LoggedEntry::leavesEditsBehind).toList();

    conversations.insert(connection, created);
    members.insertDirect(connection, created);
    messages.insert(connection, decision.created());
    revisions.insert(
        connection, decision.created().stream().filter(LoggedEntry::isRevision).toList());
    messages.revise(connection, revised);
    messages.scrubEdits(connection, revokedEdited);
    revisions.scrubEdits(connection, revokedEdited);
    reactions.write(connection, decision.revised());
    conversations.update(connection, changed.stream().filter(LogEnd::isStored).toList());
  }
}
