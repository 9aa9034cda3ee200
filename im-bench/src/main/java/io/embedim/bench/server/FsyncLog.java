package io.embedim.bench.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The least that makes a message durable: a file, and one forced write for whatever gathered while
 * the last one ran.
 */
final class FsyncLog implements AutoCloseable {

  private record Entry(String text, Runnable then) {}

  private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
  private final Path path;
  private final FileChannel file;
  private final Thread writer = new Thread(this::run, "fsync");

  FsyncLog() throws IOException {
    path = Files.createTempFile("im-bench", ".log");
    file = FileChannel.open(path, StandardOpenOption.WRITE);
    writer.setDaemon(true);
    writer.start();
  }

  /** Writes a line; {@code then} runs on the log's thread when it is on the disk. */
  void append(String text, Runnable then) {
    queue.add(new Entry(text, then));
  }

  private void run() {
    List<Entry> batch = new ArrayList<>();
    try {
      while (true) {
        batch.add(queue.take());
        queue.drainTo(batch);
        StringBuilder lines = new StringBuilder();
        batch.forEach(entry -> lines.append(entry.text()).append('\n'));
        ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        file.force(false);
        batch.forEach(entry -> entry.then().run());
        batch.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new IllegalStateException("the log cannot be written", e);
    }
  }

  @Override
  public void close() {
    writer.interrupt();
    try {
      writer.join();
      file.close();
      Files.delete(path);
    } catch (IOException e) {
      throw new IllegalStateException("the log cannot be removed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
