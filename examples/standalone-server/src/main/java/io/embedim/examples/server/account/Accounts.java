package io.embedim.examples.server.account;

import io.embedim.spi.hook.UserDirectory;
import io.embedim.spi.model.Ids;
import io.embedim.spi.store.StoreException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.Set;

/**
 * Registers users and tells whether a password is theirs. The engine's users are those who have
 * registered. Safe for use by many threads; blocks, for the database and for about 60 ms of
 * computing.
 */
public final class Accounts implements UserDirectory {

  private final AccountTable table;
  private final Passwords passwords = new Passwords();
  private final AttemptLimiter loginsOfUser;
  private final AttemptLimiter loginsFromAddress;
  private final AttemptLimiter registrations;
  private final Clock clock;

  /** How a registration or a login ended. */
  public sealed interface Outcome {
    /** It is done, or it is them. */
    record Welcome(String userId) implements Outcome {}

    /** The username is not a valid user id. */
    record BadUsername() implements Outcome {}

    /** The password is too short, too long, or has a NUL in it. */
    record BadPassword() implements Outcome {}

    /** Somebody else has this username. */
    record Taken() implements Outcome {}

    /** There is no such user, or it has another password; nobody is told which. */
    record Wrong() implements Outcome {}

    /** There were too many attempts. */
    record TooMany(long retryAfterMillis) implements Outcome {}
  }

  public Accounts(
      AccountTable table,
      int loginsPerMinute,
      int loginsPerMinuteAndAddress,
      int registrationsPerMinute,
      Clock clock) {
    this.table = table;
    this.loginsOfUser = new AttemptLimiter(loginsPerMinute, clock);
    this.loginsFromAddress = new AttemptLimiter(loginsPerMinuteAndAddress, clock);
    this.registrations = new AttemptLimiter(registrationsPerMinute, clock);
    this.clock = clock;
  }

  /**
   * Makes an account.
   *
   * @param clientAddress whose attempts are counted together
   */
  public Outcome register(String username, String password, String clientAddress)
      throws SQLException {
    if (!Ids.isUserId(username)) {
      return new Outcome.BadUsername();
    }
    if (!passwords.isAllowed(password)) {
      return new Outcome.BadPassword();
    }
    long wait = registrations.attempt(clientAddress);
    if (wait > 0) {
      return new Outcome.TooMany(wait);
    }
    return table.insert(username, passwords.hash(password), clock.millis())
        ? new Outcome.Welcome(username)
        : new Outcome.Taken();
  }

  /**
   * Tells whether this is the user's password.
   *
   * @param clientAddress whose attempts are counted together, whoever they are for
   */
  public Outcome login(String username, String password, String clientAddress) throws SQLException {
    if (!Ids.isUserId(username) || !passwords.isAllowed(password)) {
      return new Outcome.Wrong();
    }
    long wait = loginsFromAddress.attempt(clientAddress);
    if (wait == 0) {
      wait = loginsOfUser.attempt(username);
    }
    if (wait > 0) {
      return new Outcome.TooMany(wait);
    }
    return passwords.matches(password, table.passwordHash(username))
        ? new Outcome.Welcome(username)
        : new Outcome.Wrong();
  }

  @Override
  public Set<String> existing(Collection<String> userIds) {
    try {
      return table.existing(userIds);
    } catch (SQLException e) {
      throw new StoreException("the accounts cannot be read", e);
    }
  }
}
