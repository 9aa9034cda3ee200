package io.embedim.examples.server.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads public keys from a PEM file. */
final class PublicKeyFile {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

  private PublicKeyFile() {}

  /**
   * The keys in the file, of which there is at least one.
   *
   * @param algorithm {@code RSA} or {@code EC}
   * @throws IOException when it cannot be read, or holds no such key
   */
  static <K extends PublicKey> List<K> read(Path file, String algorithm, Class<K> type)
      throws IOException {
    List<K> keys = new ArrayList<>();
    Matcher matcher = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
    try {
      while (matcher.find()) {
        byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
        PublicKey key =
            KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
        keys.add(type.cast(key));
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("it holds a key that is not an " + algorithm + " key", e);
    }
    if (keys.isEmpty()) {
      throw new IOException("it holds no -----BEGIN PUBLIC KEY-----");
    }
    return keys;
  }
}
