package io.embedim.spi.model;

/**
 * A device that can be reached by push.
 *
 * @param userId whose it is; a token belongs to the user who registered it last
 * @param token what the push service knows it by
 * @param pushPlatform which push service
 * @param appVersion the application's version as the client states it; may be empty
 * @param registeredAt in ms since the epoch
 */
public record Device(
    String userId, String token, PushPlatform pushPlatform, String appVersion, long registeredAt) {

  /** The push services. */
  public enum PushPlatform {
    APNS,
    FCM
  }
}
