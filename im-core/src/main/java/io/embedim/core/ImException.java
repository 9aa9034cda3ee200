package io.embedim.core;

import org.jspecify.annotations.Nullable;

/**
 * An operation was refused or could not be done. Its message may be shown to the user who asked: it
 * says what was wrong and what was expected, and nothing of the inside.
 */
public class ImException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ImError error;
  private final long retryAfterMillis;

  public ImException(ImError error, String message) {
    this(error, message, 0, null);
  }

  private ImException(
      ImError error, String message, long retryAfterMillis, @Nullable Throwable cause) {
    // A refusal is an everyday answer: a stack trace would cost more than the refused operation.
    super(message, cause, false, cause != null);
    this.error = error;
    this.retryAfterMillis = retryAfterMillis;
  }

  /** The user sends too fast; {@code retryAfterMillis} says when to try again. */
  public static ImException rateLimited(long retryAfterMillis) {
    return new ImException(
        ImError.RATE_LIMITED,
        "too many messages, try again in " + retryAfterMillis + " ms",
        retryAfterMillis,
        null);
  }

  /** Nothing is known to be committed; the same request with the same id may be tried again. */
  public static ImException unavailable(String message, Throwable cause) {
    return new ImException(ImError.UNAVAILABLE, message, 0, cause);
  }

  public ImError error() {
    return error;
  }

  /** When to try again, in ms; 0 when the error does not say. */
  public long retryAfterMillis() {
    return retryAfterMillis;
  }
}
