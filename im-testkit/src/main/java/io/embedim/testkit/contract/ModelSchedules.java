package io.embedim.testkit.contract;

import io.embedim.spi.store.ScheduleStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The messages of a {@link StoreModel} that are to be sent later. */
final class ModelSchedules implements ScheduleStore {

  private final Object lock;
  private final List<Scheduled> messages = new ArrayList<>();
  private final Map<String, Long> leases = new HashMap<>();

  ModelSchedules(Object lock) {
    this.lock = lock;
  }

  @Override
  public Outcome schedule(Scheduled message, int maxPending) {
    synchronized (lock) {
      for (Scheduled other : messages) {
        if (other.scheduleId().equals(message.scheduleId())) {
          return new Outcome.IdTaken(other);
        }
      }
      if (messages.stream().filter(of(message.draft().senderId())).count() >= maxPending) {
        return new Outcome.TooMany();
      }
      messages.add(message);
      return new Outcome.Kept();
    }
  }

  @Override
  public boolean cancel(String userId, String scheduleId) {
    synchronized (lock) {
      return !leases.containsKey(scheduleId)
          && messages.removeIf(of(userId).and(message -> message.scheduleId().equals(scheduleId)));
    }
  }

  @Override
  public List<Scheduled> pending(String userId, int limit) {
    synchronized (lock) {
      return inOrder(of(userId).and(message -> !leases.containsKey(message.scheduleId())))
          .limit(limit)
          .toList();
    }
  }

  @Override
  public List<Scheduled> claim(long now, long leaseUntil, int limit) {
    synchronized (lock) {
      List<Scheduled> due =
          inOrder(
                  message ->
                      message.sendAt() <= now
                          && message.refused() == null
                          && leases.getOrDefault(message.scheduleId(), now) <= now)
              .limit(limit)
              .toList();
      due.forEach(message -> leases.put(message.scheduleId(), leaseUntil));
      return due;
    }
  }

  @Override
  public void done(List<String> scheduleIds) {
    synchronized (lock) {
      messages.removeIf(message -> scheduleIds.contains(message.scheduleId()));
      leases.keySet().removeAll(scheduleIds);
    }
  }

  @Override
  public void refuse(String scheduleId, String reason) {
    synchronized (lock) {
      messages.replaceAll(
          message -> message.scheduleId().equals(scheduleId) ? message.refused(reason) : message);
      leases.remove(scheduleId);
    }
  }

  private Stream<Scheduled> inOrder(Predicate<Scheduled> which) {
    return messages.stream()
        .filter(which)
        .sorted(Comparator.comparingLong(Scheduled::sendAt).thenComparing(Scheduled::scheduleId));
  }

  private static Predicate<Scheduled> of(String userId) {
    return message -> message.draft().senderId().equals(userId);
  }
}
