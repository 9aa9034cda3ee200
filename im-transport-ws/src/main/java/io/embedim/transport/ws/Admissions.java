package io.embedim.transport.ws;

import io.embedim.core.ImError;
import io.embedim.wire.ConnectionOptions;
import io.embedim.wire.WireError;
import io.embedim.wire.WireProtocol;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides on clients that want to upgrade: where they come from, and the token if they brought one.
 */
final class Admissions {

  private static final int POLICY_VIOLATION = 1008;
  private static final String BEARER = "bearer";

  private final WireProtocol protocol;
  private final AllowedOrigins origins;

  Admissions(WireProtocol protocol, AllowedOrigins origins) {
    this.protocol = protocol;
    this.origins = origins;
  }

  /**
   * What a client's request says that matters here.
   *
   * @param query decoded
   */
  record Request(
      @Nullable String origin,
      @Nullable String host,
      @Nullable String authorization,
      Map<String, List<String>> query) {}

  /** Decides; blocks while a token is checked. */
  Admission decide(Request request) {
    if (!origins.allow(request.origin(), request.host())) {
      return new Admission.Denied(
          403,
          POLICY_VIOLATION,
          WireError.of(ImError.REJECTED_BY_HOST, "pages of this origin may not connect"));
    }
    try {
      ConnectionOptions options = ConnectionOptions.ofQuery(request.query());
      String token = token(request);
      return new Admission.Granted(
          token == null ? options : options.withIdentity(protocol.identify(token)));
    } catch (RuntimeException e) {
      WireError error = WireError.of(e);
      return new Admission.Denied(error.error().httpStatus(), error.closeCode(), error);
    }
  }

  private static @Nullable String token(Request request) {
    String authorization = request.authorization();
    if (authorization != null) {
      String[] parts = authorization.trim().split(" +", 2);
      // Another scheme, such as Basic, is for a proxy in front of us.
      if (parts[0].equalsIgnoreCase(BEARER)) {
        return parts.length == 1 ? "" : parts[1];
      }
    }
    List<String> tokens = request.query().get("token");
    return tokens == null || tokens.isEmpty() ? null : tokens.get(0);
  }
}
