package io.embedim.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Writes what became of messages: their rows, and whatever else says something that they said. What
 * is in no table yet is written with its first row.
 */
final class RevisedMessages {

  private final MessageTable messages;
  private final RevisionTable revisions;
  private final ReactionTable reactions;
  private final PastContentTable past;
  private final PinTable pins;

  RevisedMessages(Dialect dialect, Tables tables) {
    this.messages = new MessageTable(dialect, tables);
    this.revisions = new RevisionTable(dialect, tables);
    this.reactions = new ReactionTable(dialect, tables);
    this.past = new PastContentTable(dialect, tables);
    this.pins = new PinTable(dialect, tables);
  }

  /**
   * Writes, before the batch's own entries are written: those that edited a message before the
   * batch are told by that from those that do in it.
   */
  void write(Handle handle, Collection<LoggedEntry> revised) throws SQLException {
    Connection connection = handle.getConnection();
    List<LoggedEntry> stored = revised.stream().filter(LoggedEntry::isStored).toList();
    List<LoggedEntry> forgotten = stored.stream().filter(LoggedEntry::leavesEditsBehind).toList();
    past.delete(connection, stored.stream().filter(LoggedEntry::leavesPastBehind).toList());
    messages.scrubEdits(connection, forgotten);
    revisions.scrubEdits(connection, forgotten);
    past.write(handle, revised);
    messages.revise(connection, stored);
    // What search keeps of a message's text follows its row here.
    reactions.write(connection, revised);
    pins.write(connection, revised);
  }
}
