package io.embedim.examples.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.embedim.examples.server.e2e.LogCheck.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads conversations from their first entry to their last, as one of their members. */
final class HistoryReader implements AutoCloseable {

  private final SocketClient socket;
  private int requests;

  HistoryReader(ServerApi api, String user) throws IOException {
    socket = api.connect(api.login(user), "reader-of-" + user);
  }

  List<Entry> read(String conversation) {
    List<Entry> log = new ArrayList<>();
    boolean hasMore = true;
    while (hasMore) {
      long cursor = log.isEmpty() ? 0 : log.get(log.size() - 1).seq();
      JsonNode page =
          call(
              "message.history",
              Frames.params().put("conversation_id", conversation).put("after_seq", cursor));
      for (JsonNode message : page.path("messages")) {
        log.add(
            new Entry(
                Frames.seq(message),
                message.path("from").asText(),
                Frames.id(message),
                Frames.text(message)));
      }
      hasMore = page.path("has_more").booleanValue();
    }
    return log;
  }

  private JsonNode call(String method, ObjectNode params) {
    String id = "request-" + ++requests;
    socket.send(Frames.request(id, method, params));
    JsonNode frame = socket.next();
    while (frame != null && !Frames.id(frame).equals(id)) {
      frame = socket.next();
    }
    JsonNode result = frame == null ? null : frame.path("content").get("result");
    if (result == null) {
      throw new AssertionError(method + " was answered by " + frame);
    }
    return result;
  }

  @Override
  public void close() {
    socket.close();
  }
}
