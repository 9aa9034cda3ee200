package io.embedim.spi.hook;

/**
 * Tells who holds a token. Safe for use by many threads; calls overlap; may block (to fetch keys),
 * and is then called on the engine's executor only.
 */
@FunctionalInterface
public interface Authenticator {

  /**
   * Checks a token, which comes straight from an unknown client.
   *
   * @throws RuntimeException when it cannot be told now, because something that is needed for it is
   *     down; the client is then told {@code unavailable}, and not that its token is bad
   */
  Result authenticate(String token);

  /** Who it is, or why not. */
  sealed interface Result {

    /**
     * The token is good.
     *
     * @param userId the user, a valid user id
     * @param expiresAt when the session ends unless a fresh token came, in ms since the epoch;
     *     {@link Long#MAX_VALUE} for never
     */
    record Authenticated(String userId, long expiresAt) implements Result {}

    /** The token was good once. */
    record Expired() implements Result {}

    /**
     * The token is not good.
     *
     * @param detail for the log, never for the client, and without the token
     */
    record Rejected(String detail) implements Result {}
  }
}
