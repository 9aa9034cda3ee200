package io.embedim.testkit;

import io.embedim.core.session.Encoded;
import io.embedim.core.session.ServerFrame;
import io.embedim.core.session.WireFormat;
import io.embedim.spi.model.EntryDraft;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A wire format without a wire: it remembers what each encoded frame stands for, as long as the
 * frame lives.
 */
final class RecordingFormat implements WireFormat {

  /** What an envelope in JSON has around a message's content, roughly. */
  private static final int ENVELOPE_BYTES = 250;

  private final Map<Encoded, List<DeviceFrame>> frames =
      Collections.synchronizedMap(new WeakHashMap<>());
  private final AtomicLong encoded = new AtomicLong();
  private final AtomicLong numbers = new AtomicLong();

  @Override
  public Encoded encode(ServerFrame frame) {
    return encode(new DeviceFrame.Told(frame), contentBytes(frame));
  }

  Encoded encode(DeviceFrame answer) {
    return encode(answer, 0);
  }

  @Override
  public Encoded join(List<Encoded> parts) {
    List<DeviceFrame> all = new ArrayList<>();
    int bytes = 0;
    for (Encoded part : parts) {
      all.addAll(frames(part));
      bytes += part.bytes();
    }
    return remember(all, bytes);
  }

  /** What this stands for: one frame, or those that were joined. */
  List<DeviceFrame> frames(Encoded frame) {
    List<DeviceFrame> known = frames.get(frame);
    if (known == null) {
      throw new IllegalArgumentException(frame + " was encoded by somebody else");
    }
    return known;
  }

  /** How many times something was encoded, joining apart. */
  long encoded() {
    return encoded.get();
  }

  private Encoded encode(DeviceFrame frame, int contentBytes) {
    encoded.incrementAndGet();
    return remember(List.of(frame), ENVELOPE_BYTES + contentBytes);
  }

  private Encoded remember(List<DeviceFrame> meaning, int bytes) {
    // The number keeps frames of equal meaning apart.
    Encoded text = new Encoded.Text("frame " + numbers.incrementAndGet(), bytes);
    frames.put(text, meaning);
    return text;
  }

  private static int contentBytes(ServerFrame frame) {
    EntryDraft draft =
        frame instanceof ServerFrame.Logged logged
            ? logged.entry().draft()
            : frame instanceof ServerFrame.Transient unstored ? unstored.draft() : null;
    return draft == null ? 0 : draft.content().body().length();
  }
}
