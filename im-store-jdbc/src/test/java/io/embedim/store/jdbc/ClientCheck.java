package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.store.jdbc.CrashCheck.Stored;
import io.embedim.store.jdbc.CrashReport.Entry;
import io.embedim.store.jdbc.CrashReport.Order;
import io.embedim.store.jdbc.CrashReport.Sighting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares what clients have, and what the host has committed, with what is stored, when everything
 * has come to rest.
 */
final class ClientCheck {

  private static final String ORDER = "order-";

  private ClientCheck() {}

  /** Names the message that is sent with an order, so that it can be told from others. */
  static String messageId(long order) {
    return ORDER + order;
  }

  private static long orderOf(String messageId) {
    return Long.parseLong(messageId.substring(ORDER.length()));
  }

  /** Where a client's log is not the one that is stored; empty when nothing is wrong. */
  static List<String> differingLogs(CrashReport report, Map<ConversationId, Stored> stored) {
    List<String> violations = new ArrayList<>();
    Map<String, Map<ConversationId, SortedMap<Long, String>>> clients = new HashMap<>();
    for (Sighting seen : report.sightings()) {
      String other =
          clients
              .computeIfAbsent(seen.userId(), user -> new HashMap<>())
              .computeIfAbsent(seen.id(), id -> new TreeMap<>())
              .putIfAbsent(seen.seq(), seen.messageId());
      if (other != null && !other.equals(seen.messageId())) {
        violations.add(seen.line() + " was " + other + " before");
      }
    }
    stored.forEach(
        (id, conversation) -> {
          SortedMap<Long, String> log = new TreeMap<>();
          conversation.log().forEach(entry -> log.put(entry.seq(), entry.messageId()));
          for (String userId : id.directMembers()) {
            if (userId.equals("system")) {
              continue;
            }
            SortedMap<Long, String> own =
                clients.getOrDefault(userId, Map.of()).getOrDefault(id, new TreeMap<>());
            if (!own.equals(log)) {
              violations.add(userId + " in " + id + ": " + difference(own, log));
            }
          }
        });
    return violations;
  }

  /**
   * What is wrong with the messages of a host whose commits may be lost: none may be there that was
   * rolled back, nor before an earlier one.
   */
  static List<String> impossibleOrders(CrashReport report, List<Entry> log) {
    List<String> violations = new ArrayList<>();
    List<String> sent = log.stream().map(Entry::messageId).toList();
    for (Order order : report.orders()) {
      if (!order.committed() && sent.contains(messageId(order.number()))) {
        violations.add("rolled back, and sent: " + order.line());
      }
    }
    List<Long> numbers = sent.stream().map(ClientCheck::orderOf).toList();
    if (!numbers.equals(numbers.stream().sorted().toList())) {
      violations.add("sent in another order: " + numbers);
    }
    return violations;
  }

  /**
   * What is wrong with the messages that the host sent in transactions of its own.
   *
   * @param committed the numbers of the orders that the host's table has
   * @param log where the messages went
   */
  static List<String> differingOrders(
      CrashReport report, Set<Long> committed, List<Entry> log, List<String> outbox) {
    List<String> violations = new ArrayList<>();
    for (Order order : report.orders()) {
      if (order.committed() != committed.contains(order.number())) {
        violations.add("reported: " + order.line() + ", the host's table says otherwise");
      }
    }
    List<String> expected = committed.stream().sorted().map(ClientCheck::messageId).toList();
    List<String> sent = log.stream().map(Entry::messageId).toList();
    if (!sent.equals(expected)) {
      List<String> missing = new ArrayList<>(expected);
      missing.removeAll(sent);
      List<String> unasked = new ArrayList<>(sent);
      unasked.removeAll(expected);
      violations.add(
          "of %d orders %d messages were sent, missing %s, unasked %s, or in another order"
              .formatted(expected.size(), sent.size(), missing, unasked));
    }
    outbox.forEach(message -> violations.add(message + " is still in the outbox"));
    return violations;
  }

  private static String difference(SortedMap<Long, String> own, SortedMap<Long, String> log) {
    Map<Long, String> missing = new TreeMap<>(log);
    missing.entrySet().removeAll(own.entrySet());
    Map<Long, String> wrong = new TreeMap<>(own);
    wrong.entrySet().removeAll(log.entrySet());
    return "lacks " + missing + ", has beside that " + wrong;
  }
}
