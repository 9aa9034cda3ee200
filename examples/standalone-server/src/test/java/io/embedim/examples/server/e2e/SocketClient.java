package io.embedim.examples.server.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One WebSocket connection: frames in, frames out. Of the protocol it knows arrays of frames. */
final class SocketClient implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What arrived; empty when the connection has ended. */
  private final BlockingQueue<Optional<JsonNode>> arrived = new LinkedBlockingQueue<>();

  private final WebSocket socket;
  private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(null);

  private SocketClient(HttpClient http, URI address) {
    socket =
        http.newWebSocketBuilder()
            .subprotocols("im.v1.json")
            .buildAsync(address, new Receiver())
            .join();
  }

  static SocketClient open(HttpClient http, URI address) throws IOException {
    try {
      return new SocketClient(http, address);
    } catch (CompletionException e) {
      throw new IOException("no connection to " + address.getAuthority(), e.getCause());
    }
  }

  /** Queues a frame; one that does not leave shows itself in the end of the connection. */
  synchronized void send(JsonNode frame) {
    String text = frame.toString();
    lastSend = lastSend.thenCompose(sent -> socket.sendText(text, true));
  }

  /** Waits for the next frame; null when the connection has ended. */
  @Nullable JsonNode next() {
    try {
      Optional<JsonNode> next = arrived.poll(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing arrived for " + Eventually.LIMIT);
      }
      return next.orElse(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Receiver implements WebSocket.Listener {

    private final StringBuilder begun = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      begun.append(part);
      if (last) {
        receive(begun.toString());
        begun.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void receive(String text) {
      try {
        JsonNode frames = JSON.readTree(text);
        if (frames.isArray()) {
          frames.forEach(frame -> arrived.add(Optional.of(frame)));
        } else {
          arrived.add(Optional.of(frames));
        }
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("the server sent no JSON: " + text, e);
      }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      arrived.add(Optional.empty());
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      arrived.add(Optional.empty());
    }
  }
}
