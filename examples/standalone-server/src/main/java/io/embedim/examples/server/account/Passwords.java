package io.embedim.examples.server.account;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Hashes passwords with BCrypt, and says which ones it takes. */
final class Passwords {

  static final int MIN_CHARACTERS = 8;

  /** BCrypt ignores what comes after. */
  static final int MAX_BYTES = 72;

  /** 2 to this power rounds, about 60 ms; OWASP asks for at least this. */
  private static final int COST = 10;

  private final SecureRandom random = new SecureRandom();

  /** A hash of nothing anybody knows, so that an unknown user costs as much time as a known one. */
  private final String nobodysHash;

  Passwords() {
    byte[] unknown = new byte[MAX_BYTES / 2];
    random.nextBytes(unknown);
    nobodysHash = BCrypt.hashpw(unknown, BCrypt.gensalt(COST, random));
  }

  boolean isAllowed(String password) {
    int bytes = password.getBytes(StandardCharsets.UTF_8).length;
    // BCrypt repeats a password with a NUL behind it, so that with NULs inside two could be one.
    return password.codePointCount(0, password.length()) >= MIN_CHARACTERS
        && bytes <= MAX_BYTES
        && password.indexOf('\0') < 0;
  }

  String hash(String password) {
    return BCrypt.hashpw(password.getBytes(StandardCharsets.UTF_8), BCrypt.gensalt(COST, random));
  }

  /** Whether the password is the one of the hash; takes as long when there is no hash. */
  boolean matches(String password, Optional<String> hash) {
    boolean same =
        BCrypt.checkpw(password.getBytes(StandardCharsets.UTF_8), hash.orElse(nobodysHash));
    return same && hash.isPresent();
  }
}
