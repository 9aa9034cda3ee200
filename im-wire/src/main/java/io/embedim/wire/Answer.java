package io.embedim.wire;

import io.embedim.core.ImSettings;
import io.embedim.core.SendResult;
import io.embedim.spi.cluster.SessionInfo;
import org.jspecify.annotations.Nullable;

/** What a transport says to a client because of something that the client said. */
public sealed interface Answer {

  /**
   * A message was committed, now or before (type 20).
   *
   * @param result what became of it
   */
  record Accepted(SendResult result) implements Answer {}

  /**
   * A frame was refused (type 93).
   *
   * @param messageId the refused frame's, if it had one
   */
  record Refused(@Nullable String messageId, WireError error) implements Answer {}

  /**
   * A request was done (type 41).
   *
   * @param messageId the request's, if it had one
   * @param result a JSON object
   */
  record Done(@Nullable String messageId, String result) implements Answer {}

  /**
   * A request was refused (type 41).
   *
   * @param messageId the request's, if it had one
   */
  record NotDone(@Nullable String messageId, WireError error) implements Answer {}

  /**
   * The session is open (type 91).
   *
   * @param now the server's time in ms since the epoch
   */
  record Welcome(SessionInfo session, ImSettings settings, long now) implements Answer {}

  /**
   * The server is alive too (type 99).
   *
   * @param messageId the client's heartbeat's, if it had one
   * @param now the server's time in ms since the epoch
   */
  record Heartbeat(@Nullable String messageId, long now) implements Answer {}
}
