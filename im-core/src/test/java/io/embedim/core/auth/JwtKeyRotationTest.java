package io.embedim.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.hook.Authenticator.Result;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several configured keys at a time. */
class JwtKeyRotationTest {

  private static final byte[] OLD =
      "the old secret has 32 bytes, yes".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NEW =
      "the new secret has 32 bytes, yes".getBytes(StandardCharsets.UTF_8);
  private static final String CLAIMS = "{\"sub\":\"alice\",\"exp\":9999999999}";

  private static String token(String keyId, byte[] secret) {
    return CraftedToken.of("{\"alg\":\"HS256\",\"kid\":\"" + keyId + "\"}", CLAIMS).hmac(secret);
  }

  @Test
  void old_and_new_secrets_work_side_by_side_until_the_old_one_is_removed() {
    JwtAuthenticator both = JwtAuthenticator.hs256(Map.of("old", OLD, "new", NEW)).build();
    JwtAuthenticator after = JwtAuthenticator.hs256(Map.of("new", NEW)).build();
    assertThat(both.authenticate(token("old", OLD))).isInstanceOf(Result.Authenticated.class);
    assertThat(both.authenticate(token("new", NEW))).isInstanceOf(Result.Authenticated.class);
    assertThat(after.authenticate(token("old", OLD)))
        .isEqualTo(new Result.Rejected("kid names no known key"));
    assertThat(after.authenticate(token("new", NEW))).isInstanceOf(Result.Authenticated.class);
  }

  @Test
  void a_key_id_binds_the_token_to_that_key() {
    JwtAuthenticator both = JwtAuthenticator.hs256(Map.of("old", OLD, "new", NEW)).build();
    assertThat(both.authenticate(token("old", NEW))).isInstanceOf(Result.Rejected.class);
    assertThat(both.authenticate(token("../../dev/null", OLD))).isInstanceOf(Result.Rejected.class);
  }

  @Test
  void a_token_without_a_key_id_may_come_from_any_of_the_keys() {
    JwtAuthenticator both = JwtAuthenticator.hs256(Map.of("old", OLD, "new", NEW)).build();
    CraftedToken token = CraftedToken.of("{\"alg\":\"HS256\"}", CLAIMS);
    assertThat(both.authenticate(token.hmac(OLD))).isInstanceOf(Result.Authenticated.class);
    assertThat(both.authenticate(token.hmac(NEW))).isInstanceOf(Result.Authenticated.class);
    assertThat(both.authenticate(token.hmac(new byte[32]))).isInstanceOf(Result.Rejected.class);
  }

  @Test
  void a_secret_without_an_id_checks_tokens_with_any_key_id() {
    JwtAuthenticator authenticator = JwtAuthenticator.hs256(NEW).build();
    assertThat(authenticator.authenticate(token("whatever", NEW)))
        .isInstanceOf(Result.Authenticated.class);
  }

  @Test
  void public_keys_rotate_as_well() {
    KeyPair one = TestKeys.rsa(2048);
    KeyPair two = TestKeys.rsa(2048);
    KeyPair three = TestKeys.ec("secp256r1");
    KeyPair four = TestKeys.ec("secp256r1");
    CraftedToken rs = CraftedToken.of("{\"alg\":\"RS256\",\"kid\":\"2\"}", CLAIMS);
    CraftedToken es = CraftedToken.of("{\"alg\":\"ES256\",\"kid\":\"4\"}", CLAIMS);

    JwtAuthenticator rsa =
        JwtAuthenticator.rs256(TestKeys.rsaPublic(one), TestKeys.rsaPublic(two)).build();
    JwtAuthenticator rsaById =
        JwtAuthenticator.rs256(Map.of("1", TestKeys.rsaPublic(one), "2", TestKeys.rsaPublic(two)))
            .build();
    assertThat(rsa.authenticate(rs.rsa(two.getPrivate()))).isInstanceOf(Result.Authenticated.class);
    assertThat(rsaById.authenticate(rs.rsa(two.getPrivate())))
        .isInstanceOf(Result.Authenticated.class);
    assertThat(rsaById.authenticate(rs.rsa(one.getPrivate()))).isInstanceOf(Result.Rejected.class);

    JwtAuthenticator ec =
        JwtAuthenticator.es256(TestKeys.ecPublic(three), TestKeys.ecPublic(four)).build();
    JwtAuthenticator ecById =
        JwtAuthenticator.es256(Map.of("3", TestKeys.ecPublic(three), "4", TestKeys.ecPublic(four)))
            .build();
    assertThat(ec.authenticate(es.ecdsa(four.getPrivate())))
        .isInstanceOf(Result.Authenticated.class);
    assertThat(ecById.authenticate(es.ecdsa(four.getPrivate())))
        .isInstanceOf(Result.Authenticated.class);
    assertThat(ecById.authenticate(es.ecdsa(three.getPrivate())))
        .isInstanceOf(Result.Rejected.class);
  }

  @Test
  void the_secret_is_copied_when_it_is_given() {
    byte[] mine = NEW.clone();
    JwtAuthenticator authenticator = JwtAuthenticator.hs256(mine).build();
    JwtIssuer issuer = JwtIssuer.hs256(mine).build();
    Arrays.fill(mine, (byte) 0);
    assertThat(authenticator.authenticate(issuer.issue("alice")))
        .isInstanceOf(Result.Authenticated.class);
    assertThat(authenticator.authenticate(token("x", NEW)))
        .isInstanceOf(Result.Authenticated.class);
    assertThat(authenticator.authenticate(token("x", mine))).isInstanceOf(Result.Rejected.class);
  }
}
