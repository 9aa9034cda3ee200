package io.embedim.spi.cluster;

import java.util.function.BiConsumer;

/**
 * Carries bytes between nodes. It may lose, repeat and reorder: the engine numbers what it sends
 * and heals from the log.
 */
public interface NodeBus extends AutoCloseable {

  /** Sends to one node; returns at once. */
  void send(String nodeId, byte[] envelope);

  /** Sends to every other node; returns at once. */
  void broadcast(byte[] envelope);

  /**
   * Says who takes what arrives. Called once, before the first send.
   *
   * @param receiver gets the sending node's id and the bytes, on the bus's own thread; it does not
   *     block
   */
  void subscribe(BiConsumer<String, byte[]> receiver);

  @Override
  void close();
}
