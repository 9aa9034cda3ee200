package io.embedim.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.embedim.core.auth.JwtIssuer;
import io.embedim.examples.server.TestClient.Socket;
import io.embedim.examples.server.config.Configuration;
import io.embedim.examples.server.config.ConfigurationException;
import io.embedim.examples.server.config.Layer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server in this process, seen from outside. */
class StandaloneServerTest {

  private static final int SINGLE_CHAT = 1;
  private static final int ACK = 20;
  private static final int RESPONSE = 41;
  private static final int WELCOME = 91;
  private static final int ERROR = 93;

  @TempDir Path data;

  private Configuration configuration(String... keysAndValues) {
    Layer layer = new Layer();
    layer.add("server.port", "0", "test");
    layer.add("data_dir", data.toString(), "test");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      layer.add(keysAndValues[i], keysAndValues[i + 1], "test");
    }
    return Configuration.of(List.of(layer));
  }

  private StandaloneServer start(String... keysAndValues) throws StartException {
    return StandaloneServer.start(configuration(keysAndValues));
  }

  private static String demo(String user) {
    return "{\"user_id\":\"" + user + "\"}";
  }

  private static String account(String user) {
    return "{\"username\":\"" + user + "\",\"password\":\"correct horse\"}";
  }

  @Test
  void two_people_chat_and_everything_is_still_there_after_a_restart() throws Exception {
    try (StandaloneServer server = start()) {
      TestClient client = new TestClient(server.address());
      Socket alice = client.login(demo("alice"));
      Socket bob = client.login(demo("bob"));
      assertThat(alice.awaitType(WELCOME).get("content").get("user_id").textValue())
          .isEqualTo("alice");
      bob.awaitType(WELCOME);
      alice.say("m-1", "bob", "hello");
      assertThat(alice.awaitType(ACK).get("seq").longValue()).isEqualTo(1);
      JsonNode received = bob.awaitType(SINGLE_CHAT);
      assertThat(received.get("content").get("text").textValue()).isEqualTo("hello");
      assertThat(received.get("from").textValue()).isEqualTo("alice");
    }
    try (StandaloneServer server = start()) {
      Socket bob = new TestClient(server.address()).login(demo("bob"));
      bob.send(
          "{\"type\":40,\"message_id\":\"q\",\"content\":{\"method\":\"message.history\","
              + "\"params\":{\"conversation_id\":\"alice:bob\"}}}");
      JsonNode messages = bob.awaitType(RESPONSE).get("content").get("result").get("messages");
      assertThat(messages).hasSize(1);
      assertThat(messages.get(0).get("message_id").textValue()).isEqualTo("m-1");
      bob.close();
    }
  }

  @Test
  void a_token_outlives_a_restart() throws Exception {
    String token;
    try (StandaloneServer server = start()) {
      TestClient client = new TestClient(server.address());
      token =
          client
              .read(client.post("/api/login", demo("alice")).body())
              .get("data")
              .get("token")
              .textValue();
    }
    try (StandaloneServer server = start()) {
      Socket alice =
          new TestClient(server.address()).open("ws://127.0.0.1:" + server.port() + "/ws", token);
      alice.awaitType(WELCOME);
      alice.close();
    }
  }

  @Test
  void without_the_demo_login_users_register_and_only_they_exist() throws Exception {
    for (String storage : List.of("memory", "jdbc:h2:file:{data}/embedim")) {
      try (StandaloneServer server = start("demo_login", "false", "storage.url", storage)) {
        TestClient client = new TestClient(server.address());
        assertThat(client.post("/api/login", demo("alice")).statusCode()).isEqualTo(400);
        assertThat(client.post("/api/login", account("alice")).statusCode()).isEqualTo(401);
        assertThat(client.post("/api/register", account("alice")).statusCode()).isEqualTo(200);
        assertThat(client.post("/api/register", account("bob")).statusCode()).isEqualTo(200);
        var taken = client.post("/api/register", account("alice"));
        assertThat(taken.statusCode()).isEqualTo(409);
        assertThat(client.read(taken.body()).get("error").textValue())
            .isEqualTo("user_already_exists");
        Socket alice = client.login(account("alice"));
        alice.say("m-1", "bob", "hello");
        assertThat(alice.awaitType(ACK).get("message_id").textValue()).isEqualTo("m-1");
        alice.say("m-2", "carol", "hello");
        assertThat(alice.awaitType(ERROR).get("content").get("reason").textValue())
            .isEqualTo("user_not_found");
        assertThat(client.read(client.get("/api/health").body()).get("data").get("login"))
            .hasToString("\"password\"");
      }
    }
  }

  @Test
  void accounts_outlive_a_restart() throws Exception {
    try (StandaloneServer server = start("demo_login", "false")) {
      new TestClient(server.address()).post("/api/register", account("alice"));
    }
    try (StandaloneServer server = start("demo_login", "false")) {
      TestClient client = new TestClient(server.address());
      client.login(account("alice")).awaitType(WELCOME);
      assertThat(client.post("/api/register", account("alice")).statusCode()).isEqualTo(409);
    }
  }

  @Test
  void too_many_attempts_to_log_in_are_told_when_to_come_back() throws Exception {
    try (StandaloneServer server =
        start(
            "demo_login", "false",
            "storage.url", "memory",
            "limits.logins_per_minute", "1")) {
      TestClient client = new TestClient(server.address());
      assertThat(client.post("/api/login", account("alice")).statusCode()).isEqualTo(401);
      var refused = client.post("/api/login", account("alice"));
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(client.read(refused.body()).get("error").textValue()).isEqualTo("rate_limited");
      assertThat(client.read(refused.body()).get("retry_after_ms").longValue())
          .isBetween(1L, 60_000L);
      assertThat(refused.headers().firstValueAsLong("retry-after").orElseThrow())
          .isBetween(1L, 60L);
    }
  }

  @Test
  void with_tokens_of_another_issuer_its_key_set_decides_and_there_is_no_login() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    HttpServer issuer =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext(
        "/keys",
        exchange -> {
          byte[] keys = keySet((RSAPublicKey) pair.getPublic());
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    issuer.start();
    try (StandaloneServer server =
        start(
            "demo_login", "false",
            "storage.url", "memory",
            "jwt.algorithm", "RS256",
            "jwt.jwks_url", "http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys")) {
      TestClient client = new TestClient(server.address());
      assertThat(client.post("/api/login", account("alice")).statusCode()).isEqualTo(404);
      assertThat(client.post("/api/register", account("alice")).statusCode()).isEqualTo(404);
      Socket alice = client.open("ws://127.0.0.1:" + server.port() + "/ws", rs256Token(pair));
      assertThat(alice.awaitType(WELCOME).get("content").get("user_id").textValue())
          .isEqualTo("alice");
      String forged = JwtIssuer.hs256("a secret of at least 32 bytes here").build().issue("alice");
      assertThatThrownBy(() -> client.open("ws://127.0.0.1:" + server.port() + "/ws", forged))
          .hasMessageContaining("WebSocketHandshakeException");
    } finally {
      issuer.stop(0);
    }
  }

  private static byte[] keySet(RSAPublicKey key) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String text =
        "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\""
            + base64.encodeToString(key.getModulus().toByteArray())
            + "\",\"e\":\""
            + base64.encodeToString(key.getPublicExponent().toByteArray())
            + "\"}]}";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String rs256Token(KeyPair pair) throws Exception {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String input =
        base64.encodeToString("{\"alg\":\"RS256\",\"kid\":\"k\"}".getBytes(StandardCharsets.UTF_8))
            + "."
            + base64.encodeToString(
                "{\"sub\":\"alice\",\"exp\":9999999999}".getBytes(StandardCharsets.UTF_8));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(pair.getPrivate());
    signature.update(input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + base64.encodeToString(signature.sign());
  }

  @Test
  void limits_are_those_that_were_configured() throws Exception {
    try (StandaloneServer server =
        start(
            "storage.url", "memory",
            "limits.messages_per_second", "1",
            "limits.messages_burst", "1")) {
      Socket alice = new TestClient(server.address()).login(demo("alice"));
      // More than two, for a machine that takes a second from one to the next.
      for (int i = 1; i <= 20; i++) {
        alice.say("m-" + i, "bob", "hello");
      }
      assertThat(alice.awaitType(ERROR).get("content").get("reason").textValue())
          .isEqualTo("rate_limited");
    }
  }

  @Test
  void stopping_tells_clients_to_reconnect_and_frees_the_port_and_the_database() throws Exception {
    StandaloneServer server = start();
    int port = server.port();
    TestClient client = new TestClient(server.address());
    Socket alice = client.login(demo("alice"));
    alice.awaitType(WELCOME);
    server.close();
    assertThat(alice.awaitClose()).isEqualTo(1012);
    assertThatThrownBy(() -> client.get("/api/health")).isInstanceOf(ConnectException.class);
    server.close();
    server.awaitStop();
    try (StandaloneServer again = start("server.port", Integer.toString(port))) {
      assertThat(new TestClient(again.address()).get("/api/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_port_that_is_taken_is_named_and_nothing_is_left_running() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThatThrownBy(() -> start("server.port", port))
          .isInstanceOf(StartException.class)
          .hasMessage(
              "server.port is '"
                  + port
                  + "' (from test): expected a port that is free on 127.0.0.1; choose one with"
                  + " --port");
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("im-storage") || thread.getName().startsWith("im-api")) {
        // A pool's threads end a moment after it was closed.
        thread.join(10_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
    start().close();
  }

  @Test
  void a_host_that_is_not_this_machine_is_a_wrong_configuration() {
    for (String host : List.of("no-such-host.invalid", "192.0.2.1")) {
      assertThatThrownBy(() -> start("server.host", host, "storage.url", "memory"))
          .as(host)
          .hasMessageContaining("server.host is '" + host + "' (from test)");
    }
  }

  @Test
  void a_data_directory_that_cannot_be_one_is_a_wrong_configuration() throws IOException {
    Path file = Files.writeString(data.resolve("file"), "x");
    assertThatThrownBy(() -> start("data_dir", file.resolve("below").toString()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("data_dir is '" + file.resolve("below") + "' (from test): expected");
  }

  @Test
  void a_data_directory_that_the_server_makes_is_its_owners_alone() throws Exception {
    Path made = data.resolve("a").resolve("b");
    start("data_dir", made.toString()).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwx------");
  }

  @Test
  void a_database_that_does_not_answer_or_has_no_driver_is_named() {
    for (String url : List.of("jdbc:h2:tcp://127.0.0.1:1/nothing", "jdbc:nosuchdb://127.0.0.1/x")) {
      assertThatThrownBy(() -> start("storage.url", url))
          .isInstanceOf(StartException.class)
          .hasMessageStartingWith("the database of storage.url cannot be used: ");
    }
  }

  @Test
  void tables_that_were_not_made_are_refused_when_nobody_may_make_them() {
    assertThatThrownBy(() -> start("storage.schema", "validate"))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("the database of storage.url cannot be used: ");
  }

  @Test
  void the_welcome_warns_of_the_demo_login_louder_when_others_can_reach_it() throws Exception {
    try (StandaloneServer server = start("storage.url", "memory")) {
      assertThat(Welcome.text(server))
          .contains("http://127.0.0.1:" + server.port() + "/")
          .contains("from this machine alone");
    }
    try (StandaloneServer server = start("storage.url", "memory", "server.host", "0.0.0.0")) {
      assertThat(Welcome.text(server))
          .contains("http://localhost:" + server.port() + "/")
          .contains("WARNING: the demo login is on and other machines can reach this server");
    }
    try (StandaloneServer server =
        start("storage.url", "memory", "server.host", "0.0.0.0", "demo_login", "false")) {
      assertThat(Welcome.text(server)).doesNotContain("WARNING").contains("register");
    }
  }
}
