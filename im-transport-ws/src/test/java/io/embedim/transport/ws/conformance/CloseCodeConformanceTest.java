package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.embedim.core.LoginPolicy;
import io.embedim.core.session.CloseReason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a session ends: protocol §3, "Close codes"; the others' tests show 1009, 4401 and 4408. */
class CloseCodeConformanceTest extends ConformanceTest {

  @Test
  void a_banned_user_is_told_so_and_closed_with_4403() throws IOException {
    Deployment server = server();
    Client alice = login(server, "alice");
    Client other = login(server, "alice");
    Client bob = login(server, "bob");
    server.engine.sessions().close("alice", CloseReason.BANNED);
    for (Client session : List.of(alice, other)) {
      assertThat(session.closeCode()).isEqualTo(4403);
      assertThat(session.left()).hasSize(1);
      assertThat(session.left().get(0).get("type").asInt()).isEqualTo(92);
      assertThat(session.left().get(0).at("/content/reason").asText()).isEqualTo("banned");
    }
    bob.expectQuiet();
  }

  @Test
  void a_session_of_the_same_platform_replaces_the_other_one_with_4409() throws IOException {
    Deployment server = server(settings -> settings.loginPolicy(LoginPolicy.ONE_PER_PLATFORM));
    Client phone = login(server, "alice", "&platform=ios");
    Client laptop = login(server, "alice", "&platform=desktop");
    Client newPhone = login(server, "alice", "&platform=ios");
    assertThat(phone.closeCode()).isEqualTo(4409);
    assertThat(phone.left()).hasSize(1);
    assertThat(phone.left().get(0).get("type").asInt()).isEqualTo(92);
    assertThat(phone.left().get(0).at("/content/reason").asText()).isEqualTo("replaced");
    laptop.expectQuiet();
    newPhone.expectQuiet();
  }

  @Test
  void more_sessions_than_a_user_may_have_are_closed_with_4429() throws IOException {
    Deployment server = server();
    for (int i = 0; i < 20; i++) {
      login(server, "alice");
    }
    Client byQuery = connect(server, "/ws?token=alice");
    assertThat(byQuery.closeCode()).isEqualTo(4429);
    assertThat(byQuery.left()).isEmpty();
    Client byFrame = connect(server, "/ws");
    byFrame.send("{'type':90,'message_id':'a','content':{'token':'alice'}}");
    assertThat(byFrame.closeCode()).isEqualTo(4429);
    assertThat(byFrame.left()).isEmpty();
    login(server, "bob").expectQuiet();
  }

  @Test
  void a_client_that_makes_more_than_100_errors_in_a_minute_is_closed_with_4429()
      throws IOException {
    Client alice = login(server(), "alice");
    for (int i = 0; i <= 100; i++) {
      alice.sendWrong("{");
    }
    assertThat(alice.closeCode()).isEqualTo(4429);
    assertThat(alice.left()).hasSizeBetween(100, 101);
  }

  @Test
  void errors_that_a_correct_client_can_make_do_not_count() throws IOException {
    Client alice = login(server(), "alice");
    for (int i = 0; i < 150; i++) {
      assertThat(
              alice
                  .call("conversation.get", "{'conversation_id':'alice:bob'}")
                  .at("/error/reason")
                  .asText())
          .isEqualTo("conversation_not_found");
    }
  }

  @Test
  void frames_beyond_the_rate_are_refused_with_a_time_and_then_closed_with_4429()
      throws IOException {
    Client alice = login(server(settings -> settings.framesPerSecond(10).framesBurst(5)), "alice");
    for (int i = 0; i < 4; i++) {
      alice.expectQuiet();
    }
    JsonNode error = alice.ask("{'type':99,'message_id':'h'}");
    assertThat(error.get("message_id").asText()).isEqualTo("h");
    assertThat(error.at("/content/reason").asText()).isEqualTo("rate_limited");
    assertThat(error.at("/content/retry_after_ms").asLong()).isEqualTo(100);
    for (int i = 0; i < 100; i++) {
      alice.send("{'type':99}");
    }
    assertThat(alice.closeCode()).isEqualTo(4429);
  }

  @Test
  void messages_beyond_the_rate_are_refused_with_a_time_and_can_be_repeated_then()
      throws IOException {
    Deployment server = server();
    Client alice = login(server, "alice");
    for (int i = 0; i < 20; i++) {
      alice.say("bob", "m" + i, "hi");
    }
    JsonNode error = alice.ask(Client.chat("bob", "m20", "hi"));
    assertThat(error.get("message_id").asText()).isEqualTo("m20");
    assertThat(error.at("/content/reason").asText()).isEqualTo("rate_limited");
    server.pass(Duration.ofMillis(error.at("/content/retry_after_ms").asLong()));
    assertThat(alice.say("bob", "m20", "hi").get("seq").asLong()).isEqualTo(21);
  }

  @Test
  void a_client_that_is_not_heard_for_90_s_is_closed_with_1001() throws IOException {
    Deployment server = patientServer();
    Client silent = login(server, "alice");
    Client heard = login(server, "bob");
    server.pass(Duration.ofSeconds(60));
    heard.expectQuiet();
    server.pass(Duration.ofMillis(29_800));
    silent.ping();
    server.pass(Duration.ofMillis(300));
    assertThat(silent.closeCode()).isEqualTo(1001);
    heard.expectQuiet();
  }

  @Test
  void a_draining_server_closes_with_1012_and_takes_no_new_sessions() throws IOException {
    Deployment server = server();
    Client alice = login(server, "alice");
    alice.say("bob", "m1", "hi");
    server.engine.drain();
    assertThat(alice.closeCode()).isEqualTo(1012);
    Client late = connect(server, "/ws?token=alice");
    assertThat(late.closeCode()).isEqualTo(1012);
    assertThat(late.left()).hasSize(1);
    assertThat(late.left().get(0).at("/content/reason").asText()).isEqualTo("unavailable");
  }

  @Test
  void a_client_that_does_not_answer_the_close_is_cut_off_even_if_it_goes_on_sending()
      throws IOException {
    assumeFalse(container == Container.TOMCAT, "Tomcat cuts it by its own clock, after 30 s");
    Deployment server = patientServer();
    Client refused = connect(server, "/ws");
    refused.ask("{'type':99}");
    assertThat(refused.closeCode()).isEqualTo(4401);
    awaitCut(server, refused);
    Client silent = login(server, "alice");
    server.pass(Duration.ofMillis(90_100));
    assertThat(silent.closeCode()).isEqualTo(1001);
    awaitCut(server, silent);
  }

  @Test
  void a_client_that_vanishes_leaves_no_session() throws IOException {
    Deployment server = server();
    Client bob = login(server, "bob");
    Client alice = login(server, "alice");
    bob.result("presence.subscribe", "{'user_ids':['alice']}");
    alice.raw().abort();
    JsonNode gone = bob.next();
    while (gone.at("/content/online").asBoolean()) {
      gone = bob.next();
    }
    assertThat(gone.get("type").asInt()).isEqualTo(27);
    assertThat(server.engine.sessions().count()).isEqualTo(1);
  }
}
