package io.embedim.examples.embedded;

import io.embedim.core.Caller;
import io.embedim.core.CreateGroup;
import io.embedim.core.ImEngine;
import io.embedim.core.ImSettings;
import io.embedim.core.SendCommand;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.hook.ImListener;
import io.embedim.spi.hook.MessageInterceptor.Outcome;
import io.embedim.spi.hook.SendAuthorizer.Decision;
import io.embedim.spi.hook.UserDirectory;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.ImStores;
import io.embedim.store.jdbc.JdbcOutbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The examples of the guide, compiled and run. What stands between the marks is what stands there.
 */
final class GuideExamples {

  private GuideExamples() {}

  static ImEngine users(ImStores stores, Authenticator tokens, UserDirectory accounts) {
    // begin users
    ImEngine engine =
        ImEngine.builder()
            .stores(stores)
            .authenticator(tokens) // who holds this token?
            .userDirectory(accounts) // which of these ids are users of ours?
            .build();
    // end users
    return engine;
  }

  static void speak(ImEngine engine) {
    // begin speak
    Group.Info info = Group.Info.closed("Order 4711");
    CreateGroup room = new CreateGroup("order-4711", info, List.of("bob", "carol"));
    engine.groups().create(Caller.user("alice"), room).toCompletableFuture().join();

    SendCommand shipped =
        SendCommand.of(
            ConversationId.group("order-4711"), Content.text("Your order is on its way."));
    engine.messages().sendSystem(shipped).toCompletableFuture().join();
    // end speak
  }

  static void inTheTransaction(ImEngine engine, DataSource dataSource) throws SQLException {
    // begin outbox
    JdbcOutbox outbox = JdbcOutbox.create();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement paid =
            connection.prepareStatement("UPDATE orders SET paid = TRUE WHERE id = 4711")) {
      connection.setAutoCommit(false);
      paid.executeUpdate();
      outbox.enqueue(
          connection,
          EntryDraft.message(
              ConversationId.group("order-4711"),
              "order-4711-paid",
              "system",
              Content.text("Paid. Thank you!")));
      connection.commit();
    }
    engine.relayOutbox();
    // end outbox
  }

  static ImEngine rules(
      ImEngine.Builder builder,
      BiPredicate<String, String> friends,
      BiPredicate<String, String> maySee) {
    // begin rules
    builder
        .authorizer(
            draft -> {
              ConversationId id = draft.conversationId();
              return id.isGroup() || friends.test(draft.senderId(), id.peerOf(draft.senderId()))
                  ? Decision.ABSTAIN
                  : new Decision.Deny("Only friends can write to each other.");
            })
        .interceptor(
            (draft, chain) ->
                draft.content().plainText().contains("casino")
                    ? new Outcome.Refused("No advertising, please.")
                    : chain.proceed(draft))
        .contentValidator(
            ContentType.CUSTOM,
            content ->
                content.body().contains("\"dice\"")
                    ? Optional.empty()
                    : Optional.of("content: expected a throw of dice"))
        .presencePolicy(
            (viewer, users) ->
                users.stream()
                    .filter(user -> maySee.test(viewer, user))
                    .collect(Collectors.toSet()));
    // end rules
    return builder.build();
  }

  static void settings(ImEngine.Builder builder) {
    // begin settings
    builder.settings(
        ImSettings.builder()
            .messagesPerSecond(5)
            .groupMembers(10_000)
            .messages(rules -> rules.revokeWindow(Duration.ofMinutes(10)).keepsEdits(true))
            .build());
    // end settings
  }

  static void listen(ImEngine.Builder builder, Consumer<LogEntry> statistics) {
    // begin listen
    builder.listener(
        new ImListener() {
          @Override
          public void onCommitted(LogEntry entry) {
            statistics.accept(entry);
          }
        });
    // end listen
  }
}
