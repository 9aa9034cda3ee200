package io.embedim.core;

/** How many sessions a user may have at a time. A new session takes the place of the old ones. */
public enum LoginPolicy {
  /** As many as the limit on sessions allows. */
  ALL,
  /** One of each platform. */
  ONE_PER_PLATFORM,
  /** One in all. */
  ONE
}
