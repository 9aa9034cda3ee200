package io.embedim.store.jdbc;

import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** Completes rows of the table of messages to entries, with at most two further round trips. */
final class EntryReader {

  private final RevisionTable revisions;
  private final ReactionTable reactions;

  EntryReader(Dialect dialect, Tables tables) {
    this.revisions = new RevisionTable(dialect, tables);
    this.reactions = new ReactionTable(dialect, tables);
  }

  /** The entries of these rows, in their order. */
  List<LogEntry> complete(Handle handle, List<EntryRow> rows) {
    Map<EntryPlace, RevisionTable.Stored> revisionsByPlace = revisions(handle, rows);
    Map<EntryPlace, Map<String, List<String>>> reactionsByPlace = reactions(handle, rows);
    List<LogEntry> entries = new ArrayList<>(rows.size());
    for (EntryRow row : rows) {
      RevisionTable.Stored revision =
          row.isRevision()
              ? Objects.requireNonNull(
                  revisionsByPlace.get(row.place()), () -> "no revision of " + row.place())
              : null;
      EntryDraft draft =
          new EntryDraft(
              row.conversationId(),
              row.type(),
              row.messageId(),
              row.senderId(),
              row.content(),
              row.options(),
              revision == null ? null : revision.revision());
      EntryState state =
          new EntryState(
              row.revoked(),
              row.editedAt(),
              reactionsByPlace.getOrDefault(row.place(), Map.of()),
              row.pinned());
      long targetSeq = revision == null ? 0 : revision.targetSeq();
      entries.add(new LogEntry(row.seq(), row.timestamp(), draft, state, targetSeq));
    }
    return entries;
  }

  private Map<EntryPlace, RevisionTable.Stored> revisions(Handle handle, List<EntryRow> rows) {
    List<EntryPlace> places =
        rows.stream().filter(EntryRow::isRevision).map(EntryRow::place).toList();
    return places.isEmpty() ? Map.of() : revisions.load(handle, places);
  }

  private Map<EntryPlace, Map<String, List<String>>> reactions(Handle handle, List<EntryRow> rows) {
    List<EntryPlace> places =
        rows.stream().filter(row -> row.reactionKinds() > 0).map(EntryRow::place).toList();
    return places.isEmpty() ? Map.of() : reactions.load(handle, places);
  }
}
