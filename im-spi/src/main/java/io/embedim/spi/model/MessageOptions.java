package io.embedim.spi.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message may carry beside its content.
 *
 * @param clientTimestamp the sender's own clock in ms since the epoch, carried through unchecked;
 *     null when she did not tell
 * @param replyTo the id of a message of the same conversation; null when it answers none
 * @param mentions user ids, or {@code ["*"]} for everybody; empty for nobody
 * @param forwardedFrom a JSON object that says where the message was forwarded from; null when it
 *     was not
 * @param expiresIn seconds from the commit until the message destroys itself; 0 for never. It has
 *     expired from {@code timestamp + 1000 * expiresIn} on, that millisecond included
 */
public record MessageOptions(
    @Nullable Long clientTimestamp,
    @Nullable String replyTo,
    List<String> mentions,
    @Nullable String forwardedFrom,
    long expiresIn) {

  public static final MessageOptions NONE = new MessageOptions(null, null, List.of(), null, 0);

  /**
   * @throws IllegalArgumentException when {@code expiresIn} is negative
   */
  public MessageOptions {
    mentions = List.copyOf(mentions);
    if (expiresIn < 0) {
      throw new IllegalArgumentException("expiresIn is " + expiresIn + ", expected 0 or more");
    }
  }
}
