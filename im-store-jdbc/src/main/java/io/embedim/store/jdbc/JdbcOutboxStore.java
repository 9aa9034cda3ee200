package io.embedim.store.jdbc;

import io.embedim.spi.store.OutboxStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands over the outbox while a transaction holds a lock: when the process dies, the database ends
 * the transaction, and the next process finds what was not settled.
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
    return transactions.whileLocked(table::lock, 0, () -> relayLocked(limit, relay));
  }

  private int relayLocked(int limit, Relay relay) {
    List<OutboxTable.Row> rows = transactions.read(handle -> table.oldest(handle, limit));
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
    return transactions.write(
        handle -> {
          table.delete(handle.getConnection(), sent);
          table.refuse(handle.getConnection(), refused);
          return sent.size() + refused.size();
        });
  }
}
