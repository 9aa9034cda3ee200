package io.embedim.wire;

import io.embedim.core.ImEngine;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.auth.JwtAuthenticator;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.Ids;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the engine's authenticator who holds a token, wherever in the protocol the token came. */
final class TokenCheck {

  private static final Logger LOG = LoggerFactory.getLogger(TokenCheck.class);

  private final ImEngine engine;

  TokenCheck(ImEngine engine) {
    this.engine = engine;
  }

  /**
   * Who holds the token. Blocks.
   *
   * @throws ImException with {@code unauthenticated}, {@code token_expired}, or {@code unavailable}
   *     when it cannot be told now
   */
  Authenticator.Result.Authenticated identify(String token) {
    if (token.isEmpty() || token.length() > JwtAuthenticator.MAX_TOKEN_LENGTH) {
      throw notValid();
    }
    Authenticator.Result result;
    try {
      result = engine.authenticate(token);
    } catch (RuntimeException e) {
      LOG.warn("a token cannot be checked", e);
      throw ImException.unavailable("tokens cannot be checked at the moment, try again", e);
    }
    if (result instanceof Authenticator.Result.Expired) {
      throw new ImException(ImError.TOKEN_EXPIRED, "the token has expired, log in again");
    }
    if (result instanceof Authenticator.Result.Authenticated authenticated) {
      if (Ids.isUserId(authenticated.userId())) {
        return authenticated;
      }
      LOG.warn("the authenticator gave a user id that is none; see Ids.isUserId");
    }
    throw notValid();
  }

  private static ImException notValid() {
    return new ImException(ImError.UNAUTHENTICATED, "the token is not valid, log in again");
  }
}
