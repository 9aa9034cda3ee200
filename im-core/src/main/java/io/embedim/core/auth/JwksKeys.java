package io.embedim.core.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.embedim.core.ImException;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of a key set (RFC 7517) that its owner may rotate at any time.
 *
 * <p>The set is fetched when it is first needed, again when it is no longer {@link #FRESH}, and
 * when a token names a key that is not in it; but never more often than the two intervals below
 * say, or anyone could make this server hammer the owner's with invented key ids. While it cannot
 * be fetched, the last one stays in use as long as it is {@link #USABLE}.
 */
final class JwksKeys implements VerificationKeys {

  private static final Logger log = LoggerFactory.getLogger(JwksKeys.class);

  /** For how long a fetched set is used without asking again. */
  static final Duration FRESH = Duration.ofMinutes(5);

  /**
   * For how long it is used at most when asking again fails; also how long a stolen key may live.
   */
  static final Duration USABLE = Duration.ofHours(1);

  /** The least time from a fetch that succeeded to the next one. */
  static final Duration INTERVAL = Duration.ofSeconds(30);

  /** The least time from a fetch that failed to the next one. */
  static final Duration RETRY_INTERVAL = Duration.ofSeconds(5);

  private final JwksFetch fetch;
  private final Clock clock;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile State state = new State(null, 0, null, Long.MIN_VALUE);

  JwksKeys(JwksFetch fetch, Clock clock) {
    this.fetch = fetch;
    this.clock = clock;
  }

  /**
   * @param keys the last set that was fetched; null before the first
   * @param fetchedAt when it was asked for, in ms since the epoch
   * @param failure why the last attempt to fetch failed; null when it did not
   * @param attemptedAt when that attempt began, in ms since the epoch
   */
  private record State(
      @Nullable List<VerificationKey> keys,
      long fetchedAt,
      @Nullable Exception failure,
      long attemptedAt) {

    boolean youngerThan(Duration age, long now) {
      // A clock that was set back makes the set old, not eternally young.
      return keys != null && now >= fetchedAt && now - fetchedAt < age.toMillis();
    }

    boolean mayAttempt(long now) {
      if (attemptedAt == Long.MIN_VALUE || now < attemptedAt) {
        return true;
      }
      return now - attemptedAt >= (failure == null ? INTERVAL : RETRY_INTERVAL).toMillis();
    }

    List<VerificationKey> matching(@Nullable String keyId) {
      return keys == null
          ? List.of()
          : keys.stream().filter(key -> key.mayHaveSigned(keyId)).toList();
    }
  }

  @Override
  public List<VerificationKey> candidates(@Nullable String keyId) {
    State current = state;
    List<VerificationKey> found = current.matching(keyId);
    long now = clock.millis();
    if (!found.isEmpty() && current.youngerThan(FRESH, now)) {
      return found;
    }
    if (!found.isEmpty() && current.youngerThan(USABLE, now) && fetching.isLocked()) {
      // Someone else is fetching; this token need not wait for it.
      return found;
    }
    current = refreshed(current);
    if (!current.youngerThan(USABLE, clock.millis())) {
      throw unavailable(current);
    }
    found = current.matching(keyId);
    if (found.isEmpty() && current.failure() != null) {
      // The key may be a new one that could not be fetched: no reason to call the token bad.
      throw unavailable(current);
    }
    return found;
  }

  /** One thread fetches; those that need what it brings wait for it. */
  private State refreshed(State seen) {
    fetching.lock();
    try {
      State current = state;
      long now = clock.millis();
      if (!current.equals(seen) || !current.mayAttempt(now)) {
        return current;
      }
      try {
        List<VerificationKey> keys = parse(fetch.fetch());
        current = new State(keys, now, null, now);
        log.debug("Fetched {} usable keys from {}", keys.size(), fetch.describe());
      } catch (IOException | ParseException e) {
        log.warn(
            "Cannot fetch the keys from {}: {}; {}",
            fetch.describe(),
            e.getMessage(),
            current.youngerThan(USABLE, now)
                ? "the last ones stay in use for now"
                : "tokens cannot be checked");
        current = new State(current.keys(), current.fetchedAt(), e, now);
      }
      state = current;
      return current;
    } finally {
      fetching.unlock();
    }
  }

  private static List<VerificationKey> parse(String json) throws ParseException {
    List<VerificationKey> keys = new ArrayList<>();
    JWKSet set;
    try {
      set = JWKSet.parse(json);
    } catch (RuntimeException e) {
      // The parser meets a body that is JSON but no object with unchecked exceptions.
      throw new ParseException("not a key set", 0);
    }
    for (JWK jwk : set.getKeys()) {
      VerificationKey key = verificationKey(jwk);
      if (key != null) {
        keys.add(key);
      }
    }
    return List.copyOf(keys);
  }

  /** Null for a key that is not there to check RS256 or ES256 signatures, whatever else it does. */
  private static @Nullable VerificationKey verificationKey(JWK jwk) {
    if (jwk.getKeyUse() != null && !jwk.getKeyUse().equals(KeyUse.SIGNATURE)) {
      return null;
    }
    try {
      if (jwk instanceof RSAKey rsa && meantFor(JWSAlgorithm.RS256, jwk)) {
        return VerificationKey.rs256(jwk.getKeyID(), rsa.toRSAPublicKey());
      }
      if (jwk instanceof ECKey ec && meantFor(JWSAlgorithm.ES256, jwk)) {
        return VerificationKey.es256(jwk.getKeyID(), ec.toECPublicKey());
      }
      return null;
    } catch (IllegalArgumentException | JOSEException e) {
      log.warn("A key of the key set is not used: {}", e.getMessage());
      return null;
    }
  }

  private static boolean meantFor(JWSAlgorithm algorithm, JWK jwk) {
    return jwk.getAlgorithm() == null || jwk.getAlgorithm().equals(algorithm);
  }

  private static ImException unavailable(State state) {
    Exception cause = state.failure();
    return ImException.unavailable(
        "the keys to check tokens with cannot be fetched now, try again later",
        cause == null ? new IOException("the key set is too old") : cause);
  }
}
