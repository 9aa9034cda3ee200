package io.embedim.transport.ws;

import io.embedim.core.ImEngine;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.session.CloseReason;
import io.embedim.spi.hook.Authenticator;
import io.embedim.wire.ConnectionOptions;
import io.embedim.wire.WireError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides on clients that want to upgrade: where they come from, and the token if they brought one.
 */
final class Admissions {

  private static final int POLICY_VIOLATION = 1008;
  private static final int INTERNAL_ERROR = 1011;
  private static final String BEARER = "bearer";
  private static final int MAX_TOKEN_CHARS = 16_384;

  private final ImEngine engine;
  private final AllowedOrigins origins;

  Admissions(ImEngine engine, AllowedOrigins origins) {
    this.engine = engine;
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
      return new Admission.Granted(token == null ? options : options.withIdentity(identify(token)));
    } catch (RuntimeException e) {
      WireError error = WireError.of(e);
      return new Admission.Denied(error.error().httpStatus(), closeCode(error.error()), error);
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

  private Authenticator.Result.Authenticated identify(String token) {
    Authenticator.Result result =
        token.isEmpty() || token.length() > MAX_TOKEN_CHARS
            ? new Authenticator.Result.Rejected("empty or too long")
            : engine.authenticate(token);
    if (result instanceof Authenticator.Result.Authenticated authenticated) {
      return authenticated;
    }
    if (result instanceof Authenticator.Result.Expired) {
      throw new ImException(ImError.TOKEN_EXPIRED, "the token has expired, log in again");
    }
    throw new ImException(ImError.UNAUTHENTICATED, "the token is not valid, log in again");
  }

  private static int closeCode(ImError error) {
    return switch (error.httpStatus()) {
      case 400 -> CloseReason.PROTOCOL_ABUSE.code();
      case 401 -> CloseReason.UNAUTHENTICATED.code();
      case 503 -> CloseReason.DRAINING.code();
      default -> INTERNAL_ERROR;
    };
  }
}
