package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is online: type 27 and the methods {@code presence.*}. */
class PresenceConformanceTest extends ConformanceTest {

  @Test
  void a_user_without_sessions_is_offline_and_was_never_seen() throws IOException {
    Client alice = login(server(), "alice");
    assertThat(alice.result("presence.get", "{'user_ids':['bob']}").toString())
        .isEqualTo("{\"presences\":[{\"user_id\":\"bob\",\"online\":false,\"platforms\":[]}]}");
  }

  @Test
  void who_subscribed_is_told_when_a_user_comes_changes_platforms_and_goes() throws IOException {
    Deployment server = server();
    Client alice = login(server, "alice");
    assertThat(
            alice
                .result("presence.subscribe", "{'user_ids':['bob','carol']}")
                .get("presences")
                .findValuesAsText("user_id"))
        .containsExactly("bob", "carol");
    Client phone = login(server, "bob", "&platform=ios");
    assertPresence(alice.next(), true, "[\"ios\"]");
    Client web = login(server, "bob", "&platform=web");
    assertPresence(alice.next(), true, "[\"ios\",\"web\"]");
    phone.close();
    assertPresence(alice.next(), true, "[\"web\"]");
    web.close();
    JsonNode gone = alice.next();
    assertPresence(gone, false, "[]");
    assertThat(gone.at("/content/last_seen").asLong()).isEqualTo(server.clock.millis());
    assertThat(
            alice
                .result("presence.get", "{'user_ids':['bob']}")
                .at("/presences/0/last_seen")
                .asLong())
        .isEqualTo(server.clock.millis());
  }

  @Test
  void who_unsubscribed_is_not_told_any_more() throws IOException {
    Deployment server = server();
    Client alice = login(server, "alice");
    alice.result("presence.subscribe", "{'user_ids':['bob','carol']}");
    assertThat(alice.result("presence.unsubscribe", "{'user_ids':['bob']}").toString())
        .isEqualTo("{}");
    Client watcher = login(server, "dave");
    watcher.result("presence.subscribe", "{'user_ids':['bob']}");
    login(server, "bob");
    // Whoever is told of bob has been told now.
    JsonNode told = watcher.next();
    assertThat(told.at("/content/user_id").asText()).isEqualTo("bob");
    alice.expectQuiet();
    login(server, "carol");
    assertThat(alice.next().at("/content/user_id").asText()).isEqualTo("carol");
  }

  @Test
  void a_subscription_belongs_to_its_session() throws IOException {
    Deployment server = server();
    Client alice = login(server, "alice");
    Client other = login(server, "alice");
    alice.result("presence.subscribe", "{'user_ids':['bob']}");
    login(server, "bob");
    assertThat(alice.next().get("type").asInt()).isEqualTo(27);
    other.expectQuiet();
  }

  @Test
  void between_1_and_500_users_can_be_asked_for_and_no_more_followed() throws IOException {
    Client alice = login(server(), "alice");
    assertThat(
            alice
                .result("presence.subscribe", "{'user_ids':" + users(0, 500) + "}")
                .get("presences"))
        .hasSize(500);
    assertThat(reason(alice.call("presence.subscribe", "{'user_ids':['one-more']}")))
        .isEqualTo("invalid_argument");
    alice.result("presence.subscribe", "{'user_ids':['u7']}");
    for (String userIds : new String[] {"[]", users(0, 501), "['a b']", "'bob'", "[7]", "null"}) {
      for (String method : new String[] {"get", "subscribe", "unsubscribe"}) {
        assertThat(reason(alice.callWrong("presence." + method, "{'user_ids':" + userIds + "}")))
            .isEqualTo("invalid_argument");
      }
    }
  }

  private static String users(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "'u" + i + "'")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String reason(JsonNode content) {
    return content.at("/error/reason").asText();
  }

  private static void assertPresence(JsonNode frame, boolean online, String platforms) {
    assertThat(frame.get("type").asInt()).isEqualTo(27);
    assertThat(frame.at("/content/user_id").asText()).isEqualTo("bob");
    assertThat(frame.at("/content/online").asBoolean()).isEqualTo(online);
    assertThat(frame.at("/content/platforms").toString()).isEqualTo(platforms);
  }
}
