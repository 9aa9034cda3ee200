package io.embedim.core.session;

import java.util.List;

/**
 * Turns frames into what goes over a connection. Stateless, and called by many threads at once; one
 * instance serves all sessions of a format, so that a frame for many recipients is encoded once.
 */
public interface WireFormat {

  /** Encodes a frame; must not throw for any frame the engine makes. */
  Encoded encode(ServerFrame frame);

  /** Joins two or more frames into one for clients that asked for batches; keeps their order. */
  Encoded join(List<Encoded> frames);
}
