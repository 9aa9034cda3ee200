package io.embedim.spi.push;

import io.embedim.spi.model.Device;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Hands notifications to a push service. Safe for use by many threads; calls overlap. Nothing is
 * null. It keeps no notification for later: what is to be tried again is the caller's to try.
 */
public interface PushSender {

  /** The service that this one speaks to. */
  Device.PushPlatform platform();

  /**
   * Sends notifications. Returns at once, and never throws.
   *
   * @param notifications one or more, all for this {@link #platform()}
   * @return what became of each, in order; the stage fails only when nothing is known of any
   */
  CompletionStage<List<Outcome>> send(List<PushNotification> notifications);

  /** What became of a notification. */
  enum Outcome {
    /** The push service took it. */
    ACCEPTED,
    /** The token is no longer good; it is to be forgotten. */
    INVALID_TOKEN,
    /** It may succeed later. */
    RETRY,
    /** It will never succeed. */
    REJECTED
  }
}
