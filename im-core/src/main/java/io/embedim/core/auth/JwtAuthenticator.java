package io.embedim.core.auth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import io.embedim.core.ImException;
import io.embedim.spi.hook.Authenticator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes signed JSON Web Tokens (RFC 7519) for who their {@code sub} says.
 *
 * <p>A token needs {@code sub}, a valid user id, and {@code exp}. The algorithm is pinned by the
 * key: a token that says another one, {@code none} included, is rejected, and so are encrypted and
 * nested tokens, critical extensions ({@code crit}), and anything longer than {@link
 * #MAX_TOKEN_LENGTH}. Keys inside a token or named by it ({@code jwk}, {@code jku}, {@code x5c},
 * {@code x5u}) are never used. A token with {@code aud} is rejected unless an {@linkplain
 * Builder#audience audience} is configured.
 *
 * <p>A key with an id checks tokens that name this id ({@code kid}) or none; a key without an id is
 * tried on every token. So that keys can be rotated, every kind of key can be given several times.
 *
 * <p>Nothing of a token is ever logged or put into a message. Immutable and safe for use by many
 * threads; only with {@link #jwks} it may block, for at most five seconds.
 */
public final class JwtAuthenticator implements Authenticator {

  /** The longest token that is looked at, in characters. */
  public static final int MAX_TOKEN_LENGTH = 8 * 1024;

  private static final Duration FETCH_DEADLINE = Duration.ofSeconds(5);
  private static final int MAX_KEY_SET_BYTES = 256 * 1024;

  private static final Pattern COMPACT_JWS =
      Pattern.compile("[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++");

  /** What {@code typ} may say: nothing, a JWT, or an access token of RFC 9068. */
  private static final List<String> TYPES = List.of("JWT", "at+jwt", "application/at+jwt");

  private final VerificationKeys keys;
  private final ClaimsCheck claims;

  private JwtAuthenticator(VerificationKeys keys, ClaimsCheck claims) {
    this.keys = keys;
    this.claims = claims;
  }

  /**
   * Takes tokens that were signed with this secret.
   *
   * @param secret at least 32 bytes, copied
   * @throws IllegalArgumentException when it is shorter
   */
  public static Builder hs256(byte[] secret) {
    return fixed(List.of(VerificationKey.hs256(null, secret)));
  }

  /**
   * Takes tokens that were signed with this secret.
   *
   * @param secret at least 32 bytes in UTF-8
   * @throws IllegalArgumentException when it is shorter
   */
  public static Builder hs256(String secret) {
    return hs256(secret.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Takes tokens that were signed with one of these secrets.
   *
   * @param secrets by key id; each has at least 32 bytes and is copied
   * @throws IllegalArgumentException when there is none, or one is shorter
   */
  public static Builder hs256(Map<String, byte[]> secrets) {
    return fixed(withIds(secrets, VerificationKey::hs256));
  }

  /**
   * Takes tokens that were signed with the private half of one of these keys.
   *
   * @throws IllegalArgumentException when there is none, or one has less than 2,048 bits
   */
  public static Builder rs256(RSAPublicKey... keys) {
    return fixed(withoutIds(keys, key -> VerificationKey.rs256(null, key)));
  }

  /** The same, by key id. */
  public static Builder rs256(Map<String, RSAPublicKey> keys) {
    return fixed(withIds(keys, VerificationKey::rs256));
  }

  /**
   * Takes tokens that were signed with the private half of one of these keys.
   *
   * @throws IllegalArgumentException when there is none, or one is not on the curve P-256
   */
  public static Builder es256(ECPublicKey... keys) {
    return fixed(withoutIds(keys, key -> VerificationKey.es256(null, key)));
  }

  /** The same, by key id. */
  public static Builder es256(Map<String, ECPublicKey> keys) {
    return fixed(withIds(keys, VerificationKey::es256));
  }

  /**
   * Takes tokens that were signed with RS256 or ES256 and a key of the key set at this address.
   * Keys for encryption, for other algorithms, too short ones and secrets in it are passed over.
   *
   * <p>The set is fetched when the first token comes (without redirects, within 5 s, at most 256
   * KiB), again after 5 minutes, and when a token names a key that is not in it, then at most every
   * 30 s. When it cannot be fetched, the last one is used for up to an hour; {@link #authenticate}
   * throws {@code unavailable} when there is none, or when a token names a key that is not in it.
   *
   * @throws IllegalArgumentException when the address is not one of https or http
   */
  public static Builder jwks(URI address) {
    JwksFetch fetch = new JwksFetch(address, FETCH_DEADLINE, MAX_KEY_SET_BYTES);
    return new Builder(clock -> new JwksKeys(fetch, clock));
  }

  private static Builder fixed(List<VerificationKey> keys) {
    VerificationKeys fixed = VerificationKeys.fixed(keys);
    return new Builder(clock -> fixed);
  }

  private static <K> List<VerificationKey> withoutIds(K[] keys, Function<K, VerificationKey> make) {
    return Arrays.stream(keys).map(make).toList();
  }

  private static <K> List<VerificationKey> withIds(
      Map<String, K> keys, BiFunction<String, K, VerificationKey> make) {
    return keys.entrySet().stream().map(key -> make.apply(key.getKey(), key.getValue())).toList();
  }

  /**
   * Checks a token.
   *
   * @throws ImException with {@code unavailable} when the keys cannot be fetched, so that it cannot
   *     be told whether the token is good
   */
  @Override
  public Result authenticate(String token) {
    if (token.length() > MAX_TOKEN_LENGTH) {
      return new Result.Rejected("longer than " + MAX_TOKEN_LENGTH + " characters");
    }
    JWSObject parsed = parsed(token);
    if (parsed == null) {
      return new Result.Rejected("not a signed JWT");
    }
    String refusal = refusal(parsed.getHeader());
    if (refusal != null) {
      return new Result.Rejected(refusal);
    }
    List<VerificationKey> candidates = keys.candidates(parsed.getHeader().getKeyID());
    if (candidates.isEmpty()) {
      return new Result.Rejected("kid names no known key");
    }
    if (candidates.stream().noneMatch(key -> key.signed(parsed))) {
      return new Result.Rejected("not signed by a known key with its algorithm");
    }
    Map<String, @Nullable Object> payload = parsed.getPayload().toJSONObject();
    return payload == null ? new Result.Rejected("no claims inside") : claims.judge(payload);
  }

  /**
   * Null for whatever is not three parts in base64url with a JWS header; an encrypted one has 5.
   */
  private static @Nullable JWSObject parsed(String token) {
    if (!COMPACT_JWS.matcher(token).matches()) {
      return null;
    }
    try {
      return JWSObject.parse(token);
    } catch (ParseException | RuntimeException e) {
      // The parser meets hostile input with unchecked exceptions too, and its words quote the
      // token.
      return null;
    }
  }

  private static @Nullable String refusal(JWSHeader header) {
    if (header.getCriticalParams() != null) {
      return "crit asks for an extension";
    }
    if (!header.isBase64URLEncodePayload()) {
      return "b64 asks for an extension";
    }
    if (header.getContentType() != null) {
      return "cty announces something else than claims";
    }
    JOSEObjectType type = header.getType();
    if (type != null && TYPES.stream().noneMatch(type.getType()::equalsIgnoreCase)) {
      return "typ is not JWT";
    }
    return null;
  }

  /** What else must hold for a token. */
  public static final class Builder {

    private final Function<Clock, VerificationKeys> keys;
    private @Nullable String issuer;
    private @Nullable String audience;
    private Clock clock = Clock.systemUTC();
    private Duration leeway = Duration.ZERO;

    private Builder(Function<Clock, VerificationKeys> keys) {
      this.keys = keys;
    }

    /** Takes only tokens with this {@code iss}; any, or none, when it is not called. */
    public Builder issuer(String issuer) {
      this.issuer = requireText("issuer", issuer);
      return this;
    }

    /** Takes only tokens whose {@code aud} contains this; only those without, when not called. */
    public Builder audience(String audience) {
      this.audience = requireText("audience", audience);
      return this;
    }

    /** What {@code exp} and {@code nbf} are judged by; the system's clock by default. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /**
     * How far the issuer's clock may be off: {@code exp} counts as later by this, {@code nbf} as
     * earlier.
     *
     * @param leeway 0, the default, to 10 minutes
     */
    public Builder leeway(Duration leeway) {
      if (leeway.isNegative() || leeway.compareTo(Duration.ofMinutes(10)) > 0) {
        throw new IllegalArgumentException("leeway is " + leeway + ", expected PT0S to PT10M");
      }
      this.leeway = leeway;
      return this;
    }

    public JwtAuthenticator build() {
      return new JwtAuthenticator(
          keys.apply(clock), new ClaimsCheck(issuer, audience, clock, leeway));
    }

    private static String requireText(String name, String value) {
      if (value.isBlank()) {
        throw new IllegalArgumentException(name + " is blank, expected a name");
      }
      return value;
    }
  }
}
