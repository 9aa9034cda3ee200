package io.embedim.spi.push;

import io.embedim.spi.model.Device;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One notification for one device.
 *
 * @param device for whom
 * @param title first line
 * @param body second line, at most 50 characters of the message
 * @param badge the user's total of unread messages, 0 or more
 * @param sound the sound's name; null for silence
 * @param category what the application may offer with it
 * @param threadId groups notifications of a conversation
 * @param collapseKey a newer notification with the same key replaces an older one
 * @param data conversation id and message id, for the application
 */
public record PushNotification(
    Device device,
    String title,
    String body,
    int badge,
    @Nullable String sound,
    String category,
    String threadId,
    String collapseKey,
    Map<String, String> data) {

  public PushNotification {
    data = Map.copyOf(data);
  }
}
