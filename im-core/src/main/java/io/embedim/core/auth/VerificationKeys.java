package io.embedim.core.auth;

import io.embedim.core.ImException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that tokens are checked with. Safe for use by many threads. */
@FunctionalInterface
interface VerificationKeys {

  /**
   * The keys that may have signed a token with this {@code kid}, or with none.
   *
   * @throws ImException with {@code unavailable} when that cannot be told now
   */
  List<VerificationKey> candidates(@Nullable String keyId);

  /** Keys that never change. */
  static VerificationKeys fixed(List<VerificationKey> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("no key was given, expected at least one");
    }
    List<VerificationKey> all = List.copyOf(keys);
    return keyId -> all.stream().filter(key -> key.mayHaveSigned(keyId)).toList();
  }
}
