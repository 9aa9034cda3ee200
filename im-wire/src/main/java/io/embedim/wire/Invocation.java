package io.embedim.wire;

import io.embedim.core.Caller;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for an operation.
 *
 * @param caller on whose behalf
 * @param session the live session that asked; null for a transport without sessions
 */
public record Invocation(Caller caller, @Nullable Session session) {

  String userId() {
    return caller.userId();
  }

  /** The caller with the session that asked, which need not be told what it is answered. */
  Caller origin() {
    return session == null ? caller : new Caller(userId(), session.info().sessionId());
  }

  /**
   * The live session.
   *
   * @throws ImException with {@code invalid_argument} when there is none
   */
  Session requiredSession() {
    if (session == null) {
      throw new ImException(
          ImError.INVALID_ARGUMENT, "this needs a live session, send it as a REQUEST frame");
    }
    return session;
  }
}
