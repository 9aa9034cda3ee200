package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.embedim.spi.hook.ImListener;
import io.embedim.spi.model.EntryDraft;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Messages to be sent later: protocol §6.4. */
class ScheduleConformanceTest extends RevisionScene {

  private String later(String messageId, String to, Duration delay) {
    return "{'type':1,'message_id':'%s','to':'%s','content':{'text':'later'},'send_at':%d}"
        .formatted(messageId, to, server.clock.millis() + delay.toMillis());
  }

  private static List<String> pending(Client client) throws IOException {
    return client.result("message.scheduled", "{}").findValuesAsText("message_id");
  }

  @Test
  void a_message_is_sent_once_when_its_time_has_come_unless_it_was_taken_back() throws IOException {
    String command = later("m1", "bob", Duration.ofSeconds(5));
    JsonNode kept = alice.result("message.schedule", command);
    assertThat(alice.result("message.schedule", command)).isEqualTo(kept);
    alice.result("message.schedule", later("m2", "bob", Duration.ofSeconds(3)));
    JsonNode waiting = alice.result("message.scheduled", "{}").get("scheduled");
    assertThat(waiting.findValuesAsText("message_id")).containsExactly("m2", "m1");
    assertThat(waiting.at("/1/schedule_id")).isEqualTo(kept.get("schedule_id"));
    assertThat(waiting.at("/1/message/content/text").asText()).isEqualTo("later");
    assertThat(pending(bob)).isEmpty();
    String second = "{'schedule_id':'" + waiting.at("/0/schedule_id").asText() + "'}";
    assertThat(bob.refusal("message.unschedule", second)).isEqualTo("message_not_found");
    alice.result("message.unschedule", second);
    assertThat(alice.refusal("message.unschedule", second)).isEqualTo("message_not_found");
    assertThat(pending(alice)).containsExactly("m1");
    expectQuiet(alice, bob);
    server.pass(Duration.ofSeconds(7));
    JsonNode sent = heard(alice, bob);
    assertThat(sent.get("message_id").asText()).isEqualTo("m1");
    assertThat(sent.get("from").asText()).isEqualTo("alice");
    assertThat(sent.get("timestamp").asLong()).isGreaterThanOrEqualTo(kept.get("send_at").asLong());
    assertThat(pending(alice)).isEmpty();
    expectQuiet(alice, bob);
  }

  @Test
  void what_is_refused_at_its_time_stays_in_the_list_with_the_reason()
      throws IOException, InterruptedException {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    ImListener listener =
        new ImListener() {
          @Override
          public void onScheduledRefused(EntryDraft draft, String reason) {
            told.add(reason);
          }
        };
    server = server(settings -> settings, parts -> parts.listener(listener));
    alice = login(server, "alice");
    bob = login(server, "bob");
    alice.result("message.schedule", later("m1", "bob", Duration.ofSeconds(5)));
    bob.result("contact.block", "{'user_id':'alice'}");
    server.pass(Duration.ofSeconds(7));
    assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("blocked");
    JsonNode refused = alice.result("message.scheduled", "{}").at("/scheduled/0");
    assertThat(refused.get("refused").asText()).isEqualTo("blocked");
    assertThat(refused.at("/message/message_id").asText()).isEqualTo("m1");
    alice.result(
        "message.unschedule", "{'schedule_id':'" + refused.get("schedule_id").asText() + "'}");
    assertThat(pending(alice)).isEmpty();
    expectQuiet(alice, bob);
  }

  @Test
  void what_cannot_be_sent_later_is_refused_at_once() throws IOException {
    for (Duration wrong :
        List.of(
            Duration.ofMillis(-1), Duration.ZERO, Duration.ofDays(-365), Duration.ofDays(366))) {
      assertThat(alice.refusalOfWrong("message.schedule", later("m1", "bob", wrong)))
          .as(wrong.toString())
          .isEqualTo("invalid_argument");
    }
    String good = later("m1", "bob", Duration.ofSeconds(5));
    String at = good.substring(good.lastIndexOf(':') + 1, good.length() - 1);
    for (String wrong :
        List.of(
            good.replace(",'send_at':" + at, ""),
            good.replace(at, "'" + at + "'"),
            good.replace(at, at + ".5"),
            good.replace(at, "-1"),
            good.replace(at, "9223372036854775808"),
            good.replace(at, "9223372036854775807"),
            good.replace("'type':1", "'type':1,'qos':0"),
            good.replace("'type':1", "'type':22"),
            good.replace("'later'", "' '"),
            good.replace("'m1'", "'a b'"),
            good.replace("'bob'", "'system'"))) {
      assertThat(alice.refusalOfWrong("message.schedule", wrong)).as(wrong).isNotEmpty();
    }
    assertThat(
            alice.refusal(
                "message.schedule",
                good.replace("'type':1", "'type':2").replace("'bob'", "'nowhere'")))
        .isEqualTo("group_not_found");
    alice.result("message.schedule", good);
    assertThat(alice.refusal("message.schedule", good.replace("later", "other")))
        .isEqualTo("message_id_taken");
    for (String wrong : List.of("{}", "{'schedule_id':''}", "{'schedule_id':7}")) {
      assertThat(alice.refusalOfWrong("message.unschedule", wrong)).isEqualTo("invalid_argument");
    }
    assertThat(alice.refusal("message.unschedule", "{'schedule_id':'nothing'}"))
        .isEqualTo("message_not_found");
    for (int i = 2; i <= 100; i++) {
      alice.result("message.schedule", later("m" + i, "bob", Duration.ofSeconds(5)));
    }
    assertThat(alice.refusal("message.schedule", later("m101", "bob", Duration.ofSeconds(5))))
        .isEqualTo("invalid_argument");
    assertThat(pending(alice)).hasSize(100);
    expectQuiet(alice, bob);
  }
}
