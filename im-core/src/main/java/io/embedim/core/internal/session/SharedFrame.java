package io.embedim.core.internal.session;

import io.embedim.core.session.Encoded;
import io.embedim.core.session.ServerFrame;
import io.embedim.core.session.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * A frame for many sessions, encoded when the first of a wire format wants it. Two threads may both
 * encode it; the results are equal, and either is kept.
 */
public final class SharedFrame {

  private record InFormat(WireFormat format, Encoded encoded) {}

  private final ServerFrame frame;
  private volatile @Nullable InFormat last;

  public SharedFrame(ServerFrame frame) {
    this.frame = frame;
  }

  Encoded in(WireFormat format) {
    InFormat known = last;
    if (known == null || known.format() != format) {
      known = new InFormat(format, format.encode(frame));
      last = known;
    }
    return known.encoded();
  }
}
