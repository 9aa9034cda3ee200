package io.embedim.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.spi.hook.Authenticator.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys from a real HTTP server that rotates them, lies, and goes away. */
class JwksTest {

  private static final KeyPair RSA = TestKeys.rsa(2048);
  private static final KeyPair EC = TestKeys.ec("secp256r1");
  private static final String CLAIMS = "{\"sub\":\"alice\",\"exp\":9999999999}";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-01T12:00:00Z"));
  private final AtomicInteger requests = new AtomicInteger();
  private final ExecutorService serverThreads = Executors.newCachedThreadPool();
  private volatile HttpHandler behaviour = exchange -> answer(exchange, 500, "");
  private HttpServer server;
  private JwtAuthenticator authenticator;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(serverThreads);
    server.createContext(
        "/keys",
        exchange -> {
          requests.incrementAndGet();
          behaviour.handle(exchange);
        });
    server.start();
    authenticator = JwtAuthenticator.jwks(address()).clock(clock).build();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    serverThreads.shutdownNow();
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void serve(JWK... keys) {
    String body = new JWKSet(List.of(keys)).toString();
    behaviour = exchange -> answer(exchange, 200, body);
  }

  private static JWK rsa(String keyId) {
    return new RSAKey.Builder(TestKeys.rsaPublic(RSA)).keyID(keyId).build();
  }

  private static JWK ec(String keyId) {
    return new ECKey.Builder(Curve.P_256, TestKeys.ecPublic(EC)).keyID(keyId).build();
  }

  private static String rsaToken(String keyId) {
    return CraftedToken.of("{\"alg\":\"RS256\",\"kid\":\"" + keyId + "\"}", CLAIMS)
        .rsa(RSA.getPrivate());
  }

  private static String ecToken(String keyId) {
    return CraftedToken.of("{\"alg\":\"ES256\",\"kid\":\"" + keyId + "\"}", CLAIMS)
        .ecdsa(EC.getPrivate());
  }

  private void assertTaken(String token) {
    assertThat(authenticator.authenticate(token)).isInstanceOf(Result.Authenticated.class);
  }

  private void assertRejected(String token) {
    assertThat(authenticator.authenticate(token)).isInstanceOf(Result.Rejected.class);
  }

  private void assertUnavailable(String token) {
    assertThatThrownBy(() -> authenticator.authenticate(token))
        .isInstanceOfSatisfying(
            ImException.class, e -> assertThat(e.error()).isEqualTo(ImError.UNAVAILABLE));
  }

  @Test
  void rsa_and_ec_keys_of_one_set_check_their_tokens_after_one_fetch() {
    serve(rsa("r"), ec("e"));
    assertTaken(rsaToken("r"));
    assertTaken(ecToken("e"));
    assertRejected(rsaToken("e"));
    assertThat(requests).hasValue(1);
  }

  @Test
  void a_key_that_appears_is_fetched_when_the_first_token_names_it() {
    serve(rsa("old"));
    assertTaken(rsaToken("old"));
    serve(rsa("old"), ec("new"));
    clock.advance(JwksKeys.INTERVAL);
    assertTaken(ecToken("new"));
    assertThat(requests).hasValue(2);
  }

  @Test
  void a_key_that_disappears_is_no_longer_taken_once_the_set_is_not_fresh() {
    serve(rsa("old"), ec("new"));
    assertTaken(rsaToken("old"));
    serve(ec("new"));
    clock.advance(JwksKeys.FRESH.minusMillis(1));
    assertTaken(rsaToken("old"));
    clock.advance(Duration.ofMillis(1));
    assertRejected(rsaToken("old"));
    assertTaken(ecToken("new"));
    assertThat(requests).hasValue(2);
  }

  @Test
  void invented_key_ids_cause_one_fetch_per_interval() {
    serve(rsa("r"));
    for (int i = 0; i < 100; i++) {
      assertRejected(rsaToken("invented-" + i));
    }
    assertThat(requests).hasValue(1);
    clock.advance(JwksKeys.INTERVAL);
    for (int i = 0; i < 100; i++) {
      assertRejected(rsaToken("invented-" + i));
    }
    assertThat(requests).hasValue(2);
    assertTaken(rsaToken("r"));
  }

  @Test
  void during_an_outage_the_last_keys_stay_in_use_for_an_hour() {
    serve(rsa("r"));
    assertTaken(rsaToken("r"));
    behaviour = exchange -> answer(exchange, 503, "");
    clock.advance(JwksKeys.USABLE.minusMillis(1));
    assertTaken(rsaToken("r"));
    clock.advance(Duration.ofMillis(1));
    assertUnavailable(rsaToken("r"));
  }

  @Test
  void an_unknown_key_during_an_outage_is_not_called_bad_and_works_after_it() {
    serve(rsa("old"));
    assertTaken(rsaToken("old"));
    clock.advance(JwksKeys.INTERVAL);
    behaviour = exchange -> answer(exchange, 503, "");
    assertUnavailable(ecToken("new"));
    assertUnavailable(ecToken("new"));
    assertThat(requests).hasValue(2);
    assertTaken(rsaToken("old"));
    serve(ec("new"));
    clock.advance(JwksKeys.RETRY_INTERVAL);
    assertTaken(ecToken("new"));
    assertThat(requests).hasValue(3);
  }

  @Test
  void before_the_first_fetch_succeeds_nothing_can_be_told_and_then_everything() {
    assertUnavailable(rsaToken("r"));
    assertUnavailable(rsaToken("r"));
    assertThat(requests).hasValue(1);
    serve(rsa("r"));
    clock.advance(JwksKeys.RETRY_INTERVAL);
    assertTaken(rsaToken("r"));
  }

  @Test
  void a_server_that_is_gone_is_an_outage_too() {
    server.stop(0);
    assertUnavailable(rsaToken("r"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{}", "{\"keys\":{}}", "<html></html>"})
  void an_answer_that_is_no_key_set_counts_as_an_outage(String body) {
    serve(rsa("r"));
    assertTaken(rsaToken("r"));
    behaviour = exchange -> answer(exchange, 200, body);
    clock.advance(JwksKeys.FRESH);
    assertTaken(rsaToken("r"));
    assertThat(requests).hasValue(2);
  }

  @Test
  void a_redirect_is_not_followed() {
    AtomicInteger elsewhere = new AtomicInteger();
    server.createContext(
        "/elsewhere",
        exchange -> {
          elsewhere.incrementAndGet();
          answer(exchange, 200, new JWKSet(rsa("r")).toString());
        });
    behaviour =
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          answer(exchange, 302, "");
        };
    assertUnavailable(rsaToken("r"));
    assertThat(elsewhere).hasValue(0);
  }

  @Test
  void an_endless_answer_is_given_up() {
    behaviour =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] chunk = new byte[64 * 1024];
          while (true) {
            exchange.getResponseBody().write(chunk);
          }
        };
    assertThatThrownBy(() -> new JwksFetch(address(), Duration.ofSeconds(30), 100_000).fetch())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than 100000 bytes");
  }

  @Test
  void an_answer_that_never_ends_is_given_up_at_the_deadline() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    behaviour =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        };
    assertThatThrownBy(() -> new JwksFetch(address(), Duration.ofMillis(200), 100_000).fetch())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no complete answer within 200 ms");
    over.countDown();
  }

  @Test
  void many_first_tokens_at_once_cause_one_fetch() throws Exception {
    int clients = 16;
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    String body = new JWKSet(rsa("r")).toString();
    behaviour =
        exchange -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          answer(exchange, 200, body);
        };
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Future<Result>> results = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        results.add(
            threads.submit(
                () -> {
                  go.await();
                  return authenticator.authenticate(rsaToken("r"));
                }));
      }
      go.countDown();
      release.countDown();
      for (Future<Result> result : results) {
        assertThat(result.get()).isInstanceOf(Result.Authenticated.class);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(requests).hasValue(1);
  }

  @Test
  void keys_for_other_purposes_weak_keys_and_secrets_in_the_set_are_passed_over() {
    byte[] secret = new byte[32];
    serve(
        new RSAKey.Builder(TestKeys.rsaPublic(RSA)).keyID("enc").keyUse(KeyUse.ENCRYPTION).build(),
        new RSAKey.Builder(TestKeys.rsaPublic(RSA))
            .keyID("ps")
            .algorithm(new Algorithm("PS256"))
            .build(),
        new RSAKey.Builder(TestKeys.rsaPublic(TestKeys.rsa(1024))).keyID("weak").build(),
        new OctetSequenceKey.Builder(secret).keyID("oct").build(),
        new ECKey.Builder(Curve.P_384, TestKeys.ecPublic(TestKeys.ec("secp384r1")))
            .keyID("384")
            .build(),
        new RSAKey.Builder(TestKeys.rsaPublic(RSA))
            .keyID("good")
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(JWSAlgorithm.RS256)
            .build());
    assertTaken(rsaToken("good"));
    assertRejected(rsaToken("enc"));
    assertRejected(rsaToken("ps"));
    assertRejected(CraftedToken.of("{\"alg\":\"HS256\",\"kid\":\"oct\"}", CLAIMS).hmac(secret));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://id.example/keys", "keys.json", "https:///x"})
  void an_address_that_is_not_http_is_refused(String address) {
    assertThatThrownBy(() -> JwtAuthenticator.jwks(URI.create(address)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected https:// or http://");
  }
}
