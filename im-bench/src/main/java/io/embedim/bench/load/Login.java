package io.embedim.bench.load;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How clients of the generator show who they are. */
public final class Login {

  /** Known to both sides; it guards nothing. */
  public static final String SECRET = "the secret of a benchmark, which guards nothing";

  private static final String HMAC = "HmacSHA256";
  private static final long NEVER = 4_000_000_000L;

  private Login() {}

  /** What to ask for; a server that checks no tokens takes {@code user} as it is. */
  public static String path(String user, boolean batched) {
    return "/ws?user=" + user + (batched ? "&batch=1" : "") + "&token=" + token(user);
  }

  private static String token(String user) {
    String signed =
        encode("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8))
            + '.'
            + encode(
                ("{\"sub\":\"" + user + "\",\"exp\":" + NEVER + "}")
                    .getBytes(StandardCharsets.UTF_8));
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), HMAC));
      return signed + '.' + encode(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no " + HMAC, e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
