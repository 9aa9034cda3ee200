package io.embedim.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.Caller;
import io.embedim.core.ImEngine;
import io.embedim.core.ImSettings;
import io.embedim.core.SendCommand;
import io.embedim.core.SendResult;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.MessageOptions;
import io.embedim.store.jdbc.CrashCheck.Stored;
import io.embedim.store.jdbc.CrashReport.Entry;
import io.embedim.testkit.contract.Race;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two engines on one database without a bus, as two nodes behind a load balancer: who sends on one
 * and hears nothing sends again with the same id on the other.
 */
@Timeout(120)
abstract class TwoEnginesRules {

  private static final int USERS = 4;
  private static final int SENDERS_PER_NODE = 6;
  private static final int MESSAGES = 60;

  /** A database in which there is nothing. */
  abstract CrashDatabase empty() throws Exception;

  /** What a sender heard of a message, from each node that she asked. */
  private record Sent(String messageId, List<SendResult> answers) {}

  @Test
  void every_message_is_acknowledged_and_once_in_the_log_whichever_node_was_asked()
      throws Exception {
    CrashDatabase database = empty();
    List<Sent> all;
    // A refusal of any kind, `unavailable` among them, ends the sender and with it the test.
    try (ImEngine one = engine(database.open(SchemaMode.MIGRATE));
        ImEngine other = engine(database.open(SchemaMode.VALIDATE))) {
      List<Callable<List<Sent>>> senders = new ArrayList<>();
      for (int s = 0; s < 2 * SENDERS_PER_NODE; s++) {
        int sender = s;
        List<ImEngine> nodes = s % 2 == 0 ? List.of(one, other) : List.of(other, one);
        senders.add(() -> send(sender, nodes));
      }
      all = Race.run(senders).stream().flatMap(List::stream).toList();
    }

    Map<ConversationId, Stored> stored = database.stored(conversations());
    CrashReport report = CrashReport.empty();
    int retries = 0;
    for (Sent sent : all) {
      List<SendResult> answers = sent.answers();
      assertThat(answers).as(sent.messageId()).filteredOn(answer -> !answer.duplicate()).hasSize(1);
      answers.forEach(answer -> report.entries().add(entry(answer)));
      retries += answers.size() - 1;
    }
    assertThat(CrashCheck.violations(report, stored)).isEmpty();
    assertThat(stored.values().stream().mapToInt(log -> log.log().size()).sum())
        .isEqualTo(all.size());
    assertThat(retries).isBetween(all.size() / 4, all.size());
  }

  private static List<Sent> send(int sender, List<ImEngine> nodes) throws Exception {
    Random random = new Random(sender);
    String userId = userId(sender % USERS);
    List<Sent> all = new ArrayList<>();
    for (int n = 0; n < MESSAGES; n++) {
      int peer = (sender + 1 + random.nextInt(USERS - 1)) % USERS;
      String messageId = "s" + sender + '.' + n;
      SendCommand command =
          new SendCommand(
              ConversationId.direct(userId, userId(peer)),
              messageId,
              new Content(ContentType.TEXT, "{\"text\":\"hi\"}", "hi"),
              MessageOptions.NONE,
              true);
      CompletionStage<SendResult> first =
          nodes.get(0).messages().send(Caller.user(userId), command);
      List<SendResult> answers = new ArrayList<>();
      if (random.nextBoolean()) {
        // Half of the retries run beside the first attempt, the others come when it is over.
        if (random.nextBoolean()) {
          answers.add(first.toCompletableFuture().get());
        }
        answers.add(
            nodes.get(1).messages().send(Caller.user(userId), command).toCompletableFuture().get());
      }
      if (answers.size() < 2) {
        answers.add(first.toCompletableFuture().get());
      }
      all.add(new Sent(messageId, answers));
    }
    return all;
  }

  private static ImEngine engine(JdbcStores stores) {
    return ImEngine.builder()
        .stores(stores)
        .settings(
            ImSettings.builder().messagesPerSecond(1_000_000).messagesBurst(1_000_000).build())
        .authenticator(token -> new Authenticator.Result.Rejected("nobody logs in here"))
        .build();
  }

  private static Entry entry(SendResult answer) {
    return new Entry(answer.conversationId(), answer.seq(), answer.timestamp(), answer.messageId());
  }

  private static Set<ConversationId> conversations() {
    Set<ConversationId> ids = new HashSet<>();
    for (int one = 0; one < USERS; one++) {
      for (int other = 0; other < one; other++) {
        ids.add(ConversationId.direct(userId(one), userId(other)));
      }
    }
    return ids;
  }

  private static String userId(int number) {
    return "user" + number;
  }
}
