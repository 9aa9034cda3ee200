package io.embedim.examples.server.http;

import io.embedim.core.ImError;
import io.embedim.examples.server.account.Accounts;
import io.embedim.examples.server.account.Accounts.Outcome;
import io.embedim.examples.server.token.Tokens;
import io.embedim.spi.model.Ids;
import java.sql.SQLException;

/** How users log in to this server. */
public sealed interface Logins {

  /** What the API calls this way. */
  String name();

  /** Finds out who asks and issues a token. */
  Tokens.Issued login(ApiRequest request) throws ApiException, SQLException;

  /** Makes an account and answers its user id. */
  String register(ApiRequest request) throws ApiException, SQLException;

  /** Everybody is believed. */
  record Demo(Tokens tokens) implements Logins {

    @Override
    public String name() {
      return "demo";
    }

    @Override
    public Tokens.Issued login(ApiRequest request) throws ApiException {
      String userId = request.text("user_id");
      if (!Ids.isUserId(userId)) {
        throw badUserId("user_id");
      }
      return tokens.issue(userId);
    }

    @Override
    public String register(ApiRequest request) throws ApiException {
      throw new ApiException(
          ApiError.NOT_FOUND,
          "there are no accounts while demo_login is on; log in with a user_id");
    }
  }

  /** Users have registered and know their passwords. */
  record WithPassword(Tokens tokens, Accounts accounts) implements Logins {

    @Override
    public String name() {
      return "password";
    }

    @Override
    public Tokens.Issued login(ApiRequest request) throws ApiException, SQLException {
      return tokens.issue(
          userId(
              accounts.login(
                  request.text("username"), request.text("password"), request.clientAddress())));
    }

    @Override
    public String register(ApiRequest request) throws ApiException, SQLException {
      return userId(
          accounts.register(
              request.text("username"), request.text("password"), request.clientAddress()));
    }

    private static String userId(Outcome outcome) throws ApiException {
      if (outcome instanceof Outcome.Welcome welcome) {
        return welcome.userId();
      }
      if (outcome instanceof Outcome.TooMany tooMany) {
        throw ApiException.rateLimited(tooMany.retryAfterMillis());
      }
      if (outcome instanceof Outcome.Taken) {
        throw new ApiException(ApiError.USER_ALREADY_EXISTS, "somebody has this username already");
      }
      if (outcome instanceof Outcome.BadUsername) {
        throw badUserId("username");
      }
      if (outcome instanceof Outcome.BadPassword) {
        throw new ApiException(
            ImError.INVALID_ARGUMENT,
            "the password must have at least 8 characters, at most 72 bytes of UTF-8, and no NUL");
      }
      throw new ApiException(
          ImError.UNAUTHENTICATED, "there is no such user, or the password is another one");
    }
  }

  /** Somebody else issues tokens. */
  record Elsewhere() implements Logins {

    @Override
    public String name() {
      return "elsewhere";
    }

    @Override
    public Tokens.Issued login(ApiRequest request) throws ApiException {
      throw nothingHere();
    }

    @Override
    public String register(ApiRequest request) throws ApiException {
      throw nothingHere();
    }

    private static ApiException nothingHere() {
      return new ApiException(
          ApiError.NOT_FOUND, "this server takes tokens of another issuer; log in there");
    }
  }

  private static ApiException badUserId(String field) {
    return new ApiException(
        ImError.INVALID_ARGUMENT,
        field + " must be 1 to 64 characters of A-Za-z0-9_.@- and neither system nor group");
  }
}
