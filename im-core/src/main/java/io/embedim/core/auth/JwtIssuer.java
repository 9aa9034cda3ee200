package io.embedim.core.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.embedim.spi.model.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * Issues tokens that {@link JwtAuthenticator#hs256} takes, for the login of a host application that
 * has no tokens of its own. Immutable and safe for use by many threads.
 */
public final class JwtIssuer {

  /** How long a token is good when nothing else is said. */
  public static final Duration DEFAULT_VALIDITY = Duration.ofHours(24);

  private static final Duration MAX_VALIDITY = Duration.ofDays(3650);

  private final MACSigner signer;
  private final JWSHeader header;
  private final @Nullable String issuer;
  private final @Nullable String audience;
  private final Clock clock;

  private JwtIssuer(Builder builder) {
    this.signer = builder.signer;
    this.header =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .type(JOSEObjectType.JWT)
            .keyID(builder.keyId)
            .build();
    this.issuer = builder.issuer;
    this.audience = builder.audience;
    this.clock = builder.clock;
  }

  /**
   * Signs with this secret.
   *
   * @param secret at least 32 bytes, copied
   * @throws IllegalArgumentException when it is shorter
   */
  public static Builder hs256(byte[] secret) {
    return new Builder(secret.clone());
  }

  /**
   * Signs with this secret.
   *
   * @param secret at least 32 bytes in UTF-8
   * @throws IllegalArgumentException when it is shorter
   */
  public static Builder hs256(String secret) {
    return new Builder(secret.getBytes(StandardCharsets.UTF_8));
  }

  /** Issues a token for {@link #DEFAULT_VALIDITY}. */
  public String issue(String userId) {
    return issue(userId, DEFAULT_VALIDITY);
  }

  /**
   * Issues a token.
   *
   * @param userId who will be taken for its holder
   * @param validity how long it is good, 1 ms to 3,650 days; tokens count in seconds, so the last
   *     one is filled up
   * @throws IllegalArgumentException when the user id is not valid or the validity out of range
   */
  public String issue(String userId, Duration validity) {
    if (!Ids.isUserId(userId)) {
      throw new IllegalArgumentException(
          "not a user id; expected 1 to 64 characters of A-Za-z0-9_.@-, not system or group");
    }
    if (validity.toMillis() < 1 || validity.compareTo(MAX_VALIDITY) > 0) {
      throw new IllegalArgumentException(
          "validity is " + validity + ", expected PT0.001S to " + MAX_VALIDITY);
    }
    Instant now = clock.instant();
    Instant end = now.plus(validity).plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
    SignedJWT token =
        new SignedJWT(
            header,
            new JWTClaimsSet.Builder()
                .subject(userId)
                .issuer(issuer)
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(end))
                .build());
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("this JVM cannot sign with HMAC-SHA-256", e);
    }
    return token.serialize();
  }

  /** What the tokens say beside the user. */
  public static final class Builder {

    private final MACSigner signer;
    private @Nullable String keyId;
    private @Nullable String issuer;
    private @Nullable String audience;
    private Clock clock = Clock.systemUTC();

    private Builder(byte[] secret) {
      VerificationKey.requireLongEnough(secret);
      try {
        this.signer = new MACSigner(secret);
      } catch (JOSEException e) {
        throw new IllegalArgumentException("the HS256 secret cannot be used", e);
      }
    }

    /** Names the secret in the tokens ({@code kid}), so that it can be rotated later. */
    public Builder keyId(String keyId) {
      this.keyId = keyId;
      return this;
    }

    /** Sets {@code iss}. */
    public Builder issuer(String issuer) {
      this.issuer = issuer;
      return this;
    }

    /** Sets {@code aud}. */
    public Builder audience(String audience) {
      this.audience = audience;
      return this;
    }

    /** What validity is counted from; the system's clock by default. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    public JwtIssuer build() {
      return new JwtIssuer(this);
    }
  }
}
