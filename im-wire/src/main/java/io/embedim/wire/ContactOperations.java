package io.embedim.wire;

import io.embedim.core.Caller;
import io.embedim.core.Contacts;
import io.embedim.core.ImEngine;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The operations on whom a user wants to hear nothing from. */
final class ContactOperations {

  private static final int MAX_PAGE = 200;

  private final Contacts contacts;

  ContactOperations(ImEngine engine) {
    this.contacts = engine.contacts();
  }

  private record BlockedCommand(@Nullable String after, int limit) {}

  List<Operation> all() {
    return List.of(
        change("block", contacts::block), change("unblock", contacts::unblock), blocked());
  }

  private static Operation change(String name, BiConsumer<Caller, String> change) {
    return Operation.blocking(
        new Operation.Route("contact." + name, Operation.Verb.POST, "/api/contact/" + name),
        parameters -> parameters.requiredId("user_id", IdKind.USER),
        (invocation, userId) -> {
          change.accept(invocation.origin(), userId);
          return userId;
        },
        ResultJson::writeNothing);
  }

  private Operation blocked() {
    return Operation.blocking(
        new Operation.Route("contact.blocked", Operation.Verb.GET, "/api/contact/blocked"),
        // A token is the last user's id: whoever makes one up sees another page of her own list.
        parameters ->
            new BlockedCommand(
                parameters.id("page_token", IdKind.USER), parameters.limit(MAX_PAGE)),
        (invocation, command) -> {
          String after = command.after() == null ? "" : command.after();
          List<String> page = contacts.blocked(invocation.userId(), after, command.limit());
          boolean full = page.size() == command.limit();
          return new Slice<>(page, full ? page.get(page.size() - 1) : null);
        },
        (json, page, invocation) -> {
          json.writeStartObject();
          GroupJson.writeUsers(json, "user_ids", page.items());
          ResultJson.writeNextPage(json, page.next());
          json.writeEndObject();
        });
  }
}
