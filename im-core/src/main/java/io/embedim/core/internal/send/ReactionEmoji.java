package io.embedim.core.internal.send;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.spi.model.Revision;
import java.util.Map;
import java.util.stream.Collectors;
import net.fellbaum.jemoji.Emoji;
import net.fellbaum.jemoji.EmojiManager;
import net.fellbaum.jemoji.Qualification;

/**
 * Which emoji a reaction is. Many of them are sent with and without variation selectors, depending
 * on the keyboard; all of those are one kind, the fully qualified one of Unicode.
 */
final class ReactionEmoji {

  private static final String VARIATION_SELECTOR_16 = "\uFE0F";

  private static final Map<String, String> QUALIFIED =
      EmojiManager.getAllEmojis().stream()
          .filter(emoji -> emoji.getQualification() == Qualification.FULLY_QUALIFIED)
          .map(Emoji::getEmoji)
          .collect(Collectors.toUnmodifiableMap(ReactionEmoji::bare, emoji -> emoji));

  private ReactionEmoji() {}

  /**
   * The emoji that this is, fully qualified; a component by itself, such as a skin tone, stays.
   *
   * @throws ImException {@code invalid_argument} when it is not one emoji
   */
  static String of(String text) {
    // The length first: what is looked up is as long as a client makes it.
    if (text.length() > Revision.React.MAX_EMOJI_LENGTH || !EmojiManager.isEmoji(text)) {
      throw new ImException(ImError.INVALID_ARGUMENT, "emoji: expected one emoji");
    }
    return QUALIFIED.getOrDefault(bare(text), text);
  }

  private static String bare(String emoji) {
    return emoji.replace(VARIATION_SELECTOR_16, "");
  }
}
