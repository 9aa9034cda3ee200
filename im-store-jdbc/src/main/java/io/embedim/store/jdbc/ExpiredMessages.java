package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Takes what expired messages said out of the tables. Like an append it begins with the locks on
 * the conversations' rows, in their order; so whoever else purges the same messages comes later,
 * and finds nothing left to do.
 */
final class ExpiredMessages {

  private final ConversationTable conversations;
  private final MessageTable messages;
  private final ExpiringTable expiring;
  private final RevisedMessages revised;
  private final @Nullable SearchTable search;

  ExpiredMessages(Dialect dialect, Tables tables) {
    this.conversations = new ConversationTable(dialect, tables);
    this.messages = new MessageTable(dialect, tables);
    this.expiring = new ExpiringTable(dialect, tables);
    this.revised = new RevisedMessages(dialect, tables);
    SearchIndex index = dialect.searchIndex();
    this.search = index == null ? null : new SearchTable(dialect, index, tables);
  }

  /** What has expired and is not purged yet. */
  List<ExpiringTable.Row> due(Handle handle, long now, int limit) {
    return expiring.due(handle, now, limit);
  }

  /** Purges those of these messages that nobody has purged meanwhile, and says how many. */
  int purge(Handle handle, List<ExpiringTable.Row> due) throws SQLException {
    TreeSet<ConversationId> ids = new TreeSet<>();
    due.forEach(row -> ids.add(row.place().conversationId()));
    Map<ConversationId, LogEnd> ends = conversations.lock(handle, ids);
    List<LoggedEntry> purged = expiring.stillThere(handle, due);
    Set<LogEnd> unpinned = new LinkedHashSet<>();
    for (LoggedEntry message : purged) {
      LogEnd end = ends.get(message.conversationId());
      if (message.pin().isOn() && end != null) {
        end.countPin(false);
        unpinned.add(end);
      }
      message.revoke();
    }
    Connection connection = handle.getConnection();
    revised.write(handle, purged);
    if (search != null) {
      search.revise(handle, purged);
    }
    messages.forgetOrigins(connection, purged);
    expiring.delete(connection, purged);
    conversations.update(handle, new ArrayList<>(unpinned));
    return purged.size();
  }
}
