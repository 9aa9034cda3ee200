package io.embedim.testkit;

import io.embedim.core.ImException;
import io.embedim.core.SendResult;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.cluster.SessionInfo;
import io.embedim.spi.model.EntryDraft;

/** What a {@link FakeDevice} was sent. */
public sealed interface DeviceFrame {

  /** The first frame of a session. */
  record Welcome(SessionInfo session) implements DeviceFrame {}

  /** Something that the engine told by itself. */
  record Told(ServerFrame frame) implements DeviceFrame {
    @Override
    public String toString() {
      if (frame instanceof ServerFrame.Logged logged) {
        return describe(logged.entry().draft()) + " as " + logged.entry().seq();
      }
      if (frame instanceof ServerFrame.Transient unstored) {
        return describe(unstored.draft()) + ", not stored";
      }
      return frame.toString();
    }

    private static String describe(EntryDraft draft) {
      return '\''
          + draft.content().plainText()
          + "' of "
          + draft.senderId()
          + " in "
          + draft.conversationId();
    }
  }

  /** The answer to a message that was accepted. */
  record Accepted(SendResult result) implements DeviceFrame {}

  /**
   * The answer to a frame that was refused.
   *
   * @param messageId names the frame that is answered
   */
  record Refused(String messageId, ImException error) implements DeviceFrame {
    @Override
    public String toString() {
      return "refused " + messageId + ": " + error.error() + ", " + error.getMessage();
    }
  }
}
