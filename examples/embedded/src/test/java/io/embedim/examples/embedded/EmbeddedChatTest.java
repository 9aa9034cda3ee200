package io.embedim.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.auth.JwtIssuer;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedChatTest {

  private static final String SECRET = "a secret that only this test knows, 32 bytes long";

  @TempDir Path folder;

  @Test
  void two_people_chat_through_the_application_that_embeds_the_engine() throws Exception {
    Process application =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedChat.class.getName(),
                "0",
                folder.resolve("chat").toString(),
                SECRET)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader output = application.inputReader()) {
      URI address = URI.create(output.readLine().substring("chat at ".length()));
      Client alice = Client.connect(address, "alice");
      Client bob = Client.connect(address, "bob");

      alice
          .socket
          .sendText(
              "{\"type\":1,\"message_id\":\"m1\",\"to\":\"bob\",\"content\":{\"text\":\"hello\"}}",
              true)
          .join();

      assertThat(alice.next()).contains("\"type\":20", "\"seq\":1", "accepted");
      assertThat(bob.next()).contains("\"type\":1", "\"from\":\"alice\"", "hello", "\"seq\":1");
    } finally {
      application.destroyForcibly().waitFor();
    }
  }

  private static final class Client implements WebSocket.Listener {
    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final StringBuilder frame = new StringBuilder();
    private WebSocket socket;

    static Client connect(URI address, String userId) throws InterruptedException {
      Client client = new Client();
      String token = JwtIssuer.hs256(SECRET).build().issue(userId, Duration.ofMinutes(5));
      client.socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .header("Authorization", "Bearer " + token)
              .subprotocols("im.v1.json")
              .buildAsync(address, client)
              .join();
      assertThat(client.next()).contains("\"type\":91", userId);
      return client;
    }

    String next() throws InterruptedException {
      String next = frames.poll(30, TimeUnit.SECONDS);
      assertThat(next).as("a frame").isNotNull();
      return next;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      frame.append(data);
      if (last) {
        frames.add(frame.toString());
        frame.setLength(0);
      }
      webSocket.request(1);
      return null;
    }
  }
}
