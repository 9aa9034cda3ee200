package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who the client is, told by frame: protocol §2. */
class AuthConformanceTest extends ConformanceTest {

  private static String auth(String token) {
    return "{'type':90,'message_id':'a','content':{'token':'" + token + "'}}";
  }

  @Test
  void a_first_frame_with_a_good_token_opens_a_session() throws IOException {
    Deployment server = server();
    Client client = connect(server, "/ws?device_id=d1&platform=web");
    JsonNode welcome = client.ask(auth("alice"));
    assertThat(welcome.get("type").asInt()).isEqualTo(91);
    assertThat(welcome.at("/content/user_id").asText()).isEqualTo("alice");
    assertThat(welcome.at("/content/device_id").asText()).isEqualTo("d1");
    assertThat(welcome.at("/content/node_id").asText()).isEqualTo("node-1");
    assertThat(welcome.at("/content/heartbeat_seconds").asInt()).isEqualTo(30);
    assertThat(welcome.at("/content/server_time").asLong()).isEqualTo(server.clock.millis());
  }

  @Test
  void auth_can_replace_what_the_query_said() throws IOException {
    Deployment server = server();
    Client client = connect(server, "/ws?device_id=d1&platform=web");
    JsonNode welcome =
        client.ask(
            "{'type':90,'content':{'token':'alice','device_id':'d2','platform':'ios','batch':false}}");
    assertThat(welcome.at("/content/device_id").asText()).isEqualTo("d2");
    JsonNode presence = login(server, "bob").result("presence.get", "{'user_ids':['alice']}");
    assertThat(presence.at("/presences/0/platforms/0").asText()).isEqualTo("ios");
  }

  @Test
  void a_device_without_a_name_gets_one() throws IOException {
    Client client = connect(server(), "/ws");
    JsonNode welcome = client.ask(auth("alice"));
    assertThat(welcome.at("/content/device_id").asText()).isNotEmpty();
  }

  @Test
  void frames_right_behind_auth_wait_for_welcome_and_are_answered_in_order() throws IOException {
    Client client = connect(server(), "/ws");
    client.send(auth("alice"));
    for (int i = 0; i < 20; i++) {
      client.send("{'type':99,'message_id':'h" + i + "'}");
    }
    client.expectWelcome();
    for (int i = 0; i < 20; i++) {
      assertThat(client.next().get("message_id").asText()).isEqualTo("h" + i);
    }
  }

  @Test
  void a_client_may_send_its_whole_burst_as_soon_as_it_has_its_welcome() throws IOException {
    SlowDirectory directory = new SlowDirectory();
    Deployment server = server(settings -> settings, parts -> parts.sessionDirectory(directory));
    for (String target : new String[] {"/ws?token=alice", "/ws"}) {
      directory.hold();
      Client client = connect(server, target);
      if (target.equals("/ws")) {
        client.send(auth("alice"));
      }
      client.expectWelcome();
      for (int i = 0; i < 300; i++) {
        client.send("{'type':99,'message_id':'h" + i + "'}");
      }
      client.ping();
      directory.release();
      for (int i = 0; i < 300; i++) {
        assertThat(client.next().get("message_id").asText()).isEqualTo("h" + i);
      }
    }
  }

  @Test
  void a_bad_token_is_told_why_and_closed_with_4401() throws IOException {
    Deployment server = server();
    assertRefused(connect(server, "/ws"), auth(Tokens.BAD), "unauthenticated", 4401);
    assertRefused(connect(server, "/ws"), auth(Tokens.EXPIRED), "token_expired", 4401);
  }

  @Test
  void a_token_longer_than_8192_characters_is_a_bad_one() throws IOException {
    Client client = connect(server(), "/ws");
    client.sendWrong(auth("x".repeat(8_193)));
    assertThat(client.next().at("/content/reason").asText()).isEqualTo("unauthenticated");
    assertThat(client.closeCode()).isEqualTo(4401);
  }

  @Test
  void a_token_that_cannot_be_checked_is_not_called_bad() throws IOException {
    assertRefused(connect(server(), "/ws"), auth(Tokens.UNDECIDED), "unavailable", 1013);
  }

  @Test
  void a_token_of_nobody_that_could_be_a_user_is_a_bad_one() throws IOException {
    Deployment server = server();
    assertRefused(connect(server, "/ws"), auth("system"), "unauthenticated", 4401);
    assertRefused(connect(server, "/ws"), auth("a b"), "unauthenticated", 4401);
  }

  @Test
  void a_first_frame_that_is_not_auth_is_refused_and_closed_with_4401() throws IOException {
    Deployment server = server();
    Client client = connect(server, "/ws");
    JsonNode error = client.ask("{'type':99,'message_id':'h'}");
    assertThat(error.get("type").asInt()).isEqualTo(93);
    assertThat(error.get("message_id").asText()).isEqualTo("h");
    assertThat(error.at("/content/reason").asText()).isEqualTo("unauthenticated");
    assertThat(client.closeCode()).isEqualTo(4401);
    assertRefused(connect(server, "/ws"), Client.chat("bob", "a", "hi"), "unauthenticated", 4401);
  }

  @Test
  void a_first_frame_that_cannot_be_read_is_refused_and_closed_with_4401() throws IOException {
    Deployment server = server();
    Client client = connect(server, "/ws");
    assertThat(client.askWrong("{").at("/content/reason").asText()).isEqualTo("malformed_frame");
    assertThat(client.closeCode()).isEqualTo(4401);
  }

  @Test
  void nothing_is_done_for_a_client_that_is_not_known() throws IOException {
    Deployment server = server();
    Client bob = login(server, "bob");
    Client client = connect(server, "/ws");
    client.send(Client.chat("bob", "m1", "hi"));
    client.send(auth("alice"));
    assertThat(client.closeCode()).isEqualTo(4401);
    assertThat(server.engine.sessions().count()).isEqualTo(1);
    assertThat(bob.result("conversation.list", "{}").get("conversations")).isEmpty();
  }

  @Test
  void a_client_that_does_not_say_who_it_is_within_10_s_is_closed_with_4401() throws IOException {
    Deployment server = server();
    Client silent = connect(server, "/ws");
    Client known = login(server, "alice");
    silent.ping();
    server.pass(Duration.ofMillis(9_800));
    silent.ping();
    server.pass(Duration.ofMillis(300));
    assertThat(silent.closeCode()).isEqualTo(4401);
    known.expectQuiet();
  }

  @Test
  void a_token_that_ends_ends_its_session_with_4401() throws IOException {
    Deployment server = patientServer();
    long end = server.clock.millis() + 60_000;
    Client client = login(server, Tokens.until("alice", end));
    server.pass(Duration.ofMillis(59_800));
    client.expectQuiet();
    server.pass(Duration.ofMillis(300));
    assertThat(client.closeCode()).isEqualTo(4401);
    assertThat(client.left()).isEmpty();
  }

  @Test
  void a_fresh_token_of_the_same_user_prolongs_the_session() throws IOException {
    Deployment server = patientServer();
    long end = server.clock.millis() + 60_000;
    Client client = connect(server, "/ws?token=" + Tokens.until("alice", end));
    JsonNode welcome = client.expectWelcome();
    client.settle();
    JsonNode again = client.ask(auth(Tokens.until("alice", end + 60_000)));
    assertThat(again.get("type").asInt()).isEqualTo(91);
    assertThat(again.at("/content/session_id")).isEqualTo(welcome.at("/content/session_id"));
    server.pass(Duration.ofSeconds(61));
    client.expectQuiet();
    server.pass(Duration.ofSeconds(60));
    assertThat(client.closeCode()).isEqualTo(4401);
  }

  @Test
  void a_renewal_that_fails_leaves_the_session_as_it_was() throws IOException {
    Deployment server = patientServer();
    Client client = login(server, Tokens.until("alice", server.clock.millis() + 60_000));
    for (String token : new String[] {"bob", Tokens.BAD}) {
      JsonNode error = client.ask(auth(token));
      assertThat(error.get("type").asInt()).isEqualTo(93);
      assertThat(error.get("message_id").asText()).isEqualTo("a");
      assertThat(error.at("/content/reason").asText()).isEqualTo("unauthenticated");
    }
    assertThat(client.ask(auth(Tokens.EXPIRED)).at("/content/reason").asText())
        .isEqualTo("token_expired");
    client.expectQuiet();
    server.pass(Duration.ofSeconds(61));
    assertThat(client.closeCode()).isEqualTo(4401);
  }

  private static void assertRefused(Client client, String auth, String reason, int closeCode)
      throws IOException {
    JsonNode error = client.ask(auth);
    assertThat(error.get("type").asInt()).isEqualTo(93);
    assertThat(error.get("message_id").asText()).isEqualTo("a");
    assertThat(error.at("/content/reason").asText()).isEqualTo(reason);
    assertThat(client.closeCode()).isEqualTo(closeCode);
  }
}
