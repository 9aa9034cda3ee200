package io.embedim.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import io.embedim.spi.hook.Authenticator.Result;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every known way to make an authenticator take a token that nobody signed. */
class JwtAttackTest {

  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private static final String CLAIMS = "{\"sub\":\"alice\",\"exp\":9999999999}";
  private static final KeyPair RSA = TestKeys.rsa(2048);
  private static final KeyPair EC = TestKeys.ec("secp256r1");

  private final JwtAuthenticator hs256 = JwtAuthenticator.hs256(SECRET).build();
  private final JwtAuthenticator rs256 = JwtAuthenticator.rs256(TestKeys.rsaPublic(RSA)).build();
  private final JwtAuthenticator es256 = JwtAuthenticator.es256(TestKeys.ecPublic(EC)).build();

  @Test
  void tokens_of_the_three_algorithms_are_taken() {
    Result alice = new Result.Authenticated("alice", 9_999_999_999_000L);
    assertThat(hs256.authenticate(CraftedToken.of("{\"alg\":\"HS256\"}", CLAIMS).hmac(SECRET)))
        .isEqualTo(alice);
    assertThat(
            rs256.authenticate(
                CraftedToken.of("{\"alg\":\"RS256\"}", CLAIMS).rsa(RSA.getPrivate())))
        .isEqualTo(alice);
    assertThat(
            es256.authenticate(
                CraftedToken.of("{\"alg\":\"ES256\"}", CLAIMS).ecdsa(EC.getPrivate())))
        .isEqualTo(alice);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE", ""})
  void an_unsigned_token_is_rejected(String none) {
    CraftedToken token = CraftedToken.of("{\"alg\":\"" + none + "\"}", CLAIMS);
    for (JwtAuthenticator authenticator : new JwtAuthenticator[] {hs256, rs256, es256}) {
      assertRejected(authenticator, token.unsigned());
      assertRejected(authenticator, token.hmac(SECRET));
    }
  }

  @Test
  void an_empty_signature_is_rejected() {
    assertRejected(hs256, CraftedToken.of("{\"alg\":\"HS256\"}", CLAIMS).unsigned());
    assertRejected(rs256, CraftedToken.of("{\"alg\":\"RS256\"}", CLAIMS).unsigned());
    assertRejected(es256, CraftedToken.of("{\"alg\":\"ES256\"}", CLAIMS).unsigned());
  }

  @Test
  void a_public_key_used_as_a_secret_is_rejected() {
    CraftedToken token = CraftedToken.of("{\"alg\":\"HS256\"}", CLAIMS);
    byte[] der = RSA.getPublic().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    assertRejected(rs256, token.hmac(der));
    assertRejected(rs256, token.hmac(pem.getBytes(StandardCharsets.US_ASCII)));
    assertRejected(rs256, token.hmac(pem.strip().getBytes(StandardCharsets.US_ASCII)));
    assertRejected(es256, token.hmac(EC.getPublic().getEncoded()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HS384", "HS512", "RS256", "RS512", "PS256", "ES256", "EdDSA", "XY"})
  void another_algorithm_than_the_keys_own_is_rejected(String algorithm) {
    assertRejected(hs256, CraftedToken.of("{\"alg\":\"" + algorithm + "\"}", CLAIMS).hmac(SECRET));
  }

  @Test
  void the_right_secret_with_a_stronger_hash_is_still_another_algorithm() {
    byte[] longSecret = new byte[64];
    new Random(1).nextBytes(longSecret);
    JwtAuthenticator authenticator = JwtAuthenticator.hs256(longSecret).build();
    assertRejected(
        authenticator,
        CraftedToken.of("{\"alg\":\"HS512\"}", CLAIMS).hmac("HmacSHA512", longSecret));
  }

  @Test
  void a_key_brought_along_in_the_header_is_not_used() {
    KeyPair mallory = TestKeys.rsa(2048);
    String jwk = new RSAKey.Builder(TestKeys.rsaPublic(mallory)).build().toJSONString();
    assertRejected(
        rs256,
        CraftedToken.of("{\"alg\":\"RS256\",\"jwk\":" + jwk + "}", CLAIMS)
            .rsa(mallory.getPrivate()));
    assertRejected(
        rs256,
        CraftedToken.of("{\"alg\":\"RS256\",\"jku\":\"http://127.0.0.1:9/keys\"}", CLAIMS)
            .rsa(mallory.getPrivate()));
    assertRejected(
        hs256,
        CraftedToken.of("{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}", CLAIMS)
            .hmac(new byte[32]));
  }

  @Test
  void an_all_zero_ecdsa_signature_is_rejected() {
    assertRejected(es256, CraftedToken.of("{\"alg\":\"ES256\"}", CLAIMS).signedWith(new byte[64]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":1}",
        "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":true}",
        "{\"alg\":\"HS256\",\"crit\":[\"urn:example:x\"],\"urn:example:x\":1}",
        "{\"alg\":\"HS256\",\"crit\":[]}",
        "{\"alg\":\"HS256\",\"b64\":false}",
        "{\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"]}",
        "{\"alg\":\"HS256\",\"cty\":\"JWT\"}",
        "{\"alg\":\"HS256\",\"typ\":\"JOSE\"}",
        "{\"alg\":\"HS256\",\"typ\":\"logout+jwt\"}",
        "{\"alg\":[\"HS256\"]}",
        "{\"alg\":\"HS256\",\"alg\":\"HS256\"}",
        "{}",
        "[]",
        "null",
        "\"HS256\""
      })
  void a_well_signed_token_with_a_strange_header_is_rejected(String header) {
    assertRejected(hs256, CraftedToken.of(header, CLAIMS).hmac(SECRET));
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "jwt", "at+jwt", "application/at+jwt"})
  void the_usual_types_are_taken(String type) {
    String header = "{\"alg\":\"HS256\",\"typ\":\"" + type + "\"}";
    assertThat(hs256.authenticate(CraftedToken.of(header, CLAIMS).hmac(SECRET)))
        .isInstanceOf(Result.Authenticated.class);
  }

  @Test
  void a_nested_token_is_rejected() {
    String inner = CraftedToken.of("{\"alg\":\"HS256\"}", CLAIMS).hmac(SECRET);
    assertRejected(hs256, CraftedToken.of("{\"alg\":\"HS256\"}", inner).hmac(SECRET));
    assertRejected(
        hs256, CraftedToken.of("{\"alg\":\"HS256\",\"cty\":\"JWT\"}", inner).hmac(SECRET));
  }

  @Test
  void an_encrypted_token_is_rejected_even_when_it_was_made_with_the_secret() throws Exception {
    EncryptedJWT token =
        new EncryptedJWT(
            new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM),
            new JWTClaimsSet.Builder()
                .subject("alice")
                .expirationTime(Date.from(Instant.parse("2100-01-01T00:00:00Z")))
                .build());
    token.encrypt(new DirectEncrypter(SECRET));
    assertRejected(hs256, token.serialize());
  }

  @Test
  void a_token_over_8_KiB_is_rejected_and_one_of_8_KiB_is_not() {
    // Base64 has four characters for three bytes: this padding gives exactly the longest token.
    String token = padded(8192);
    assertThat(hs256.authenticate(token)).isInstanceOf(Result.Authenticated.class);
    assertThat(hs256.authenticate(padded(8193)))
        .isEqualTo(new Result.Rejected("longer than 8192 characters"));
    assertRejected(hs256, token.repeat(1000));
  }

  private static String padded(int length) {
    for (int padding = 0; ; padding++) {
      String claims =
          "{\"sub\":\"alice\",\"exp\":9999999999,\"x\":\"" + "x".repeat(padding) + "\"}";
      for (String header : new String[] {"{\"alg\":\"HS256\"}", "{\"alg\":\"HS256\" }"}) {
        String token = CraftedToken.of(header, claims).hmac(SECRET);
        if (token.length() == length) {
          return token;
        }
        if (token.length() > length + 8) {
          throw new AssertionError("no padding gives " + length + " characters");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "...", "....", "a", "a.b", "a.b.c", "a.b.c.d", " ", "\0"})
  void rubbish_is_rejected(String rubbish) {
    assertRejected(hs256, rubbish);
  }

  @Test
  void deep_nesting_is_rejected() {
    String deep = "{\"alg\":\"HS256\",\"x\":" + "[".repeat(5000);
    assertRejected(hs256, CraftedToken.base64(deep) + ".e30.AAAA");
    assertRejected(
        hs256, CraftedToken.of("{\"alg\":\"HS256\"}", "{\"x\":" + "[".repeat(5000)).hmac(SECRET));
  }

  @Test
  void whatever_is_changed_in_a_signed_token_it_is_rejected_and_never_an_exception() {
    String good = CraftedToken.of("{\"alg\":\"HS256\"}", CLAIMS).hmac(SECRET);
    Random random = new Random(42);
    String alphabet = "ABCxyz019-_.=+/ \"{\u0000\u00ff\u4e2d";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder token = new StringBuilder(good);
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = random.nextInt(token.length());
        char other = alphabet.charAt(random.nextInt(alphabet.length()));
        switch (random.nextInt(3)) {
          case 0 -> token.setCharAt(at, other);
          case 1 -> token.insert(at, other);
          default -> token.deleteCharAt(at);
        }
      }
      String changed = token.toString();
      Result result = hs256.authenticate(changed);
      // The signature's own encoding has spare bits; what it signs has none.
      if (!changed.startsWith(good.substring(0, good.lastIndexOf('.') + 1))) {
        assertThat(result).as(changed).isInstanceOf(Result.Rejected.class);
      }
    }
  }

  @Test
  void what_is_said_about_a_rejected_token_quotes_nothing_of_it() {
    String[] tokens = {
      "hunter2hunter2",
      CraftedToken.of("{hunter2", CLAIMS).hmac(SECRET),
      CraftedToken.of("{\"alg\":\"hunter2\"}", CLAIMS).hmac(SECRET),
      CraftedToken.of("{\"alg\":\"HS256\",\"kid\":\"hunter2\"}", CLAIMS).hmac(new byte[32]),
      CraftedToken.of("{\"alg\":\"HS256\"}", "{\"sub\":\"hunter2 \",\"exp\":1}").hmac(SECRET),
      CraftedToken.of("{\"alg\":\"HS256\"}", "{\"sub\":\"a\",\"exp\":\"hunter2\"}").hmac(SECRET),
      CraftedToken.of("{\"alg\":\"HS256\"}", "{\"sub\":\"a\",\"exp\":1,\"aud\":\"hunter2\"}")
          .hmac(SECRET),
      CraftedToken.of("{\"alg\":\"HS256\"}", "hunter2").hmac(SECRET)
    };
    JwtAuthenticator byId = JwtAuthenticator.hs256(Map.of("k", SECRET)).build();
    for (String token : tokens) {
      for (JwtAuthenticator authenticator : new JwtAuthenticator[] {hs256, byId}) {
        Result result = authenticator.authenticate(token);
        assertThat(result).isInstanceOf(Result.Rejected.class);
        assertThat(result.toString()).doesNotContain("hunter2").doesNotContain("eyJ");
      }
    }
  }

  @Test
  void weak_keys_are_refused_when_they_are_configured() {
    assertThatThrownBy(() -> JwtAuthenticator.hs256("only 31 bytes in this secret .."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the HS256 secret has 31 bytes, expected at least 32 random ones");
    assertThatThrownBy(() -> JwtAuthenticator.rs256(TestKeys.rsaPublic(TestKeys.rsa(1024))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the RSA key has 1024 bits, expected at least 2048");
    assertThatThrownBy(() -> JwtAuthenticator.es256(TestKeys.ecPublic(TestKeys.ec("secp384r1"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("P-256");
    assertThatThrownBy(() -> JwtAuthenticator.rs256())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
    assertThatThrownBy(() -> JwtAuthenticator.hs256(Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertRejected(JwtAuthenticator authenticator, String token) {
    assertThat(authenticator.authenticate(token)).isInstanceOf(Result.Rejected.class);
  }
}
