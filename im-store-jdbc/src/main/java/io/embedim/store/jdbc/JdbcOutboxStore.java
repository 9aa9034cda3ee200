package io.embedim.store.jdbc;

import io.embedim.spi.store.OutboxStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Hands over the outbox in a transaction that holds a lock: when the process dies, the database
 * ends the transaction, and the next process finds everything as it was.
 */
final class JdbcOutboxStore implements OutboxStore {

  private final Transactions transactions;
  private final OutboxTable table;

  JdbcOutboxStore(Transactions transactions, Tables tables) {
    this.transactions = transactions;
    this.table = new OutboxTable(tables);
  }

  @Override
  public int relay(int limit, Relay relay) {
    return transactions.write(handle -> relay(handle, limit, relay));
  }

  private int relay(Handle handle, int limit, Relay relay) throws SQLException {
    if (!table.lock(handle)) {
      return 0;
    }
    List<OutboxTable.Row> rows = table.oldest(handle, limit);
    if (rows.isEmpty()) {
      return 0;
    }
    List<Outcome> outcomes = relay.send(rows.stream().map(OutboxTable.Row::draft).toList());
    List<Long> sent = new ArrayList<>();
    Map<Long, String> refused = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Outcome outcome = outcomes.get(i);
      if (outcome instanceof Outcome.Sent) {
        sent.add(rows.get(i).id());
      } else if (outcome instanceof Outcome.Refused refusal) {
        refused.put(rows.get(i).id(), refusal.reason());
      }
    }
    table.delete(handle.getConnection(), sent);
    table.refuse(handle.getConnection(), refused);
    return sent.size() + refused.size();
  }
}
