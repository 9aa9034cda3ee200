package io.embedim.transport.ws;

import io.embedim.core.ImError;
import io.embedim.wire.ConnectionOptions;
import io.embedim.wire.WireError;

/** Whether a client may connect. */
sealed interface Admission {

  /** It may. */
  record Granted(ConnectionOptions options) implements Admission {}

  /**
   * It may not.
   *
   * @param status the HTTP status, where the container lets us say it
   * @param closeCode what to close with where it does not
   */
  record Denied(int status, int closeCode, WireError error) implements Admission {

    /** The answer's body, as the HTTP API words its errors. */
    String json() {
      ImError what = error.error();
      // Our own words, none of which needs escaping.
      return "{\"code\":"
          + what.code()
          + ",\"error\":\""
          + what.reason()
          + "\",\"message\":\""
          + error.message().replace('"', '\'')
          + "\"}";
    }
  }
}
