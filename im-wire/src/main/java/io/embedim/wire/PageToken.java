package io.embedim.wire;

import io.embedim.core.ImException;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.ConversationQuery;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Where a list of conversations goes on, as a text that clients hand back unread.
 *
 * <p>A digest binds it to its user, so that a token that was changed or belongs to somebody else is
 * refused instead of giving a strange page. It needs no secret: whoever computed one by herself
 * would only see another page of her own list. All nodes understand each other's.
 */
final class PageToken {

  private static final int DIGEST_BYTES = 9;
  private static final String CONTEXT = "im.v1 conversation.list";

  private PageToken() {}

  static String of(ConversationQuery.Position position, String userId) {
    byte[] payload =
        (position.updatedAt() + " " + position.id().value()).getBytes(StandardCharsets.US_ASCII);
    byte[] token = Arrays.copyOf(digest(payload, userId), DIGEST_BYTES + payload.length);
    System.arraycopy(payload, 0, token, DIGEST_BYTES, payload.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /**
   * Reads a token.
   *
   * @throws ImException with {@code invalid_argument} when it is not one of this user's
   */
  static ConversationQuery.Position parse(String token, String userId) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      throw notValid();
    }
    if (bytes.length <= DIGEST_BYTES) {
      throw notValid();
    }
    byte[] payload = Arrays.copyOfRange(bytes, DIGEST_BYTES, bytes.length);
    if (!MessageDigest.isEqual(Arrays.copyOf(bytes, DIGEST_BYTES), digest(payload, userId))) {
      throw notValid();
    }
    String text = new String(payload, StandardCharsets.US_ASCII);
    int space = text.indexOf(' ');
    try {
      return new ConversationQuery.Position(
          Long.parseLong(text, 0, Math.max(space, 0), 10),
          new ConversationId(text.substring(space + 1)));
    } catch (IllegalArgumentException e) {
      throw notValid();
    }
  }

  private static byte[] digest(byte[] payload, String userId) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update((CONTEXT + ' ' + userId + ' ').getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(sha256.digest(payload), DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static ImException notValid() {
    return Parameters.invalid(
        "page_token is not valid, expected the next_page_token of the page before");
  }
}
