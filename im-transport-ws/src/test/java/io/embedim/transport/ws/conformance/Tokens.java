package io.embedim.transport.ws.conformance;

import io.embedim.spi.hook.Authenticator;

/** Tokens that say themselves what is to become of them. */
final class Tokens {

  static final String BAD = "bad~token";
  static final String EXPIRED = "expired~token";

  /** Nobody can tell now whether it is good. */
  static final String UNDECIDED = "undecided~token";

  private Tokens() {}

  /** A good one until a time in ms since the epoch. */
  static String until(String user, long expiresAt) {
    return user + "~" + expiresAt;
  }

  static Authenticator.Result check(String token) {
    return switch (token) {
      case BAD -> new Authenticator.Result.Rejected("a test says so");
      case EXPIRED -> new Authenticator.Result.Expired();
      case UNDECIDED -> throw new IllegalStateException("the keys cannot be fetched");
      default -> {
        String[] parts = token.split("~", 2);
        yield new Authenticator.Result.Authenticated(
            parts[0], parts.length == 1 ? Long.MAX_VALUE : Long.parseLong(parts[1]));
      }
    };
  }
}
