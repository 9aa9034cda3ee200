package io.embedim.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.spi.hook.Authenticator.Result;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtIssuerTest {

  private static final String SECRET = "a secret of at least 32 bytes here";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-01T12:00:00.300Z"));
  private final JwtIssuer issuer = JwtIssuer.hs256(SECRET).clock(clock).build();
  private final JwtAuthenticator authenticator =
      JwtAuthenticator.hs256(SECRET).clock(clock).build();

  @Test
  void a_token_is_good_for_24_hours_unless_said_otherwise() {
    assertThat(authenticator.authenticate(issuer.issue("alice")))
        .isEqualTo(
            new Result.Authenticated(
                "alice", Instant.parse("2026-11-02T12:00:01Z").toEpochMilli()));
  }

  @Test
  void a_token_never_lives_shorter_than_promised() {
    String token = issuer.issue("alice", Duration.ofMillis(1));
    assertThat(authenticator.authenticate(token)).isInstanceOf(Result.Authenticated.class);
    clock.advance(Duration.ofMillis(699));
    assertThat(authenticator.authenticate(token)).isInstanceOf(Result.Authenticated.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(authenticator.authenticate(token)).isEqualTo(new Result.Expired());
  }

  @Test
  void a_token_carries_the_key_id_issuer_and_audience_that_were_configured() {
    JwtIssuer named =
        JwtIssuer.hs256(SECRET).clock(clock).keyId("2026").issuer("host").audience("chat").build();
    JwtAuthenticator strict =
        JwtAuthenticator.hs256(Map.of("2026", SECRET.getBytes(StandardCharsets.UTF_8)))
            .clock(clock)
            .issuer("host")
            .audience("chat")
            .build();
    assertThat(strict.authenticate(named.issue("alice"))).isInstanceOf(Result.Authenticated.class);
    assertThat(strict.authenticate(issuer.issue("alice"))).isInstanceOf(Result.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "system", "group", "a b", "a:b", "é"})
  void no_token_is_issued_to_what_is_no_user_id(String userId) {
    assertThatThrownBy(() -> issuer.issue(userId))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 1 to 64 characters");
  }

  @Test
  void a_senseless_validity_or_secret_is_refused() {
    assertThatThrownBy(() -> issuer.issue("alice", Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> issuer.issue("alice", Duration.ofDays(3651)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JwtIssuer.hs256("short"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the HS256 secret has 5 bytes, expected at least 32 random ones");
  }
}
