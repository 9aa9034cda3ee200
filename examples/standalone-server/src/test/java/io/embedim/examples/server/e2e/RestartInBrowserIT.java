package io.embedim.examples.server.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The server goes and comes back while two people have the page open. */
@ExtendWith(Stage.class)
class RestartInBrowserIT {

  private static final int KILLS = 2;

  private ServerSetup setup;
  private ServerProcess server;

  @BeforeEach
  void start(@TempDir Path directory) {
    setup = ServerSetup.in(directory);
    server = setup.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void the_page_comes_back_by_itself_and_everything_is_still_there(Browser browser) {
    try (ChatPage alice = ChatPage.open(browser, server.api().page()).logIn("alice");
        ChatPage bob = ChatPage.open(browser, server.api().page()).logIn("bob")) {
      alice.chatWith("bob").send("Before");
      alice.awaitState("Before", "delivered");
      bob.chatWith("alice").send("Before, too");
      alice.awaitState("Before", "read");
      bob.awaitState("Before, too", "read");

      server.stop();
      assertThat(alice.part("connection-banner")).isVisible();
      assertThat(bob.part("connection-banner")).isVisible();
      alice.send("Meanwhile");
      alice.awaitState("Meanwhile", "queued");

      server = setup.start();
      alice.awaitConnection();
      bob.awaitConnection();
      alice.awaitState("Meanwhile", "read");
      bob.send("Afterwards");
      List<String> all = List.of("Before", "Before, too", "Meanwhile", "Afterwards");
      alice.awaitTexts(all);
      bob.awaitTexts(all);
      assertThat(alice.part("presence")).hasAttribute("data-online", "true");

      alice.reload();
      alice.awaitTexts(all);
      assertThat(alice.seqs()).containsExactly(1L, 2L, 3L, 4L);

      alice.choose("Meanwhile", "message-edit");
      alice.part("message-input").fill("In the meantime");
      alice.part("message-input").press("Enter");
      bob.row("In the meantime").getByTestId("edited").click();
      assertThat(bob.part("edits-status")).containsText("does not keep");
    }
  }

  @Test
  void the_page_comes_back_by_itself_from_kills_while_both_write(Browser browser) {
    try (ChatPage carol = ChatPage.open(browser, server.api().page()).logIn("carol");
        ChatPage dave = ChatPage.open(browser, server.api().page()).logIn("dave")) {
      carol.chatWith("dave");
      dave.chatWith("carol");
      List<String> ids = new ArrayList<>();
      for (int kill = 1; kill <= KILLS; kill++) {
        for (int i = 1; i <= 5; i++) {
          ids.add(carol.send("Carol " + kill + '.' + i));
          ids.add(dave.send("Dave " + kill + '.' + i));
        }
        server.kill(); // Some of these were acknowledged, some not.
        ids.add(carol.send("Carol " + kill + ", in the dark"));
        server = setup.start();
        carol.awaitConnection();
        dave.awaitConnection();
      }
      carol.awaitState("Carol 2, in the dark", "read");
      assertThat(carol.part("message")).hasCount(ids.size());
      assertThat(dave.part("message")).hasCount(ids.size());
      dave.awaitState("Dave 2.5", "read");

      assertThat(carol.messageIds()).containsExactlyInAnyOrderElementsOf(ids);
      assertThat(dave.messageIds()).isEqualTo(carol.messageIds());
      List<Long> numbers = LongStream.rangeClosed(1, ids.size()).boxed().toList();
      assertThat(carol.seqs()).containsExactlyElementsOf(numbers);
      assertThat(dave.seqs()).containsExactlyElementsOf(numbers);
    }
  }
}
