package io.embedim.examples.server.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.examples.server.config.Configuration;
import io.embedim.examples.server.config.ConfigurationException;
import io.embedim.examples.server.config.Layer;
import io.embedim.spi.hook.Authenticator.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenSetupTest {

  @TempDir Path data;

  private Configuration configuration(String... keysAndValues) {
    Layer layer = new Layer();
    layer.add("data_dir", data.toString(), "test");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      layer.add(keysAndValues[i], keysAndValues[i + 1], "test");
    }
    return Configuration.of(List.of(layer));
  }

  private static Tokens tokens(TokenSetup setup) {
    return setup.own().orElseThrow();
  }

  @Test
  void a_secret_is_made_once_and_kept_where_only_its_owner_can_read_it() throws IOException {
    TokenSetup first = TokenSetup.of(configuration());
    TokenSetup second = TokenSetup.of(configuration());
    Tokens.Issued issued = tokens(first).issue("alice");
    assertThat(second.authenticator().authenticate(issued.token()))
        .isEqualTo(new Result.Authenticated("alice", issued.expiresAt()));
    Path file = data.resolve("jwt.secret");
    assertThat(Files.readString(file).strip()).hasSizeGreaterThanOrEqualTo(64);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(data)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void a_kept_secret_that_is_too_short_is_refused() throws IOException {
    Files.writeString(data.resolve("jwt.secret"), "short\n");
    assertThatThrownBy(() -> TokenSetup.of(configuration()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("less than 32 characters");
  }

  @Test
  void a_configured_secret_leaves_no_file() throws IOException {
    TokenSetup setup =
        TokenSetup.of(configuration("jwt.secret", "0123456789abcdef0123456789abcdef"));
    assertThat(setup.authenticator().authenticate(tokens(setup).issue("alice").token()))
        .isInstanceOf(Result.Authenticated.class);
    assertThat(data.resolve("jwt.secret")).doesNotExist();
  }

  @Test
  void issuer_and_audience_are_put_in_and_asked_for() throws IOException {
    TokenSetup with = TokenSetup.of(configuration("jwt.issuer", "me", "jwt.audience", "chat"));
    TokenSetup without = TokenSetup.of(configuration());
    String token = tokens(with).issue("alice").token();
    assertThat(with.authenticator().authenticate(token)).isInstanceOf(Result.Authenticated.class);
    assertThat(without.authenticator().authenticate(token)).isInstanceOf(Result.Rejected.class);
    assertThat(with.authenticator().authenticate(tokens(without).issue("alice").token()))
        .isInstanceOf(Result.Rejected.class);
  }

  @Test
  void a_token_in_a_log_is_no_token() throws IOException {
    Tokens.Issued issued = tokens(TokenSetup.of(configuration())).issue("alice");
    assertThat(issued.toString()).doesNotContain(issued.token()).contains("alice");
  }

  @Test
  void tokens_of_others_are_checked_with_each_public_key_of_a_file() throws Exception {
    KeyPair one = rsa();
    KeyPair two = rsa();
    Path file = pem(one, two);
    TokenSetup setup =
        TokenSetup.of(
            configuration(
                "jwt.algorithm", "RS256",
                "jwt.public_key_file", file.toString(),
                "demo_login", "false"));
    assertThat(setup.own()).isEmpty();
    for (KeyPair pair : List.of(one, two)) {
      assertThat(setup.authenticator().authenticate(signed("RS256", "SHA256withRSA", pair)))
          .isInstanceOf(Result.Authenticated.class);
    }
    assertThat(setup.authenticator().authenticate(signed("RS256", "SHA256withRSA", rsa())))
        .isInstanceOf(Result.Rejected.class);
  }

  @Test
  void elliptic_curves_work_too() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    TokenSetup setup =
        TokenSetup.of(
            configuration(
                "jwt.algorithm", "ES256",
                "jwt.public_key_file", pem(pair).toString(),
                "demo_login", "false"));
    assertThat(
            setup
                .authenticator()
                .authenticate(signed("ES256", "SHA256withECDSAinP1363Format", pair)))
        .isInstanceOf(Result.Authenticated.class);
  }

  @Test
  void a_key_file_that_cannot_be_used_is_named() throws Exception {
    Path nothing = data.resolve("nothing.pem");
    Path empty = Files.writeString(data.resolve("empty.pem"), "");
    Path broken =
        Files.writeString(
            data.resolve("broken.pem"),
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
    KeyPairGenerator weak = KeyPairGenerator.getInstance("RSA");
    weak.initialize(1024);
    for (Path file : List.of(nothing, empty, broken, pem(weak.generateKeyPair()))) {
      assertThatThrownBy(
              () ->
                  TokenSetup.of(
                      configuration(
                          "jwt.algorithm", "RS256",
                          "jwt.public_key_file", file.toString(),
                          "demo_login", "false")))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith("jwt.public_key_file is '" + file + "' (from test): expected");
    }
  }

  private static KeyPair rsa() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private Path pem(KeyPair... pairs) throws IOException {
    StringBuilder text = new StringBuilder();
    for (KeyPair pair : pairs) {
      text.append("-----BEGIN PUBLIC KEY-----\n")
          .append(Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded()))
          .append("\n-----END PUBLIC KEY-----\n");
    }
    return Files.writeString(data.resolve("keys.pem"), text);
  }

  private static String signed(String algorithm, String javaName, KeyPair pair)
      throws GeneralSecurityException {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String input =
        base64.encodeToString(("{\"alg\":\"" + algorithm + "\"}").getBytes(StandardCharsets.UTF_8))
            + "."
            + base64.encodeToString(
                "{\"sub\":\"alice\",\"exp\":9999999999}".getBytes(StandardCharsets.UTF_8));
    Signature signature = Signature.getInstance(javaName);
    signature.initSign(pair.getPrivate());
    signature.update(input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + base64.encodeToString(signature.sign());
  }
}
