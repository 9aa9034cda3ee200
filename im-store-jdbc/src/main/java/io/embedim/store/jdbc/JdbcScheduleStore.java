package io.embedim.store.jdbc;

import io.embedim.spi.store.ScheduleStore;
import java.util.List;
import java.util.Optional;

/**
 * Messages to be sent later, in a table. Whoever adds, takes back or claims one holds one lock that
 * all processes share: these are few, and none of them then has to think of the others.
 */
final class JdbcScheduleStore implements ScheduleStore {

  private final Transactions transactions;
  private final ScheduledTable table;

  JdbcScheduleStore(Transactions transactions, Dialect dialect, Tables tables) {
    this.transactions = transactions;
    this.table = new ScheduledTable(dialect, tables);
  }

  @Override
  public Outcome schedule(Scheduled message, int maxPending) {
    return transactions.write(
        handle -> {
          table.lock(handle);
          Optional<Scheduled> first = table.find(handle, message.scheduleId());
          if (first.isPresent()) {
            return new Outcome.IdTaken(first.get());
          }
          if (table.count(handle, message.draft().senderId()) >= maxPending) {
            return new Outcome.TooMany();
          }
          table.insert(handle.getConnection(), message);
          return new Outcome.Kept();
        });
  }

  @Override
  public boolean cancel(String userId, String scheduleId) {
    return transactions.write(
        handle -> {
          table.lock(handle);
          return table.cancel(handle, userId, scheduleId);
        });
  }

  @Override
  public List<Scheduled> pending(String userId, int limit) {
    return transactions.read(handle -> table.pending(handle, userId, limit));
  }

  /** Looks first, so that whoever asks again and again writes nothing and holds nobody up. */
  @Override
  public List<Scheduled> claim(long now, long leaseUntil, int limit) {
    if (!transactions.read(handle -> table.isAnyDue(handle, now))) {
      return List.of();
    }
    return transactions.write(
        handle -> {
          table.lock(handle);
          List<Scheduled> due = table.due(handle, now, limit);
          table.lease(handle.getConnection(), due, leaseUntil);
          return due;
        });
  }

  @Override
  public void done(List<String> scheduleIds) {
    transactions.write(
        handle -> {
          table.delete(handle.getConnection(), scheduleIds);
          return scheduleIds;
        });
  }

  @Override
  public void refuse(String scheduleId, String reason) {
    transactions.write(handle -> table.refuse(handle, scheduleId, reason));
  }
}
