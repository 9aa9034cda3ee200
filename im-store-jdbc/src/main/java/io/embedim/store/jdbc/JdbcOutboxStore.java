package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.OutboxStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hands over the outbox while a transaction holds a lock: when the process dies, the database ends
 * the transaction, and the next process finds what was not settled.
 */
final class JdbcOutboxStore implements OutboxStore {

  /** So many conversations that cannot be sent to are passed over before the call ends. */
  private static final int MAX_STUCK = 100;

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
    Set<ConversationId> stuck = new HashSet<>();
    int settled = 0;
    while (true) {
      List<OutboxTable.Row> rows = transactions.read(handle -> table.oldest(handle, limit, stuck));
      if (rows.isEmpty()) {
        return settled;
      }
      List<Outcome> outcomes = relay.send(rows.stream().map(OutboxTable.Row::draft).toList());
      int settledHere = settle(rows, outcomes);
      settled += settledHere;
      if (settledHere == rows.size() || rows.size() < limit || stuck.size() >= MAX_STUCK) {
        return settled;
      }
      // A conversation that cannot be sent to must not fill every page.
      for (int i = 0; i < rows.size(); i++) {
        if (outcomes.get(i) instanceof Outcome.Unknown) {
          stuck.add(rows.get(i).draft().conversationId());
        }
      }
    }
  }

  private int settle(List<OutboxTable.Row> rows, List<Outcome> outcomes) {
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
    int settled = sent.size() + refused.size();
    return settled == 0
        ? 0
        : transactions.write(
            handle -> {
              table.delete(handle.getConnection(), sent);
              table.refuse(handle.getConnection(), refused);
              return settled;
            });
  }
}
