package io.embedim.core.memory;

import io.embedim.spi.store.ScheduleStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Messages to be sent later, in memory. Safe for use by many threads. */
final class MemoryScheduleStore implements ScheduleStore {

  private static final Comparator<Scheduled> NEXT_FIRST =
      Comparator.comparingLong(Scheduled::sendAt).thenComparing(Scheduled::scheduleId);

  private final Map<String, Scheduled> byId = new HashMap<>();
  private final NavigableSet<Scheduled> waiting = new TreeSet<>(NEXT_FIRST);
  private final Map<String, NavigableSet<Scheduled>> byUser = new HashMap<>();

  /** When the last claim of a message ends; absent as long as it was not claimed. */
  private final Map<String, Long> leases = new HashMap<>();

  @Override
  public synchronized Outcome schedule(Scheduled message, int maxPending) {
    Scheduled first = byId.get(message.scheduleId());
    if (first != null) {
      return new Outcome.IdTaken(first);
    }
    NavigableSet<Scheduled> ofUser = ofUser(message.draft().senderId());
    if (ofUser.size() >= maxPending) {
      return new Outcome.TooMany();
    }
    keep(message);
    return new Outcome.Kept();
  }

  @Override
  public synchronized boolean cancel(String userId, String scheduleId) {
    Scheduled message = byId.get(scheduleId);
    boolean cancelled =
        message != null
            && message.draft().senderId().equals(userId)
            && !leases.containsKey(scheduleId);
    if (cancelled) {
      forget(scheduleId);
    }
    return cancelled;
  }

  @Override
  public synchronized List<Scheduled> pending(String userId, int limit) {
    return ofUser(userId).stream()
        .filter(message -> !leases.containsKey(message.scheduleId()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Scheduled> claim(long now, long leaseUntil, int limit) {
    List<Scheduled> claimed = new ArrayList<>();
    for (Scheduled message : waiting) {
      if (message.sendAt() > now || claimed.size() == limit) {
        break;
      }
      Long lease = leases.get(message.scheduleId());
      if (lease == null || lease <= now) {
        claimed.add(message);
        leases.put(message.scheduleId(), leaseUntil);
      }
    }
    return claimed;
  }

  @Override
  public synchronized void done(List<String> scheduleIds) {
    scheduleIds.forEach(this::forget);
  }

  @Override
  public synchronized void refuse(String scheduleId, String reason) {
    Scheduled message = byId.get(scheduleId);
    if (message != null) {
      forget(scheduleId);
      keep(message.refused(reason));
    }
  }

  private void keep(Scheduled message) {
    byId.put(message.scheduleId(), message);
    if (message.refused() == null) {
      waiting.add(message);
    }
    byUser
        .computeIfAbsent(message.draft().senderId(), userId -> new TreeSet<>(NEXT_FIRST))
        .add(message);
  }

  private NavigableSet<Scheduled> ofUser(String userId) {
    return byUser.getOrDefault(userId, new TreeSet<>(NEXT_FIRST));
  }

  private void forget(String scheduleId) {
    Scheduled message = byId.remove(scheduleId);
    if (message != null) {
      waiting.remove(message);
      leases.remove(scheduleId);
      byUser.computeIfPresent(
          message.draft().senderId(),
          (userId, ofUser) -> ofUser.remove(message) && ofUser.isEmpty() ? null : ofUser);
    }
  }
}
