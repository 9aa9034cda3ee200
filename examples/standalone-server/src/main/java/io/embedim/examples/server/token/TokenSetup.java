package io.embedim.examples.server.token;

import static io.embedim.examples.server.config.ServerSettings.DATA_DIR;
import static io.embedim.examples.server.config.ServerSettings.JWT_ALGORITHM;
import static io.embedim.examples.server.config.ServerSettings.JWT_AUDIENCE;
import static io.embedim.examples.server.config.ServerSettings.JWT_ISSUER;
import static io.embedim.examples.server.config.ServerSettings.JWT_JWKS_URL;
import static io.embedim.examples.server.config.ServerSettings.JWT_LEEWAY;
import static io.embedim.examples.server.config.ServerSettings.JWT_PUBLIC_KEY_FILE;
import static io.embedim.examples.server.config.ServerSettings.JWT_SECRET;
import static io.embedim.examples.server.config.ServerSettings.JWT_VALIDITY;

import io.embedim.core.auth.JwtAuthenticator;
import io.embedim.core.auth.JwtIssuer;
import io.embedim.examples.server.config.Configuration;
import io.embedim.examples.server.config.ConfigurationException;
import io.embedim.examples.server.config.ServerSettings.JwtAlgorithm;
import io.embedim.spi.hook.Authenticator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/**
 * Who checks tokens, and who issues them when it is this server.
 *
 * @param authenticator checks them
 * @param own issues them; empty when somebody else does
 */
public record TokenSetup(Authenticator authenticator, Optional<Tokens> own) {

  /**
   * Makes both from the configuration; the secret is read or made.
   *
   * @throws ConfigurationException when a key cannot be read
   * @throws IOException when the generated secret cannot be kept
   */
  public static TokenSetup of(Configuration configuration) throws IOException {
    if (configuration.get(JWT_ALGORITHM) == JwtAlgorithm.HS256) {
      return ownTokens(configuration);
    }
    JwtAuthenticator.Builder checker =
        configuration.get(JWT_JWKS_URL).isEmpty()
            ? publicKeys(configuration)
            : JwtAuthenticator.jwks(URI.create(configuration.get(JWT_JWKS_URL)));
    return new TokenSetup(authenticator(checker, configuration), Optional.empty());
  }

  private static TokenSetup ownTokens(Configuration configuration) throws IOException {
    String secret = configuration.get(JWT_SECRET);
    if (secret.isEmpty()) {
      secret = new SecretFile(Path.of(configuration.get(DATA_DIR)).resolve("jwt.secret")).read();
    }
    JwtIssuer.Builder issuer = JwtIssuer.hs256(secret);
    if (!configuration.get(JWT_ISSUER).isEmpty()) {
      issuer.issuer(configuration.get(JWT_ISSUER));
    }
    if (!configuration.get(JWT_AUDIENCE).isEmpty()) {
      issuer.audience(configuration.get(JWT_AUDIENCE));
    }
    Authenticator authenticator = authenticator(JwtAuthenticator.hs256(secret), configuration);
    return new TokenSetup(
        authenticator,
        Optional.of(new Tokens(issuer.build(), authenticator, configuration.get(JWT_VALIDITY))));
  }

  private static JwtAuthenticator.Builder publicKeys(Configuration configuration) {
    Path file = Path.of(configuration.get(JWT_PUBLIC_KEY_FILE));
    try {
      return configuration.get(JWT_ALGORITHM) == JwtAlgorithm.RS256
          ? JwtAuthenticator.rs256(
              PublicKeyFile.read(file, "RSA", RSAPublicKey.class).toArray(RSAPublicKey[]::new))
          : JwtAuthenticator.es256(
              PublicKeyFile.read(file, "EC", ECPublicKey.class).toArray(ECPublicKey[]::new));
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException(
          configuration.problem(
              JWT_PUBLIC_KEY_FILE,
              "a readable PEM file of public keys for "
                  + configuration.get(JWT_ALGORITHM)
                  + " ("
                  + e.getMessage()
                  + ")"));
    }
  }

  private static Authenticator authenticator(
      JwtAuthenticator.Builder builder, Configuration configuration) {
    if (!configuration.get(JWT_ISSUER).isEmpty()) {
      builder.issuer(configuration.get(JWT_ISSUER));
    }
    if (!configuration.get(JWT_AUDIENCE).isEmpty()) {
      builder.audience(configuration.get(JWT_AUDIENCE));
    }
    return builder.leeway(configuration.get(JWT_LEEWAY)).build();
  }
}
