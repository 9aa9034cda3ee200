package io.embedim.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.spi.hook.Authenticator.Result;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the claims of a well-signed token must say. */
class JwtClaimsTest {

  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final long NOW_SECONDS = NOW.getEpochSecond();

  private final SettableClock clock = new SettableClock(NOW);
  private final JwtAuthenticator authenticator =
      JwtAuthenticator.hs256(SECRET).clock(clock).build();

  private static String token(String claims) {
    return CraftedToken.of("{\"alg\":\"HS256\"}", claims).hmac(SECRET);
  }

  @Test
  void a_token_with_sub_and_exp_is_enough() {
    Result result = authenticator.authenticate(token("{\"sub\":\"alice\",\"exp\":1793534401}"));
    assertThat(result).isEqualTo(new Result.Authenticated("alice", 1_793_534_401_000L));
  }

  @Test
  void a_token_expires_at_the_very_millisecond_by_the_given_clock() {
    String token = token("{\"sub\":\"alice\",\"exp\":" + (NOW_SECONDS + 1) + "}");
    clock.advance(Duration.ofMillis(999));
    assertThat(authenticator.authenticate(token)).isInstanceOf(Result.Authenticated.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(authenticator.authenticate(token)).isEqualTo(new Result.Expired());
  }

  @Test
  void leeway_counts_only_when_it_is_configured_and_moves_the_end_of_the_session_too() {
    JwtAuthenticator lenient =
        JwtAuthenticator.hs256(SECRET).clock(clock).leeway(Duration.ofSeconds(30)).build();
    String late = token("{\"sub\":\"alice\",\"exp\":" + (NOW_SECONDS - 29) + "}");
    String early =
        token(
            "{\"sub\":\"alice\",\"nbf\":"
                + (NOW_SECONDS + 30)
                + ",\"exp\":"
                + (NOW_SECONDS + 90)
                + "}");
    assertThat(lenient.authenticate(late))
        .isEqualTo(new Result.Authenticated("alice", (NOW_SECONDS + 1) * 1000));
    assertThat(lenient.authenticate(early)).isInstanceOf(Result.Authenticated.class);
    assertThat(authenticator.authenticate(late)).isEqualTo(new Result.Expired());
    assertThat(authenticator.authenticate(early))
        .isEqualTo(new Result.Rejected("nbf is in the future"));
  }

  @Test
  void nbf_holds_from_its_very_second() {
    String token =
        token("{\"sub\":\"a\",\"nbf\":" + NOW_SECONDS + ",\"exp\":" + (NOW_SECONDS + 9) + "}");
    assertThat(authenticator.authenticate(token)).isInstanceOf(Result.Authenticated.class);
  }

  @Test
  void fractions_of_a_second_are_times_too() {
    Result result =
        authenticator.authenticate(token("{\"sub\":\"a\",\"exp\":" + NOW_SECONDS + ".25}"));
    assertThat(result).isEqualTo(new Result.Authenticated("a", NOW_SECONDS * 1000 + 250));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"sub\":\"alice\"}",
        "{\"sub\":\"alice\",\"exp\":null}",
        "{\"sub\":\"alice\",\"exp\":\"9999999999\"}",
        "{\"sub\":\"alice\",\"exp\":true}",
        "{\"sub\":\"alice\",\"exp\":[9999999999]}",
        "{\"sub\":\"alice\",\"exp\":-1}",
        "{\"sub\":\"alice\",\"exp\":1e300}",
        "{\"sub\":\"alice\",\"exp\":9223372036854775807}",
        "{\"sub\":\"alice\",\"exp\":9999999999,\"nbf\":\"0\"}",
        "{\"sub\":\"alice\",\"exp\":9999999999,\"nbf\":1e300}"
      })
  void a_missing_or_senseless_time_is_rejected(String claims) {
    assertThat(authenticator.authenticate(token(claims))).isInstanceOf(Result.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"exp\":9999999999}",
        "{\"sub\":null,\"exp\":9999999999}",
        "{\"sub\":42,\"exp\":9999999999}",
        "{\"sub\":[\"alice\"],\"exp\":9999999999}",
        "{\"sub\":\"\",\"exp\":9999999999}",
        "{\"sub\":\"system\",\"exp\":9999999999}",
        "{\"sub\":\"group\",\"exp\":9999999999}",
        "{\"sub\":\"a:b\",\"exp\":9999999999}",
        "{\"sub\":\"al ice\",\"exp\":9999999999}",
        "{\"sub\":\"阿丽\",\"exp\":9999999999}",
        "{\"sub\":\"a/../b\",\"exp\":9999999999}",
        "{\"sub\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\","
            + "\"exp\":9999999999}"
      })
  void a_subject_that_is_no_user_id_is_rejected(String claims) {
    assertThat(authenticator.authenticate(token(claims)))
        .isEqualTo(new Result.Rejected("sub is not a user id"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "\"alice\"",
        "42",
        "null",
        "{",
        "{\"sub\":\"alice\",\"exp\":99999999999"
      })
  void a_payload_that_is_no_object_is_rejected(String payload) {
    assertThat(authenticator.authenticate(token(payload))).isInstanceOf(Result.Rejected.class);
  }

  @Test
  void a_claim_said_twice_is_rejected() {
    assertThat(
            authenticator.authenticate(
                token("{\"sub\":\"alice\",\"sub\":\"bob\",\"exp\":9999999999}")))
        .isInstanceOf(Result.Rejected.class);
  }

  @Test
  void the_issuer_must_be_the_configured_one() {
    JwtAuthenticator strict =
        JwtAuthenticator.hs256(SECRET).clock(clock).issuer("https://id.example").build();
    assertThat(
            strict.authenticate(
                token("{\"sub\":\"a\",\"exp\":9999999999,\"iss\":\"https://id.example\"}")))
        .isInstanceOf(Result.Authenticated.class);
    for (String wrong :
        new String[] {
          "", ",\"iss\":\"https://id.example/\"", ",\"iss\":[\"https://id.example\"]", ",\"iss\":1"
        }) {
      assertThat(strict.authenticate(token("{\"sub\":\"a\",\"exp\":9999999999" + wrong + "}")))
          .isEqualTo(new Result.Rejected("iss is not https://id.example"));
    }
  }

  @Test
  void the_audience_must_contain_the_configured_one() {
    JwtAuthenticator strict = JwtAuthenticator.hs256(SECRET).clock(clock).audience("chat").build();
    for (String right : new String[] {"\"chat\"", "[\"web\",\"chat\"]"}) {
      assertThat(
              strict.authenticate(
                  token("{\"sub\":\"a\",\"exp\":9999999999,\"aud\":" + right + "}")))
          .isInstanceOf(Result.Authenticated.class);
    }
    for (String wrong :
        new String[] {"", ",\"aud\":\"chats\"", ",\"aud\":[\"web\"]", ",\"aud\":[[\"chat\"]]"}) {
      assertThat(strict.authenticate(token("{\"sub\":\"a\",\"exp\":9999999999" + wrong + "}")))
          .isEqualTo(new Result.Rejected("aud does not contain chat"));
    }
  }

  @Test
  void a_token_for_someone_else_is_rejected_when_no_audience_is_configured() {
    assertThat(
            authenticator.authenticate(
                token("{\"sub\":\"a\",\"exp\":9999999999,\"aud\":\"payroll\"}")))
        .isEqualTo(new Result.Rejected("aud names an audience, and none is configured here"));
  }

  @Test
  void only_a_token_that_was_good_once_counts_as_expired() {
    JwtAuthenticator strict = JwtAuthenticator.hs256(SECRET).clock(clock).issuer("me").build();
    assertThat(strict.authenticate(token("{\"sub\":\"a\",\"exp\":1,\"iss\":\"you\"}")))
        .isInstanceOf(Result.Rejected.class);
    assertThat(strict.authenticate(token("{\"sub\":\"a\",\"exp\":1,\"iss\":\"me\"}")))
        .isEqualTo(new Result.Expired());
    String forged =
        CraftedToken.of("{\"alg\":\"HS256\"}", "{\"sub\":\"a\",\"exp\":1,\"iss\":\"me\"}")
            .hmac("another secret of 32 bytes or so".getBytes(StandardCharsets.UTF_8));
    assertThat(strict.authenticate(forged)).isInstanceOf(Result.Rejected.class);
  }

  @Test
  void senseless_options_are_refused_when_they_are_set() {
    JwtAuthenticator.Builder builder = JwtAuthenticator.hs256(SECRET);
    assertThatThrownBy(() -> builder.leeway(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leeway is PT-0.001S, expected PT0S to PT10M");
    assertThatThrownBy(() -> builder.leeway(Duration.ofMinutes(11)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.issuer(" ")).hasMessageContaining("issuer is blank");
    assertThatThrownBy(() -> builder.audience("")).hasMessageContaining("audience is blank");
  }
}
