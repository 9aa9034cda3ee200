package io.embedim.core.auth;

import io.embedim.spi.hook.Authenticator.Result;
import io.embedim.spi.model.Ids;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges the claims of a token whose signature is good. A claim of the wrong type is never
 * converted.
 *
 * @param issuer what {@code iss} must be; null to take any
 * @param audience what {@code aud} must contain; null to take only tokens without one
 * @param leeway how much later than {@code exp}, or earlier than {@code nbf}, a token still counts
 */
record ClaimsCheck(
    @Nullable String issuer, @Nullable String audience, Clock clock, Duration leeway) {

  /** The last second of the year 9999: beyond it a number is a mistake, not a time. */
  private static final double LAST_SECOND = 253_402_300_799d;

  Result judge(Map<String, @Nullable Object> claims) {
    if (!(claims.get("sub") instanceof String userId) || !Ids.isUserId(userId)) {
      return new Result.Rejected("sub is not a user id");
    }
    if (issuer != null && !issuer.equals(claims.get("iss"))) {
      return new Result.Rejected("iss is not " + issuer);
    }
    if (!isForUs(claims.get("aud"))) {
      return new Result.Rejected(
          audience == null
              ? "aud names an audience, and none is configured here"
              : "aud does not contain " + audience);
    }
    if (!(claims.get("exp") instanceof Number exp) || !isTime(exp)) {
      return new Result.Rejected("exp is not there, or not a time");
    }
    long now = clock.millis();
    Object notBefore = claims.get("nbf");
    if (notBefore != null) {
      if (!(notBefore instanceof Number nbf) || !isTime(nbf)) {
        return new Result.Rejected("nbf is not a time");
      }
      if (now < millis(nbf) - leeway.toMillis()) {
        return new Result.Rejected("nbf is in the future");
      }
    }
    long expiresAt = millis(exp) + leeway.toMillis();
    return now < expiresAt ? new Result.Authenticated(userId, expiresAt) : new Result.Expired();
  }

  /** RFC 7519, section 4.1.3: a token with an audience is only for those it names. */
  private boolean isForUs(@Nullable Object claim) {
    if (claim == null) {
      return audience == null;
    }
    if (audience == null) {
      return false;
    }
    return claim instanceof List<?> several ? several.contains(audience) : audience.equals(claim);
  }

  private static boolean isTime(Number seconds) {
    double value = seconds.doubleValue();
    return value >= 0 && value <= LAST_SECOND;
  }

  private static long millis(Number seconds) {
    return (long) (seconds.doubleValue() * 1000);
  }
}
