package io.embedim.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.embedim.core.ImEngine;
import io.embedim.core.SyncPage;
import io.embedim.core.SyncQuery;
import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.SettingsChange;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations on a user's conversations, and {@code sync}. */
final class ConversationOperations {

  /** Users whose read cursors can be asked for at once. */
  private static final int MAX_READERS = 500;

  private final ImEngine engine;

  ConversationOperations(ImEngine engine) {
    this.engine = engine;
  }

  private record ListCommand(@Nullable String pageToken, int limit) {}

  private record ConversationPage(List<ConversationView> conversations, @Nullable String next) {}

  private record UpdateCommand(ConversationId id, SettingsChange change) {}

  private record ReadCommand(ConversationId id, long lastReadSeq) {}

  private record ReadersCommand(ConversationId id, Set<String> userIds) {}

  List<Operation> all() {
    return List.of(sync(), list(), get(), update(), clear(), read(), readers());
  }

  private Operation sync() {
    return Operation.blocking(
        new Operation.Route("sync", Operation.Verb.POST, "/api/sync"),
        parameters -> {
          Long updatedAfter = parameters.number("updated_after", 0, Long.MAX_VALUE);
          return new SyncQuery(
              parameters.cursors("cursors"),
              parameters.limit(engine.settings().syncPage()),
              updatedAfter == null ? 0 : updatedAfter);
        },
        (invocation, query) -> engine.messages().sync(invocation.userId(), query),
        (json, page, invocation) -> {
          json.writeStartObject();
          json.writeArrayFieldStart("conversations");
          for (SyncPage.Missed missed : page.conversations()) {
            json.writeStartObject();
            json.writeFieldName("conversation");
            ViewJson.write(json, missed.conversation(), invocation.userId());
            ResultJson.writeEntries(json, missed.entries());
            json.writeBooleanField("has_more", missed.hasMore());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeBooleanField("has_more", page.hasMore());
          json.writeNumberField("server_time", page.serverTime());
          json.writeEndObject();
        });
  }

  private Operation list() {
    return Operation.blocking(
        new Operation.Route("conversation.list", Operation.Verb.GET, "/api/conversation/list"),
        parameters ->
            new ListCommand(
                parameters.string("page_token"),
                parameters.limit(engine.settings().conversationPage())),
        (invocation, command) -> {
          String userId = invocation.userId();
          String token = command.pageToken();
          ConversationQuery.Position after = token == null ? null : PageToken.parse(token, userId);
          List<ConversationView> page = engine.conversations().list(userId, after, command.limit());
          return new ConversationPage(page, nextPage(page, command.limit(), userId));
        },
        (json, page, invocation) -> {
          json.writeStartObject();
          json.writeArrayFieldStart("conversations");
          for (ConversationView view : page.conversations()) {
            ViewJson.write(json, view, invocation.userId());
          }
          json.writeEndArray();
          ResultJson.writeNextPage(json, page.next());
          json.writeEndObject();
        });
  }

  private static @Nullable String nextPage(List<ConversationView> page, int limit, String userId) {
    if (page.size() < limit) {
      return null;
    }
    ConversationHead last = page.get(page.size() - 1).head();
    return PageToken.of(new ConversationQuery.Position(last.updatedAt(), last.id()), userId);
  }

  private Operation get() {
    return Operation.blocking(
        new Operation.Route("conversation.get", Operation.Verb.GET, "/api/conversation/info"),
        Parameters::conversationId,
        (invocation, id) -> engine.conversations().get(invocation.userId(), id),
        ConversationOperations::writeConversation);
  }

  private Operation update() {
    return Operation.blocking(
        new Operation.Route("conversation.update", Operation.Verb.PUT, "/api/conversation/info"),
        parameters ->
            new UpdateCommand(
                parameters.conversationId(),
                new SettingsChange(
                    parameters.flag("pinned"),
                    parameters.flag("muted"),
                    draft(parameters),
                    parameters.flag("hidden"))),
        (invocation, command) ->
            engine.conversations().update(invocation.caller(), command.id(), command.change()),
        ConversationOperations::writeConversation);
  }

  private @Nullable String draft(Parameters parameters) {
    String draft = parameters.string("draft");
    int max = engine.settings().maxContentBytes();
    if (draft != null && Utf8.length(draft) > max) {
      throw Parameters.invalid(
          "draft has " + Utf8.length(draft) + " bytes, expected at most " + max);
    }
    return draft;
  }

  private Operation clear() {
    return Operation.blocking(
        new Operation.Route("conversation.clear", Operation.Verb.POST, "/api/conversation/clear"),
        Parameters::conversationId,
        (invocation, id) -> engine.conversations().clear(invocation.caller(), id),
        (json, clearedSeq, invocation) -> {
          json.writeStartObject();
          json.writeNumberField("cleared_seq", clearedSeq);
          json.writeEndObject();
        });
  }

  private Operation read() {
    return Operation.staged(
        new Operation.Route("conversation.read", Operation.Verb.POST, "/api/conversation/read"),
        parameters ->
            new ReadCommand(
                parameters.conversationId(),
                parameters.requiredNumber("last_read_seq", 0, Long.MAX_VALUE)),
        (invocation, command) ->
            engine.conversations().read(invocation.origin(), command.id(), command.lastReadSeq()),
        (json, cursors, invocation) -> {
          json.writeStartObject();
          json.writeNumberField("last_read_seq", cursors.readSeq());
          json.writeEndObject();
        });
  }

  private Operation readers() {
    return Operation.blocking(
        new Operation.Route(
            "conversation.readers", Operation.Verb.GET, "/api/conversation/readers"),
        parameters -> {
          Set<String> userIds = parameters.ids("user_ids", MAX_READERS, IdKind.USER);
          return new ReadersCommand(
              parameters.conversationId(), userIds == null ? Set.of() : userIds);
        },
        (invocation, command) ->
            engine.conversations().readers(invocation.userId(), command.id(), command.userIds()),
        (json, readers, invocation) -> {
          json.writeStartObject();
          json.writeObjectFieldStart("read");
          for (var reader : readers.entrySet()) {
            json.writeNumberField(reader.getKey(), reader.getValue());
          }
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private static void writeConversation(
      JsonGenerator json, ConversationView view, Invocation invocation) throws IOException {
    json.writeStartObject();
    json.writeFieldName("conversation");
    ViewJson.write(json, view, invocation.userId());
    json.writeEndObject();
  }
}
