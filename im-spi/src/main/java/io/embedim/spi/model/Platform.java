package io.embedim.spi.model;

import java.util.Locale;

/** What kind of client a session belongs to; login policies count sessions per platform. */
public enum Platform {
  IOS,
  ANDROID,
  WEB,
  DESKTOP,
  OTHER;

  /** The name on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when no platform has this name
   */
  public static Platform ofWireName(String wireName) {
    for (Platform platform : values()) {
      if (platform.wireName().equals(wireName)) {
        return platform;
      }
    }
    throw new IllegalArgumentException("expected ios, android, web, desktop or other");
  }
}
