package io.embedim.spi.cluster;

import java.util.function.BiConsumer;

/**
 * Carries bytes between nodes. It may lose, repeat and reorder: the engine numbers what it sends
 * and heals from the log.
 *
 * <p>Safe for use by many threads; calls overlap. Sending never blocks and never throws: what
 * cannot be sent now, because the bus is away or closed, is lost. Nothing is null. Arrays that are
 * handed over are not changed afterwards by either side.
 */
public interface NodeBus extends AutoCloseable {

  /** Sends to one node; returns at once. */
  void send(String nodeId, byte[] envelope);

  /** Sends to every other node; returns at once. */
  void broadcast(byte[] envelope);

  /**
   * Says who takes what arrives. Called once, before the first send; what this node sent does not
   * come back to it.
   *
   * @param receiver gets the sending node's id and the bytes, on the bus's own thread; it does not
   *     block
   */
  void subscribe(BiConsumer<String, byte[]> receiver);

  /** Takes leave; the receiver is not called any more when this returns. Idempotent. */
  @Override
  void close();
}
