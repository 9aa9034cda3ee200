package io.embedim.examples.server.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** A random secret that is made once and kept in a file that only its owner may read. */
final class SecretFile {

  private static final int BYTES = 48;

  private final Path file;

  SecretFile(Path file) {
    this.file = file;
  }

  /**
   * The secret, made when there is none yet.
   *
   * @throws IOException when it can be neither read nor made, or what is there is too short
   */
  String read() throws IOException {
    try {
      return readExisting();
    } catch (NoSuchFileException e) {
      create();
      return readExisting();
    }
  }

  private String readExisting() throws IOException {
    String secret = Files.readString(file, StandardCharsets.UTF_8).strip();
    if (secret.length() < 32) {
      throw new IOException(
          file + " holds a secret of less than 32 characters; remove it to have a new one made");
    }
    return secret;
  }

  private void create() throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    // Written beside and moved, so that a crash leaves no half secret behind.
    Path directory = file.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(directory, "jwt", ".secret", OwnerOnly.file());
    try {
      Files.writeString(temporary, secret + "\n", StandardCharsets.UTF_8);
      Files.move(temporary, file);
    } catch (FileAlreadyExistsException e) {
      // Another process was faster; its secret counts.
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }
}
