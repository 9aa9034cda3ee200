package io.embedim.wire;

import io.embedim.core.HistoryQuery;
import io.embedim.core.ImEngine;
import java.util.List;

/** The operations on messages. */
final class MessageOperations {

  private final ImEngine engine;
  private final FrameDecoder decoder;

  MessageOperations(ImEngine engine, FrameDecoder decoder) {
    this.engine = engine;
    this.decoder = decoder;
  }

  List<Operation> all() {
    return List.of(
        send(),
        history(),
        revision("revoke", FrameType.REVOKE),
        revision("edit", FrameType.EDIT),
        revision("react", FrameType.REACTION),
        revision("pin", FrameType.PIN));
  }

  private Operation send() {
    return Operation.staged(
        new Operation.Route("message.send", Operation.Verb.POST, "/api/message/send"),
        decoder::chat,
        (invocation, chat) ->
            engine.messages().send(invocation.caller(), chat.command(invocation.userId())),
        (json, result, invocation) -> ResultJson.write(json, result));
  }

  /** Does what a frame of {@code type} does. */
  private Operation revision(String name, int type) {
    return Operation.staged(
        new Operation.Route("message." + name, Operation.Verb.POST, "/api/message/" + name),
        parameters -> decoder.revision(parameters, type),
        (invocation, command) -> engine.messages().revise(invocation.caller(), command),
        (json, result, invocation) -> ResultJson.write(json, result));
  }

  private Operation history() {
    return Operation.blocking(
        new Operation.Route("message.history", Operation.Verb.GET, "/api/message/history"),
        this::historyQuery,
        (invocation, query) -> engine.messages().history(invocation.userId(), query),
        (json, page, invocation) -> {
          json.writeStartObject();
          ResultJson.writeEntries(json, page.entries());
          json.writeBooleanField("has_more", page.hasMore());
          json.writeEndObject();
        });
  }

  private HistoryQuery historyQuery(Parameters parameters) {
    Long after = parameters.number("after_seq", 0, Long.MAX_VALUE);
    Long before = parameters.number("before_seq", 1, Long.MAX_VALUE);
    if (after != null && before != null) {
      throw Parameters.invalid("after_seq and before_seq are both given, expected at most one");
    }
    return new HistoryQuery(
        parameters.conversationId(),
        after,
        before,
        parameters.limit(engine.settings().historyPage()));
  }
}
