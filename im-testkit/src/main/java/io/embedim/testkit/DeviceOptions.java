package io.embedim.testkit;

import io.embedim.spi.model.Platform;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FakeDevice} is like. Begin with {@link ImTestEngine#device}.
 *
 * @param userId whose it is
 * @param platform what kind of client
 * @param deviceId how it names itself; null lets the engine name it
 * @param expiresAt when its token expires, in ms since the epoch; {@link Long#MAX_VALUE} for never
 * @param acknowledgement whether it acknowledges by itself
 * @param frames whether it takes several frames joined into one
 * @param syncLimit how many entries of a conversation it asks for at once, 1 to 200
 */
public record DeviceOptions(
    String userId,
    Platform platform,
    @Nullable String deviceId,
    long expiresAt,
    Acknowledgement acknowledgement,
    Frames frames,
    int syncLimit) {

  /** Whether a device acknowledges what arrives. */
  public enum Acknowledgement {
    AUTOMATIC,
    BY_HAND
  }

  /** Whether a device takes several frames joined into one. */
  public enum Frames {
    SINGLE,
    JOINED
  }

  static DeviceOptions of(String userId) {
    return new DeviceOptions(
        userId,
        Platform.OTHER,
        null,
        Long.MAX_VALUE,
        Acknowledgement.AUTOMATIC,
        Frames.SINGLE,
        200);
  }

  /** See {@link #platform()}. */
  public DeviceOptions on(Platform value) {
    return new DeviceOptions(
        userId, value, deviceId, expiresAt, acknowledgement, frames, syncLimit);
  }

  /** See {@link #deviceId()}. */
  public DeviceOptions named(String value) {
    return new DeviceOptions(
        userId, platform, value, expiresAt, acknowledgement, frames, syncLimit);
  }

  /** See {@link #expiresAt()}. */
  public DeviceOptions until(Instant tokenExpiry) {
    return new DeviceOptions(
        userId, platform, deviceId, tokenExpiry.toEpochMilli(), acknowledgement, frames, syncLimit);
  }

  /** It acknowledges only what the test tells it to. */
  public DeviceOptions acknowledgingByHand() {
    return new DeviceOptions(
        userId, platform, deviceId, expiresAt, Acknowledgement.BY_HAND, frames, syncLimit);
  }

  /** It takes several frames joined into one. */
  public DeviceOptions takingJoinedFrames() {
    return new DeviceOptions(
        userId, platform, deviceId, expiresAt, acknowledgement, Frames.JOINED, syncLimit);
  }

  /** See {@link #syncLimit()}. */
  public DeviceOptions syncingBy(int limit) {
    return new DeviceOptions(userId, platform, deviceId, expiresAt, acknowledgement, frames, limit);
  }
}
