package io.embedim.examples.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Somebody who talks to a server from outside, over HTTP and a WebSocket. */
final class TestClient {

  /** Nothing takes this long; it keeps a broken server from hanging the build. */
  private static final long PATIENCE_SECONDS = 60;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final URI server;

  /**
   * @param address what the server prints, with a slash at its end
   */
  TestClient(String address) {
    this.server = URI.create(address);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(server.resolve(path)).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(server.resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  JsonNode read(String text) throws IOException {
    return json.readTree(text);
  }

  /** Logs in with this body and opens a WebSocket where the answer says. */
  Socket login(String credentials) throws IOException, InterruptedException {
    HttpResponse<String> response = post("/api/login", credentials);
    if (response.statusCode() != 200) {
      throw new AssertionError("the login was refused: " + response.body());
    }
    JsonNode data = read(response.body()).get("data");
    return open(data.get("websocket_url").textValue(), data.get("token").textValue());
  }

  Socket open(String address, String token) {
    Socket socket = new Socket();
    socket.open =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(address + "?token=" + token), socket)
            .join();
    return socket;
  }

  /** An open WebSocket. */
  final class Socket implements WebSocket.Listener {

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private WebSocket open;

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          frames.add(json.readTree(text.toString()));
        } catch (IOException e) {
          closed.completeExceptionally(e);
        }
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.completeExceptionally(error);
    }

    void send(String frame) {
      open.sendText(frame, true).join();
    }

    void say(String messageId, String to, String words) {
      send(
          "{\"type\":1,\"message_id\":\"%s\",\"to\":\"%s\",\"content\":{\"text\":\"%s\"}}"
              .formatted(messageId, to, words));
    }

    /** The next frame that fits; others are passed over. */
    JsonNode await(Predicate<JsonNode> fits) throws InterruptedException {
      while (true) {
        JsonNode frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (frame == null) {
          throw new AssertionError("no such frame came; the connection is " + closed);
        }
        if (fits.test(frame)) {
          return frame;
        }
      }
    }

    JsonNode awaitType(int type) throws InterruptedException {
      return await(frame -> frame.get("type").intValue() == type);
    }

    int awaitClose() {
      return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    void close() {
      open.abort();
    }
  }
}
