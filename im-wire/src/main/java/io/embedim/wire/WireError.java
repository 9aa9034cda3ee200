package io.embedim.wire;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.session.CloseReason;
import io.embedim.spi.store.StoreException;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An error as a client sees it.
 *
 * @param error what it is
 * @param message for people
 * @param retryAfterMillis when to try again, in ms; 0 when that is not said
 * @param correlationId finds the log entry of an {@code internal} error; null for others
 */
public record WireError(
    ImError error, String message, long retryAfterMillis, @Nullable String correlationId) {

  /** A connection that could not be opened for a passing reason. */
  static final int TRY_AGAIN_LATER = 1013;

  private static final int INTERNAL_ERROR = 1011;

  private static final Logger LOG = LoggerFactory.getLogger(WireError.class);

  /** An error that says all in its message. */
  public static WireError of(ImError error, String message) {
    return new WireError(error, message, 0, null);
  }

  /**
   * What to tell the client about a failure. What it may not know is logged under an id that it is
   * told instead.
   */
  public static WireError of(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof ImException e) {
      return new WireError(e.error(), String.valueOf(e.getMessage()), e.retryAfterMillis(), null);
    }
    String id = UUID.randomUUID().toString();
    if (cause instanceof StoreException) {
      LOG.error("the store failed, correlation id {}", id, cause);
      return new WireError(
          ImError.UNAVAILABLE, "not known to be done, try again with the same id", 0, id);
    }
    LOG.error("an operation failed, correlation id {}", id, cause);
    return new WireError(ImError.INTERNAL, "the server could not do this", 0, id);
  }

  /** With what to close a connection that cannot be opened because of this. */
  public int closeCode() {
    return switch (error.httpStatus()) {
      case 400 -> CloseReason.PROTOCOL_ABUSE.code();
      case 401 -> CloseReason.UNAUTHENTICATED.code();
      case 503 -> TRY_AGAIN_LATER;
      default -> INTERNAL_ERROR;
    };
  }

  /** The client was heard too often. */
  static WireError tooManyFrames(long retryAfterMillis) {
    return new WireError(
        ImError.RATE_LIMITED,
        "too many frames, try again in " + retryAfterMillis + " ms",
        retryAfterMillis,
        null);
  }
}
