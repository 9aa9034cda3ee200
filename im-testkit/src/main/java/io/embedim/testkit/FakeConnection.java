package io.embedim.testkit;

import io.embedim.core.session.Connection;
import io.embedim.core.session.Encoded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a {@link FakeDevice}. While the device does not read, a write stays under way,
 * as with a full socket.
 */
final class FakeConnection implements Connection {

  /** Who is at the other end. */
  interface Device {
    void received(DeviceFrame frame);

    /** The connection is over; called once, not for one that the device dropped itself. */
    void closed(int code, String phrase);
  }

  /** A write that began. Not a record: two of equal frames are two. */
  private static final class Write {
    final List<DeviceFrame> frames;
    final WriteCallback done;

    Write(List<DeviceFrame> frames, WriteCallback done) {
      this.frames = frames;
      this.done = done;
    }
  }

  private final RecordingFormat format;
  private final Device device;
  private boolean reading = true;
  private boolean over;
  private @Nullable Write underWay;

  FakeConnection(RecordingFormat format, Device device) {
    this.format = format;
    this.device = device;
  }

  @Override
  public void write(Encoded frame, WriteCallback done) {
    Write write = new Write(format.frames(frame), done);
    synchronized (this) {
      if (underWay != null) {
        throw new IllegalStateException("two writes at a time");
      }
      if (!over) {
        underWay = write;
      }
      if (!over && !reading) {
        return;
      }
    }
    finish(write);
  }

  @Override
  public void close(int code, String phrase) {
    Write lost;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      lost = underWay;
      underWay = null;
    }
    device.closed(code, phrase);
    if (lost != null) {
      lost.done.completed(false);
    }
  }

  synchronized void stopReading() {
    reading = false;
  }

  void read() {
    Write waiting;
    synchronized (this) {
      reading = true;
      waiting = underWay;
    }
    if (waiting != null) {
      finish(waiting);
    }
  }

  /** The device is cut off: what was under way is lost, and nobody is told. */
  void drop() {
    synchronized (this) {
      over = true;
      underWay = null;
    }
  }

  private void finish(Write write) {
    boolean arrives;
    synchronized (this) {
      arrives = !over;
      if (arrives && underWay != write) {
        return;
      }
      underWay = null;
    }
    if (arrives) {
      write.frames.forEach(device::received);
    }
    write.done.completed(arrives);
  }
}
