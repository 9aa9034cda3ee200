package io.embedim.core.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import org.jspecify.annotations.Nullable;

/**
 * One key and the one algorithm that it is used with. The algorithm belongs to the key and never
 * comes from a token.
 *
 * @param id the key's {@code kid}; null for a key that is tried on every token
 */
record VerificationKey(@Nullable String id, JWSAlgorithm algorithm, JWSVerifier verifier) {

  /** RFC 7518, section 3.2: a key of the size of the hash output or larger. */
  static final int MIN_SECRET_BYTES = 32;

  /** RFC 7518, section 3.3. */
  static final int MIN_RSA_BITS = 2048;

  static VerificationKey hs256(@Nullable String id, byte[] secret) {
    requireLongEnough(secret);
    try {
      return new VerificationKey(id, JWSAlgorithm.HS256, new MACVerifier(secret.clone()));
    } catch (JOSEException e) {
      throw new IllegalArgumentException("the HS256 secret cannot be used", e);
    }
  }

  static VerificationKey rs256(@Nullable String id, RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    if (bits < MIN_RSA_BITS) {
      throw new IllegalArgumentException(
          "the RSA key has " + bits + " bits, expected at least " + MIN_RSA_BITS);
    }
    return new VerificationKey(id, JWSAlgorithm.RS256, new RSASSAVerifier(key));
  }

  static VerificationKey es256(@Nullable String id, ECPublicKey key) {
    ECDSAVerifier verifier;
    try {
      verifier = new ECDSAVerifier(key);
    } catch (JOSEException e) {
      throw new IllegalArgumentException("the EC key is not on a curve that is known here", e);
    }
    if (!verifier.supportedJWSAlgorithms().contains(JWSAlgorithm.ES256)) {
      throw new IllegalArgumentException("the EC key is not on the curve P-256, as ES256 needs");
    }
    return new VerificationKey(id, JWSAlgorithm.ES256, verifier);
  }

  static void requireLongEnough(byte[] secret) {
    if (secret.length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "the HS256 secret has "
              + secret.length
              + " bytes, expected at least "
              + MIN_SECRET_BYTES
              + " random ones");
    }
  }

  /** Whether a token that names this key, or none, may have been signed with it. */
  boolean mayHaveSigned(@Nullable String keyId) {
    return id == null || keyId == null || id.equals(keyId);
  }

  /** Whether this key signed {@code token} with this key's algorithm. */
  boolean signed(JWSObject token) {
    try {
      return algorithm.equals(token.getHeader().getAlgorithm()) && token.verify(verifier);
    } catch (JOSEException e) {
      // Every way in which a signature can be malformed: the key did not make it.
      return false;
    }
  }
}
