package io.embedim.examples.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Messages that were written before a test looks. */
final class Texts {

  private Texts() {}

  /** {@code prefix 1} to {@code prefix n}. */
  static List<String> numbered(String prefix, int n) {
    return IntStream.rangeClosed(1, n).mapToObj(i -> prefix + ' ' + i).toList();
  }

  /** Writes them, one after the other, and returns when all are in the log. */
  static void write(ServerApi api, String from, String to, List<String> texts) throws IOException {
    try (SocketClient socket = api.connect(api.login(from), "writer-of-" + from)) {
      for (int i = 0; i < texts.size(); i++) {
        String id = "text-" + i + "-of-" + System.nanoTime();
        socket.send(Frames.message(id, to, texts.get(i)));
        awaitAnswer(socket, id);
      }
    }
  }

  private static void awaitAnswer(SocketClient socket, String id) {
    JsonNode frame = socket.next();
    while (frame != null && !Frames.id(frame).equals(id)) {
      frame = socket.next();
    }
    if (frame == null || Frames.type(frame) != Frames.ACK) {
      throw new AssertionError("a message was answered by " + frame);
    }
  }
}
