package io.embedim.core;

import org.jspecify.annotations.Nullable;

/**
 * On whose behalf an operation is done.
 *
 * @param userId the authenticated user
 * @param sessionId the session whose own frame asked for it, and that gets the answer instead of
 *     the frame that everybody else gets; null for a request, an HTTP call and the host's own code
 */
public record Caller(String userId, @Nullable String sessionId) {

  /** The user, not as one of her sessions. */
  public static Caller user(String userId) {
    return new Caller(userId, null);
  }
}
