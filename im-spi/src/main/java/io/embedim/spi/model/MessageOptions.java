package io.embedim.spi.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message may carry beside its content.
 *
 * @param clientTimestamp the sender's own clock in ms since the epoch, carried through unchecked;
 *     null when she did not tell
 * @param replyTo the id of a message of the same conversation; null when it answers none
 * @param mentions user ids, or {@code ["*"]} for everybody; empty for nobody. The engine takes at
 *     most {@link #MAX_MENTIONS}
 * @param forwardedFrom a JSON object that says where the message was forwarded from; null when it
 *     was not. The engine takes at most {@link #MAX_FORWARDED_FROM_BYTES}
 * @param expiresIn seconds from the commit until the message destroys itself; 0 for never. It has
 *     expired from {@code timestamp + 1000 * expiresIn} on, that millisecond included. The engine
 *     takes at most {@link #MAX_EXPIRES_IN}
 */
public record MessageOptions(
    @Nullable Long clientTimestamp,
    @Nullable String replyTo,
    List<String> mentions,
    @Nullable String forwardedFrom,
    long expiresIn) {

  /** Stands for everybody among the mentions. */
  public static final String EVERYBODY = "*";

  /** How many users a message can mention by name. */
  public static final int MAX_MENTIONS = 100;

  /** How large the object that says where a message came from can be, in bytes of UTF-8; 4 KiB. */
  public static final int MAX_FORWARDED_FROM_BYTES = 4_096;

  /** How long a message can ask to live, in seconds; 365 days. */
  public static final long MAX_EXPIRES_IN = 31_536_000L;

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

  /**
   * From when on the message has expired, in ms since the epoch; {@link Long#MAX_VALUE} for never,
   * and for what is too far away to be counted.
   *
   * @param timestamp the time of its commit, in ms since the epoch
   */
  public long expiresAt(long timestamp) {
    long longest = (Long.MAX_VALUE - Math.max(timestamp, 0)) / 1000;
    return expiresIn == 0 || expiresIn > longest ? Long.MAX_VALUE : timestamp + 1000 * expiresIn;
  }
}
