package io.embedim.examples.server.http;

import io.embedim.core.ImError;
import io.embedim.examples.server.token.Tokens;
import java.sql.SQLException;

/** What the API does. */
final class ApiEndpoints {

  private final Logins logins;
  private final Health health;
  private final PublicAddress address;

  ApiEndpoints(Logins logins, Health health, PublicAddress address) {
    this.logins = logins;
    this.health = health;
    this.address = address;
  }

  record HealthResult(String status, boolean demoLogin, String login) {}

  record LoginResult(String userId, String token, String websocketUrl, long expiresAt) {}

  record RegisterResult(String userId) {}

  Record health(ApiRequest request) throws ApiException {
    if (!health.isGood()) {
      throw new ApiException(
          ImError.UNAVAILABLE, "the storage does not answer, or the server is stopping");
    }
    return new HealthResult("ok", logins instanceof Logins.Demo, logins.name());
  }

  Record login(ApiRequest request) throws ApiException, SQLException {
    Tokens.Issued issued = logins.login(request);
    return new LoginResult(
        issued.userId(), issued.token(), address.websocketUrl(request.host()), issued.expiresAt());
  }

  Record register(ApiRequest request) throws ApiException, SQLException {
    return new RegisterResult(logins.register(request));
  }
}
