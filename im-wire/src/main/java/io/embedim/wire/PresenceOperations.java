package io.embedim.wire;

import io.embedim.core.ImEngine;
import io.embedim.core.PresenceState;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** The operations on presence. */
final class PresenceOperations {

  /** Users whose presence can be asked for at once. */
  private static final int MAX_USERS = 500;

  private final ImEngine engine;

  PresenceOperations(ImEngine engine) {
    this.engine = engine;
  }

  List<Operation> all() {
    return List.of(
        operation(
            new Operation.Route("presence.get", Operation.Verb.GET, "/api/presence/get"),
            (invocation, userIds) -> engine.presence().seenBy(invocation.userId(), userIds)),
        operation(
            new Operation.Route(
                "presence.subscribe", Operation.Verb.POST, "/api/presence/subscribe"),
            (invocation, userIds) ->
                engine.presence().subscribe(invocation.requiredSession(), userIds)),
        Operation.blocking(
            new Operation.Route(
                "presence.unsubscribe", Operation.Verb.POST, "/api/presence/unsubscribe"),
            PresenceOperations::userIds,
            (invocation, userIds) -> {
              engine.presence().unsubscribe(invocation.requiredSession(), userIds);
              return userIds;
            },
            ResultJson::writeNothing));
  }

  private static Operation operation(
      Operation.Route route, BiFunction<Invocation, Set<String>, List<PresenceState>> handler) {
    return Operation.blocking(
        route,
        PresenceOperations::userIds,
        handler,
        (json, presences, invocation) -> ViewJson.write(json, presences));
  }

  private static Set<String> userIds(Parameters parameters) {
    return parameters.requiredIds("user_ids", MAX_USERS, IdKind.USER);
  }
}
