package io.embedim.examples.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A client that never reads is given up. */
@TestInstance(Lifecycle.PER_CLASS)
class StalledClientIT {

  private static final int WINDOW = 16;

  /** More than what the system's own buffers take. */
  private static final int MESSAGES = 400;

  private static final String LONG_TEXT = "0123456789".repeat(1_500);

  private ServerProcess server;

  @BeforeAll
  void start(@TempDir Path directory) {
    server = ServerSetup.in(directory).set("limits.stalled_after", "2s").start();
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void a_client_that_has_read_nothing_for_too_long_is_closed_with_4408() throws IOException {
    try (PlainSocket silent = PlainSocket.open(server.api(), "silent")) {
      writeUntilOffline(server.api(), "silent");

      // Now at last it reads: what was on its way, and behind that why it was given up.
      List<JsonNode> frames = silent.read();
      while (!frames.isEmpty()) {
        frames = silent.read();
      }
      assertThat(silent.closeCode()).isEqualTo(4408);
    }
  }

  @Test
  void a_client_that_does_not_even_read_why_is_cut_off() throws IOException {
    try (PlainSocket silent = PlainSocket.open(server.api(), "deaf")) {
      writeUntilOffline(server.api(), "deaf");

      Eventually.until("the connection is gone", () -> !canSend(silent));
    }
  }

  /** Whether the other end still takes bytes; a connection that was cut answers with a reset. */
  private static boolean canSend(PlainSocket socket) {
    try {
      socket.send(Frames.heartbeat());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Writes to the user until the server says that the user has no session any more. */
  private static void writeUntilOffline(ServerApi api, String user) throws IOException {
    try (SocketClient socket = api.connect(api.login("writer"), "device-of-writer")) {
      ObjectNode params = Frames.params();
      params.putArray("user_ids").add(user);
      socket.send(Frames.request("presence", "presence.subscribe", params));
      int written = 0;
      int acknowledged = 0;
      while (true) {
        for (; written < Math.min(acknowledged + WINDOW, MESSAGES); written++) {
          socket.send(Frames.message("m-" + written, user, LONG_TEXT));
        }
        JsonNode frame = socket.next();
        if (frame == null || Frames.type(frame) == Frames.ERROR) {
          throw new AssertionError("the writer got " + frame);
        }
        if (Frames.type(frame) == Frames.ACK) {
          acknowledged++;
        } else if (Frames.type(frame) == Frames.PRESENCE
            && !frame.path("content").path("online").booleanValue()) {
          return;
        }
      }
    }
  }
}
