package io.embedim.examples.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/** A client that reads for a while, then leaves everything unread, and later reads again. */
final class MoodyReader implements AutoCloseable {

  /** Entries after which one receipt is sent for all. */
  private static final int RECEIPT = 50;

  private final PlainSocket socket;
  private final String conversation;
  private final LogFollower log = new LogFollower();
  private long receipted;
  private int syncs;

  /** Connects, and reads nothing yet. */
  MoodyReader(ServerApi api, String user, String writer) throws IOException {
    socket = PlainSocket.open(api, user);
    conversation = Frames.conversation(user, writer);
  }

  /** Reads, and syncs when the server says so, until the log is here up to this seq. */
  void readUpTo(long seq) throws IOException {
    while (log.cursor() < seq) {
      List<JsonNode> frames = socket.read();
      if (frames.isEmpty()) {
        throw new AssertionError(
            "the reader of "
                + conversation
                + " was closed with "
                + socket.closeCode()
                + " at "
                + log.cursor());
      }
      for (JsonNode frame : frames) {
        take(frame);
      }
      if (log.cursor() >= receipted + RECEIPT || log.cursor() >= seq) {
        receipted = log.cursor();
        socket.send(Frames.received(conversation, receipted));
      }
    }
  }

  /** How often the server asked for a sync. */
  int syncs() {
    return syncs;
  }

  /** How often something came again. */
  int repeats() {
    return log.repeats();
  }

  private void take(JsonNode frame) throws IOException {
    switch (Frames.type(frame)) {
      case Frames.MESSAGE -> {
        if (log.take(Frames.seq(frame), Frames.id(frame)) && log.hasGap() && syncs == 0) {
          throw new AssertionError("what follows " + log.cursor() + " was left out: " + frame);
        }
      }
      case Frames.SYNC_REQUIRED -> {
        syncs++;
        sync();
      }
      case Frames.RESPONSE -> takeSynced(frame);
      case Frames.ERROR -> throw new AssertionError("an error: " + frame);
      default -> {} // WELCOME, and cursors.
    }
  }

  private void sync() throws IOException {
    ObjectNode params = Frames.params();
    ObjectNode cursors = params.putObject("cursors");
    if (log.cursor() > 0) {
      cursors.put(conversation, log.cursor());
    }
    socket.send(Frames.request("sync-" + log.cursor(), "sync", params));
  }

  private void takeSynced(JsonNode response) throws IOException {
    JsonNode content = response.path("content");
    if (content.path("error").path("reason").asText().equals("unavailable")) {
      sync();
      return;
    }
    JsonNode result = content.get("result");
    if (result == null) {
      throw new AssertionError("a sync was answered by " + response);
    }
    for (JsonNode synced : result.path("conversations")) {
      for (JsonNode message : synced.path("messages")) {
        log.take(Frames.seq(message), Frames.id(message));
      }
    }
    if (result.path("has_more").booleanValue()) {
      sync();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
