package io.embedim.wire;

import io.embedim.core.ImException;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.SearchableMessageStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Function;

/**
 * Where a list of conversations, or a search, goes on, as a text that clients hand back unread.
 *
 * <p>A digest binds it to its user, so that a token that was changed or belongs to somebody else is
 * refused instead of giving a strange page. It needs no secret: whoever computed one by herself
 * would only see another page of her own list. All nodes understand each other's.
 */
final class PageToken {

  private static final int DIGEST_BYTES = 9;
  private static final String CONVERSATIONS = "im.v1 conversation.list";
  private static final String MESSAGES = "im.v1 message.search";

  private PageToken() {}

  static String of(ConversationQuery.Position position, String userId) {
    return seal(CONVERSATIONS, userId, position.updatedAt() + " " + position.id().value());
  }

  /** Where a search goes on. */
  static String of(SearchableMessageStore.Position place, String userId) {
    String conversation = place.conversationId().value();
    return seal(MESSAGES, userId, place.timestamp() + " " + place.seq() + " " + conversation);
  }

  /**
   * Reads a token.
   *
   * @throws ImException with {@code invalid_argument} when it is not one of this user's
   */
  static ConversationQuery.Position parse(String token, String userId) {
    return opened(
        CONVERSATIONS,
        userId,
        token,
        text -> {
          String[] parts = text.split(" ", 2);
          return new ConversationQuery.Position(
              Long.parseLong(parts[0]), new ConversationId(parts[parts.length - 1]));
        });
  }

  /**
   * Reads the token of a search.
   *
   * @throws ImException with {@code invalid_argument} when it is not one of this user's
   */
  static SearchableMessageStore.Position parsePlace(String token, String userId) {
    return opened(
        MESSAGES,
        userId,
        token,
        text -> {
          String[] parts = text.split(" ", 3);
          return new SearchableMessageStore.Position(
              Long.parseLong(parts[0]),
              new ConversationId(parts[parts.length - 1]),
              Long.parseLong(parts[Math.min(1, parts.length - 1)]));
        });
  }

  private static String seal(String context, String userId, String text) {
    byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
    byte[] token = Arrays.copyOf(digest(context, userId, payload), DIGEST_BYTES + payload.length);
    System.arraycopy(payload, 0, token, DIGEST_BYTES, payload.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /**
   * What a token says.
   *
   * @param reader may throw an {@link IllegalArgumentException}: whoever can compute a digest can
   *     put anything behind it
   */
  private static <T> T opened(
      String context, String userId, String token, Function<String, T> reader) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      if (bytes.length > DIGEST_BYTES) {
        byte[] payload = Arrays.copyOfRange(bytes, DIGEST_BYTES, bytes.length);
        byte[] digest = Arrays.copyOf(bytes, DIGEST_BYTES);
        if (MessageDigest.isEqual(digest, digest(context, userId, payload))) {
          return reader.apply(new String(payload, StandardCharsets.US_ASCII));
        }
      }
    } catch (IllegalArgumentException e) {
      throw notValid();
    }
    throw notValid();
  }

  private static byte[] digest(String context, String userId, byte[] payload) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update((context + ' ' + userId + ' ').getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(sha256.digest(payload), DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static ImException notValid() {
    return Parameters.invalid(
        "page_token is not valid, expected the next_page_token of the page before");
  }
}
