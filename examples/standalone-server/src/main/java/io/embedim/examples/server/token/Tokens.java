package io.embedim.examples.server.token;

import io.embedim.core.auth.JwtIssuer;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.hook.Authenticator.Result;
import java.time.Duration;

/**
 * Issues tokens.
 *
 * @param issuer makes them
 * @param authenticator is who will be shown them
 * @param validity how long they are good
 */
public record Tokens(JwtIssuer issuer, Authenticator authenticator, Duration validity) {

  /**
   * A token.
   *
   * @param expiresAt in ms since the epoch
   */
  public record Issued(String userId, String token, long expiresAt) {

    @Override
    public String toString() {
      return "Issued[userId=" + userId + ", expiresAt=" + expiresAt + "]";
    }
  }

  public Issued issue(String userId) {
    String token = issuer.issue(userId, validity);
    // Asking the one who will judge it tells its end exactly, and that it is any good.
    if (authenticator.authenticate(token) instanceof Result.Authenticated good) {
      return new Issued(userId, token, good.expiresAt());
    }
    throw new IllegalStateException("this server does not take its own tokens");
  }
}
