package io.embedim.bench.load;

import java.nio.ByteBuffer;

/** Hears what comes for a client, on the thread that turns the {@link ClientLoop}. */
public interface FrameListener {

  /** The upgrade was granted. */
  void onOpen(Client client);

  /**
   * A text frame came.
   *
   * @param bytes holds its payload from {@code from} on; not to be kept
   */
  void onText(Client client, ByteBuffer bytes, int from, int length);
}
