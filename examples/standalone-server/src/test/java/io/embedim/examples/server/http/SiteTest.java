package io.embedim.examples.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.embedim.core.ImEngine;
import io.embedim.core.auth.JwtAuthenticator;
import io.embedim.core.auth.JwtIssuer;
import io.embedim.examples.server.token.Tokens;
import io.embedim.spi.hook.Authenticator.Result;
import io.embedim.transport.ws.TyrusImServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API and the page over real HTTP on a real port. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiteTest {

  private static final String OTHER_PAGE = "https://app.example";
  private static final String SECRET = "a secret of at least 32 bytes here";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Offers HTTP/2 with each request, as Java's client does unless told otherwise. */
  private final HttpClient offering = HttpClient.newHttpClient();

  private final ObjectMapper json = new ObjectMapper();
  private final JwtAuthenticator authenticator = JwtAuthenticator.hs256(SECRET).build();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final AtomicBoolean good = new AtomicBoolean();
  private final AtomicBoolean busy = new AtomicBoolean();

  /** What requests that come from now on have to wait for. */
  private volatile CountDownLatch held = new CountDownLatch(0);

  private final ImEngine engine = ImEngine.builder().authenticator(authenticator).build();
  private TyrusImServer server;
  private TyrusImServer anotherServer;
  private int port;
  private int anotherPort;

  /** One server for requests as they are, and one with a public address and another page's. */
  @BeforeAll
  void start() throws IOException {
    server = start("", Set.of());
    port = server.port();
    anotherServer = start("https://chat.example.com", Set.of(OTHER_PAGE));
    anotherPort = anotherServer.port();
  }

  @AfterAll
  void stop() {
    server.close();
    anotherServer.close();
    engine.close();
    threads.shutdownNow();
  }

  @BeforeEach
  void allIsWell() {
    good.set(true);
    busy.set(false);
  }

  private TyrusImServer start(String publicUrl, Set<String> origins) throws IOException {
    Tokens tokens = new Tokens(JwtIssuer.hs256(SECRET).build(), authenticator, Duration.ofHours(1));
    return TyrusImServer.builder(engine)
        .host("127.0.0.1")
        .httpHandler(
            new Site(new Logins.Demo(tokens), good::get, publicUrl, origins, this::execute), "/")
        .start();
  }

  private void execute(Runnable task) {
    if (busy.get()) {
      throw new RejectedExecutionException();
    }
    CountDownLatch until = held;
    threads.execute(
        () -> {
          try {
            until.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          task.run();
        });
  }

  private HttpRequest.Builder toAnother(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + anotherPort + path));
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(
        to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
  }

  private JsonNode body(HttpResponse<String> response) throws IOException {
    return json.readTree(response.body());
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Writes to a socket what no client library would, and reads until the server closes. */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      write(socket, request);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void the_demo_login_gives_a_token_and_the_address_of_the_websocket() throws Exception {
    HttpResponse<String> response = post("/api/login", "{\"user_id\":\"alice\"}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
    assertThat(body(response).get("code").intValue()).isZero();
    JsonNode data = body(response).get("data");
    assertThat(data.get("user_id").textValue()).isEqualTo("alice");
    assertThat(data.get("websocket_url").textValue()).isEqualTo("ws://127.0.0.1:" + port + "/ws");
    assertThat(authenticator.authenticate(data.get("token").textValue()))
        .isEqualTo(new Result.Authenticated("alice", data.get("expires_at").longValue()));
  }

  @Test
  void a_client_that_offers_http_2_gets_its_answer_too() throws Exception {
    HttpRequest request =
        to("/api/login")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"user_id\":\"alice\"}"))
            .build();
    // More than one over the same connection, which must survive each offer.
    for (int i = 0; i < 20; i++) {
      assertThat(offering.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_public_url_decides_the_address_of_the_websocket() throws Exception {
    HttpResponse<String> response =
        send(
            toAnother("/api/login")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"user_id\":\"alice\"}")));
    JsonNode data = body(response).get("data");
    assertThat(data.get("websocket_url").textValue()).isEqualTo("wss://chat.example.com/ws");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"user_id\":\"\"} | 40004 | invalid_argument",
        "{\"user_id\":\"system\"} | 40004 | invalid_argument",
        "{\"user_id\":\"a b\"} | 40004 | invalid_argument",
        "{\"user_id\":42} | 40004 | invalid_argument",
        "{\"user_id\":null} | 40004 | invalid_argument",
        "{\"user_id\":[\"alice\"]} | 40004 | invalid_argument",
        "{\"username\":\"alice\",\"password\":\"12345678\"} | 40004 | invalid_argument",
        "{} | 40004 | invalid_argument",
        "[] | 40001 | malformed_frame",
        "\"alice\" | 40001 | malformed_frame",
        "null | 40001 | malformed_frame",
        "{ | 40001 | malformed_frame",
        "{\"user_id\":\"alice\"} x | 40001 | malformed_frame",
        "{\"user_id\":\"alice\",\"user_id\":\"bob\"} | 40001 | malformed_frame",
        "{\"user_id\":'alice'} | 40001 | malformed_frame",
        "'' | 40001 | malformed_frame"
      })
  void a_bad_login_is_answered_with_a_typed_error(String body, int code, String reason)
      throws Exception {
    HttpResponse<String> response = post("/api/login", body);
    assertThat(response.statusCode()).isEqualTo(code / 100);
    assertThat(body(response).get("code").intValue()).isEqualTo(code);
    assertThat(body(response).get("error").textValue()).isEqualTo(reason);
    assertThat(body(response).get("message").textValue()).isNotBlank();
    assertThat(body(response).has("data")).isFalse();
  }

  @Test
  void bytes_that_are_no_utf_8_are_malformed() throws Exception {
    byte[] body = "{\"user_id\":\"\u00ff\u00fe\"}".getBytes(StandardCharsets.ISO_8859_1);
    HttpResponse<String> response =
        send(
            to("/api/login")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(body(response).get("error").textValue()).isEqualTo("malformed_frame");
  }

  @Test
  void deep_nesting_is_malformed() throws Exception {
    HttpResponse<String> response = post("/api/login", "[".repeat(16_000));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(body(response).get("error").textValue()).isEqualTo("malformed_frame");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonx", "json"})
  void another_content_type_is_refused(String type) throws Exception {
    HttpResponse<String> response =
        send(
            to("/api/login")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("{\"user_id\":\"alice\"}")));
    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(body(response).get("error").textValue()).isEqualTo("content_type_not_json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json; charset=utf-8", "Application/JSON"})
  void the_content_type_may_name_its_charset(String type) throws Exception {
    HttpResponse<String> response =
        send(
            to("/api/login")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("{\"user_id\":\"alice\"}")));
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"GET,/api/login", "PUT,/api/login", "DELETE,/api/register", "POST,/api/health"})
  void the_wrong_method_is_refused_and_the_right_one_named(String method, String path)
      throws Exception {
    HttpResponse<String> response =
        send(
            to(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(body(response).get("error").textValue()).isEqualTo("method_not_allowed");
    assertThat(response.headers().firstValue("allow"))
        .hasValueSatisfying(allow -> assertThat(allow).containsAnyOf("GET", "POST"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/", "/api/logins", "/api/login/", "/api/%6cogin", "/api/../api/login"})
  void an_unknown_path_of_the_api_is_answered_in_json(String path) throws Exception {
    HttpResponse<String> response = post(path, "{\"user_id\":\"alice\"}");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(body(response).get("error").textValue()).isEqualTo("not_found");
  }

  @Test
  void a_body_of_16_KiB_is_read_and_one_byte_more_is_refused() throws Exception {
    String frame = "{\"user_id\":\"alice\",\"x\":\"\"}";
    String longest =
        "{\"user_id\":\"alice\",\"x\":\"" + "x".repeat(16 * 1024 - frame.length()) + "\"}";
    assertThat(post("/api/login", longest).statusCode()).isEqualTo(200);
    HttpResponse<String> refused = post("/api/login", longest + " ");
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(body(refused).get("error").textValue()).isEqualTo("body_too_large");
  }

  @Test
  void a_body_without_a_length_is_bounded_too() throws Exception {
    byte[] much = new byte[1_000_000];
    HttpResponse<String> response =
        send(
            to("/api/login")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(List.of(much)))));
    assertThat(response.statusCode()).isEqualTo(413);
  }

  @Test
  void a_request_waits_until_the_one_before_it_on_its_connection_is_answered() throws Exception {
    String body = "{\"user_id\":\"alice\"}";
    String post = "POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: ";
    String login = post + body.length() + "\r\nContent-Type: application/json\r\n";
    String refused = post + "2\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n{}";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      CountDownLatch release = new CountDownLatch(1);
      held = release;
      try {
        write(socket, login + "Expect: 100-continue\r\n\r\n");
        assertThat(answers.readLine()).startsWith("HTTP/1.1 100");
        write(socket, body + refused);
        // Others are answered meanwhile, so there is time to do it wrongly.
        for (int i = 0; i < 20; i++) {
          assertThat(send(to("/")).statusCode()).isEqualTo(200);
        }
      } finally {
        held = new CountDownLatch(0);
        release.countDown();
      }
      assertThat(answers.lines().filter(line -> line.contains("HTTP/1.1 ")))
          .extracting(line -> line.replaceAll(".*HTTP/1.1 (...).*", "$1"))
          .containsExactly("200", "415");
    }
  }

  @Test
  void a_request_without_a_host_or_with_a_strange_one_is_refused() throws IOException {
    for (String host :
        List.of("", "Host: \r\n", "Host: a\"b\r\n", "Host: x; script-src *\r\n", "Host: a/b\r\n")) {
      assertThat(raw("GET / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 400");
      assertThat(raw("GET /api/health HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void health_tells_whether_the_demo_login_is_on_and_when_something_is_down() throws Exception {
    HttpResponse<String> response = send(to("/api/health"));
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode data = body(response).get("data");
    assertThat(data.get("status").textValue()).isEqualTo("ok");
    assertThat(data.get("demo_login").booleanValue()).isTrue();
    assertThat(data.get("login").textValue()).isEqualTo("demo");
    good.set(false);
    response = send(to("/api/health"));
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(body(response).get("error").textValue()).isEqualTo("unavailable");
  }

  @Test
  void head_is_get_without_a_body() throws Exception {
    for (String path : List.of("/api/health", "/")) {
      HttpResponse<String> response = send(to(path).method("HEAD", BodyPublishers.noBody()));
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEmpty();
    }
  }

  @Test
  void there_is_nothing_to_register_with_the_demo_login() throws Exception {
    HttpResponse<String> response =
        post("/api/register", "{\"username\":\"alice\",\"password\":\"12345678\"}");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(body(response).get("message").textValue()).contains("demo_login");
  }

  @Test
  void when_no_thread_is_free_the_answer_is_unavailable() throws Exception {
    busy.set(true);
    assertThat(post("/api/login", "{\"user_id\":\"alice\"}").statusCode()).isEqualTo(503);
    assertThat(send(to("/api/health")).statusCode()).isEqualTo(503);
  }

  @Test
  void other_pages_get_no_permission_unless_they_are_configured() throws Exception {
    assertThat(send(to("/api/health").header("Origin", OTHER_PAGE)).headers().map())
        .doesNotContainKey("access-control-allow-origin");
    HttpResponse<String> asked =
        send(
            toAnother("/api/login")
                .header("Origin", OTHER_PAGE)
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(asked.statusCode()).isEqualTo(204);
    assertThat(asked.headers().map())
        .containsEntry("access-control-allow-origin", List.of(OTHER_PAGE))
        .containsEntry("access-control-allow-headers", List.of("Content-Type"));
    assertThat(send(toAnother("/api/health").header("Origin", OTHER_PAGE)).headers().map())
        .containsEntry("access-control-allow-origin", List.of(OTHER_PAGE));
    assertThat(
            send(toAnother("/api/health").header("Origin", OTHER_PAGE + ".evil")).headers().map())
        .doesNotContainKey("access-control-allow-origin");
  }

  @ParameterizedTest
  @CsvSource({
    "/,text/html",
    "/index.html,text/html",
    "/im-client.js,text/javascript",
    "/style.css,text/css",
    "/favicon.svg,image/svg+xml",
    "/im-client.d.ts,text/plain"
  })
  void the_files_of_the_page_are_served_with_their_types(String path, String type)
      throws Exception {
    HttpResponse<String> response = send(to(path));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type"))
        .hasValueSatisfying(actual -> assertThat(actual).startsWith(type));
    assertThat(response.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(response.headers().firstValue("referrer-policy")).hasValue("no-referrer");
    assertThat(response.headers().firstValue("cache-control")).hasValue("no-cache");
    assertThat(response.headers().firstValue("content-security-policy"))
        .hasValue(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
                + " 'self' ws://127.0.0.1:"
                + port
                + " wss://127.0.0.1:"
                + port
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                + " require-trusted-types-for 'script'; trusted-types 'none'");
    assertThat(response.body()).isNotEmpty();
  }

  @Test
  void a_file_that_the_browser_has_is_not_sent_again() throws Exception {
    String tag = send(to("/")).headers().firstValue("etag").orElseThrow();
    HttpResponse<String> same = send(to("/").header("If-None-Match", "\"x\", W/" + tag));
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(same.headers().firstValue("etag")).hasValue(tag);
    assertThat(send(to("/").header("If-None-Match", "\"x\"")).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../im-server.properties",
        "/%2e%2e/im-server.properties",
        "/..%2fim-server.properties",
        "/%2e%2e%2fim-server.properties",
        "/..\\im-server.properties",
        "/..%5cim-server.properties",
        "/..%c0%afim-server.properties",
        "/./index.html",
        "//index.html",
        "/index.html/",
        "/index.html%00",
        "/index.html;x=1",
        "/INDEX.html",
        "/%69ndex.html",
        "/%zz",
        "/logback.xml",
        "/im-server.properties",
        "/META-INF/MANIFEST.MF",
        "/io/embedim/examples/server/http/Site.class",
        "/web/index.html",
        "/nothing.html",
        "/nothing",
        "/."
      })
  void what_is_not_a_file_of_the_page_is_not_found(String path) throws IOException {
    String answer =
        raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 404").contains("\"error\":\"not_found\"");
    assertThat(answer).doesNotContain("server.port=").doesNotContain("<!doctype");
  }

  @Test
  void the_page_takes_no_other_methods() throws Exception {
    HttpResponse<String> response = send(to("/").POST(BodyPublishers.ofString("x")));
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).hasValue("GET, HEAD");
    assertThat(body(response).path("error").textValue()).isEqualTo("method_not_allowed");
  }
}
