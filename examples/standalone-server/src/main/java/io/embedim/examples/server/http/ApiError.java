package io.embedim.examples.server.http;

import io.embedim.core.ImError;

/**
 * A kind of refusal. Beside the engine's there are some of this server's own, whose numbers end in
 * 90 and more so that the two never meet.
 *
 * @param code HTTP status × 100 and a number
 * @param reason its stable name, in snake_case
 */
record ApiError(int code, String reason) {

  static final ApiError NOT_FOUND = new ApiError(40_490, "not_found");
  static final ApiError METHOD_NOT_ALLOWED = new ApiError(40_590, "method_not_allowed");
  static final ApiError USER_ALREADY_EXISTS = new ApiError(40_990, "user_already_exists");
  static final ApiError BODY_TOO_LARGE = new ApiError(41_390, "body_too_large");
  static final ApiError CONTENT_TYPE_NOT_JSON = new ApiError(41_590, "content_type_not_json");

  static ApiError of(ImError error) {
    return new ApiError(error.code(), error.reason());
  }

  int status() {
    return code / 100;
  }
}
