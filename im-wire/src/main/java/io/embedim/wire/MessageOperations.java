package io.embedim.wire;

import io.embedim.core.HistoryQuery;
import io.embedim.core.ImEngine;
import io.embedim.core.SendResult;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.PastContent;
import java.util.List;
import java.util.Set;

/** The operations on messages. */
final class MessageOperations {

  /** Messages that one call can name. */
  static final int MAX_NAMED = 100;

  private final ImEngine engine;
  private final FrameDecoder decoder;

  MessageOperations(ImEngine engine, FrameDecoder decoder) {
    this.engine = engine;
    this.decoder = decoder;
  }

  private record MessagesCommand(ConversationId id, Set<String> messageIds) {}

  private record RangeCommand(ConversationId id, long fromSeq, long toSeq) {}

  private record PinnedCommand(ConversationId id, int begin) {}

  private record EditsCommand(ConversationId id, String messageId, int begin) {}

  List<Operation> all() {
    return List.of(
        send(),
        history(),
        revision("revoke", FrameType.REVOKE),
        revision("edit", FrameType.EDIT),
        revision("react", FrameType.REACTION),
        revision("pin", FrameType.PIN),
        delete(),
        deleted(),
        pinned(),
        edits(),
        forward());
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

  private Operation delete() {
    return Operation.blocking(
        new Operation.Route("message.delete", Operation.Verb.POST, "/api/message/delete"),
        parameters ->
            new MessagesCommand(
                parameters.conversationId(),
                parameters.requiredIds("message_ids", MAX_NAMED, IdKind.MESSAGE)),
        (invocation, command) -> {
          engine.messages().delete(invocation.origin(), command.id(), command.messageIds());
          return command;
        },
        ResultJson::writeNothing);
  }

  private Operation deleted() {
    return Operation.blocking(
        new Operation.Route("message.deleted", Operation.Verb.GET, "/api/message/deleted"),
        parameters ->
            new RangeCommand(
                parameters.conversationId(),
                parameters.requiredNumber("from_seq", 1, Long.MAX_VALUE),
                parameters.requiredNumber("to_seq", 1, Long.MAX_VALUE)),
        (invocation, range) ->
            engine
                .messages()
                .deleted(invocation.userId(), range.id(), range.fromSeq(), range.toSeq()),
        (json, seqs, invocation) -> {
          json.writeStartObject();
          ResultJson.writeSeqs(json, "deleted_seqs", seqs);
          json.writeEndObject();
        });
  }

  private Operation pinned() {
    return Operation.blocking(
        new Operation.Route("message.pinned", Operation.Verb.GET, "/api/message/pinned"),
        parameters -> new PinnedCommand(parameters.conversationId(), Slice.begin(parameters)),
        (invocation, command) ->
            Slice.of(
                engine.messages().pinned(invocation.userId(), command.id()),
                command.begin(),
                MessageOperations::bytes,
                engine.settings().pageBytes()),
        (json, page, invocation) -> {
          json.writeStartObject();
          ResultJson.writeEntries(json, page.items());
          ResultJson.writeNextPage(json, page.next());
          json.writeEndObject();
        });
  }

  private Operation edits() {
    return Operation.blocking(
        new Operation.Route("message.edits", Operation.Verb.GET, "/api/message/edits"),
        parameters ->
            new EditsCommand(
                parameters.conversationId(),
                parameters.requiredId("message_id", IdKind.MESSAGE),
                Slice.begin(parameters)),
        (invocation, command) ->
            Slice.of(
                engine
                    .messages()
                    .pastContents(invocation.userId(), command.id(), command.messageId()),
                command.begin(),
                past -> Utf8.length(past.content().body()),
                engine.settings().pageBytes()),
        (json, page, invocation) -> {
          json.writeStartObject();
          json.writeArrayFieldStart("edits");
          for (PastContent past : page.items()) {
            json.writeStartObject();
            json.writeFieldName("content");
            json.writeRawValue(past.content().body());
            json.writeNumberField("since", past.since());
            json.writeEndObject();
          }
          json.writeEndArray();
          ResultJson.writeNextPage(json, page.next());
          json.writeEndObject();
        });
  }

  private Operation forward() {
    return Operation.staged(
        new Operation.Route("message.forward", Operation.Verb.POST, "/api/message/forward"),
        ForwardParameters::of,
        (invocation, forward) ->
            engine.messages().forward(invocation.caller(), forward.command(invocation.userId())),
        (json, results, invocation) -> {
          json.writeStartObject();
          json.writeArrayFieldStart("messages");
          for (SendResult result : results) {
            ResultJson.write(json, result);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** About how much a message takes in an answer. */
  static int bytes(LogEntry entry) {
    return bytes(entry.draft());
  }

  static int bytes(EntryDraft draft) {
    String origin = draft.options().forwardedFrom();
    return Utf8.length(draft.content().body()) + (origin == null ? 0 : Utf8.length(origin));
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
