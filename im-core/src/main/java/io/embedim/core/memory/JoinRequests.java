package io.embedim.core.memory;

import io.embedim.spi.model.JoinRequest;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests to join groups, one of each user and group. Safe for use by many threads. */
final class JoinRequests {

  private static final Comparator<JoinRequest> OLDEST_FIRST =
      Comparator.comparingLong(JoinRequest::createdAt).thenComparing(JoinRequest::requestId);

  private final Map<String, JoinRequest> byId = new HashMap<>();
  private final Map<String, Map<String, JoinRequest>> byGroupAndUser = new HashMap<>();

  /** Keeps a request, unless its user has an open one; returns the one that is open. */
  synchronized JoinRequest keep(JoinRequest request) {
    Map<String, JoinRequest> ofGroup =
        byGroupAndUser.computeIfAbsent(request.groupId(), first -> new HashMap<>());
    JoinRequest before = ofGroup.get(request.userId());
    if (before != null && isOpen(before, request.createdAt())) {
      return before;
    }
    if (before != null) {
      byId.remove(before.requestId());
    }
    forgetExpired(ofGroup, request.createdAt());
    ofGroup.put(request.userId(), request);
    byId.put(request.requestId(), request);
    return request;
  }

  synchronized Optional<JoinRequest> find(String requestId, long now) {
    return Optional.ofNullable(byId.get(requestId)).filter(request -> isOpen(request, now));
  }

  synchronized List<JoinRequest> of(String groupId, long now, int limit) {
    return byGroupAndUser.getOrDefault(groupId, Map.of()).values().stream()
        .filter(request -> isOpen(request, now))
        .sorted(OLDEST_FIRST)
        .limit(limit)
        .toList();
  }

  synchronized boolean close(String requestId, long now) {
    JoinRequest request = byId.get(requestId);
    if (request == null || !isOpen(request, now)) {
      return false;
    }
    close(request.groupId(), List.of(request.userId()));
    return true;
  }

  /** Closes what these users asked a group. */
  synchronized void close(String groupId, Collection<String> userIds) {
    byGroupAndUser.computeIfPresent(
        groupId,
        (key, ofGroup) -> {
          for (String userId : userIds) {
            JoinRequest closed = ofGroup.remove(userId);
            if (closed != null) {
              byId.remove(closed.requestId());
            }
          }
          return ofGroup.isEmpty() ? null : ofGroup;
        });
  }

  private void forgetExpired(Map<String, JoinRequest> ofGroup, long now) {
    ofGroup
        .values()
        .removeIf(request -> !isOpen(request, now) && byId.remove(request.requestId(), request));
  }

  private static boolean isOpen(JoinRequest request, long now) {
    return now < request.expiresAt();
  }
}
