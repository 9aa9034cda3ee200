package io.embedim.examples.server.http;

import io.embedim.core.ImError;

/** A request is refused. The message goes to the client. */
final class ApiException extends Exception {

  private static final long serialVersionUID = 1L;

  private final ApiError error;
  private final long retryAfterMillis;

  ApiException(ApiError error, String message) {
    this(error, message, 0);
  }

  ApiException(ImError error, String message) {
    this(ApiError.of(error), message, 0);
  }

  private ApiException(ApiError error, String message, long retryAfterMillis) {
    // An everyday answer needs no stack trace.
    super(message, null, false, false);
    this.error = error;
    this.retryAfterMillis = retryAfterMillis;
  }

  static ApiException rateLimited(long retryAfterMillis) {
    return new ApiException(
        ApiError.of(ImError.RATE_LIMITED),
        "too many attempts, try again in " + retryAfterMillis + " ms",
        retryAfterMillis);
  }

  ApiError error() {
    return error;
  }

  /** 0 when it does not matter. */
  long retryAfterMillis() {
    return retryAfterMillis;
  }
}
