package io.embedim.core.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens by hand, so that they can say what no library would sign. */
final class CraftedToken {

  private final String signingInput;

  private CraftedToken(String header, String payload) {
    this.signingInput = base64(header) + "." + base64(payload);
  }

  static CraftedToken of(String header, String payload) {
    return new CraftedToken(header, payload);
  }

  String unsigned() {
    return signingInput + ".";
  }

  String signedWith(byte[] signature) {
    return signingInput + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  String hmac(byte[] secret) {
    return hmac("HmacSHA256", secret);
  }

  String hmac(String algorithm, byte[] secret) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret, algorithm));
      return signedWith(mac.doFinal(signingInput.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  String rsa(PrivateKey key) {
    return sign("SHA256withRSA", key);
  }

  String ecdsa(PrivateKey key) {
    return sign("SHA256withECDSAinP1363Format", key);
  }

  private String sign(String algorithm, PrivateKey key) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(signingInput.getBytes(StandardCharsets.US_ASCII));
      return signedWith(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
