package io.embedim.examples.server.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** What the server offers on its port, seen from outside. */
final class ServerApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  ServerApi(int port) {
    this.port = port;
  }

  URI page() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  int port() {
    return port;
  }

  boolean isHealthy() {
    try {
      return http.send(request("api/health").build(), BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException e) {
      return false; // Nobody listens there yet, or not any more.
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Logs in on the demo server and gives the token. */
  String login(String user) {
    try {
      HttpResponse<String> response =
          http.send(
              request("api/login")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("user_id", user))))
                  .build(),
              BodyHandlers.ofString());
      return data(response).path("token").textValue();
    } catch (IOException e) {
      throw new UncheckedIOException(user + " cannot log in", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** The WebSocket's path with what it takes. */
  String socketPath(String token, String device) {
    return "/ws?batch=1&platform=desktop&device_id=" + device + "&token=" + token;
  }

  /** A WebSocket for the user, opened but not yet welcomed. */
  SocketClient connect(String token, String device) throws IOException {
    return SocketClient.open(
        http, URI.create("ws://127.0.0.1:" + port + socketPath(token, device)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(page().resolve(path)).timeout(PATIENCE);
  }

  private static JsonNode data(HttpResponse<String> response) throws JsonProcessingException {
    if (response.statusCode() != 200) {
      throw new AssertionError(response.uri() + " answered " + response.body());
    }
    return JSON.readTree(response.body()).path("data");
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while the server answers", e);
  }
}
