package io.embedim.examples.server.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import io.embedim.examples.server.e2e.ChatPage.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One of two people loses the network for a while. */
@ExtendWith(Stage.class)
@TestInstance(Lifecycle.PER_CLASS)
class OfflineInBrowserIT {

  private ServerProcess server;

  @BeforeAll
  void start(@TempDir Path directory) {
    server = ServerSetup.in(directory).start();
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void who_was_offline_gets_what_she_missed_in_order_and_once_and_so_do_the_others(Browser browser)
      throws IOException {
    try (CuttableWire wire = new CuttableWire(server.api().port());
        ChatPage alice = ChatPage.open(browser, wire.page()).logIn("alice");
        ChatPage bob = ChatPage.open(browser, server.api().page()).logIn("bob")) {
      alice.chatWith("bob").send("I am about to enter a tunnel");
      alice.awaitState("I am about to enter a tunnel", "delivered");
      bob.chatWith("alice").send("See you on the other side");
      alice.awaitState("I am about to enter a tunnel", "read");
      bob.awaitState("See you on the other side", "read");

      wire.cut();
      alice.network(Network.OFF);
      assertThat(alice.part("connection-banner")).containsText("You are offline.");
      assertThat(bob.part("presence")).hasAttribute("data-online", "false");
      List<String> missed = Texts.numbered("Light", 5);
      missed.forEach(bob::send);
      bob.awaitState("Light 5", "sent");
      List<String> typed = Texts.numbered("Dark", 3);
      List<String> typedIds = typed.stream().map(alice::send).toList();
      alice.awaitState("Dark 3", "queued");
      assertThat(alice.part("connection-banner")).hasAttribute("data-waiting", "3");

      wire.mend();
      alice.network(Network.ON);
      alice.awaitConnection();
      List<String> all = new ArrayList<>();
      all.add("I am about to enter a tunnel");
      all.add("See you on the other side");
      all.addAll(missed);
      all.addAll(typed);
      alice.awaitTexts(all);
      bob.awaitTexts(all);
      alice.awaitState("Dark 3", "read");
      bob.awaitState("Light 5", "read");
      assertThat(alice.messageIds()).isEqualTo(bob.messageIds()).endsWith(ids(typedIds));
      assertThat(alice.seqs()).containsExactlyElementsOf(numbers(all.size()));
      assertThat(bob.seqs()).containsExactlyElementsOf(numbers(all.size()));
    }
  }

  /** What she sends would show the page that something is missing; here she sends nothing. */
  @Test
  void who_was_offline_and_wrote_nothing_gets_what_she_missed_too(Browser browser)
      throws IOException {
    try (CuttableWire wire = new CuttableWire(server.api().port());
        ChatPage erin = ChatPage.open(browser, wire.page()).logIn("erin");
        ChatPage frank = ChatPage.open(browser, server.api().page()).logIn("frank")) {
      frank.chatWith("erin").send("Before");
      erin.chatWith("frank").awaitTexts(List.of("Before"));

      wire.cut();
      assertThat(erin.part("connection-banner")).isVisible();
      frank.send("Meanwhile 1");
      frank.send("Meanwhile 2");
      frank.awaitState("Meanwhile 2", "sent");

      wire.mend();
      erin.awaitTexts(List.of("Before", "Meanwhile 1", "Meanwhile 2"));
      frank.awaitState("Meanwhile 2", "read");
    }
  }

  @Test
  void what_waits_to_be_sent_survives_a_reload(Browser browser) throws IOException {
    try (CuttableWire wire = new CuttableWire(server.api().port());
        ChatPage carol = ChatPage.open(browser, wire.page()).logIn("carol");
        ChatPage dave = ChatPage.open(browser, server.api().page()).logIn("dave")) {
      carol.chatWith("dave").send("First");
      carol.awaitState("First", "delivered");

      wire.cut();
      assertThat(carol.part("connection-banner")).isVisible();
      String id = carol.send("Written without a connection");
      carol.awaitState("Written without a connection", "queued");

      wire.mend();
      carol.reload();
      carol.awaitState("Written without a connection", "delivered");
      dave.chatWith("carol").awaitTexts(List.of("First", "Written without a connection"));
      assertThat(dave.messageIds()).hasSize(2).endsWith(id);
      assertThat(carol.messageIds()).isEqualTo(dave.messageIds());
    }
  }

  private static String[] ids(List<String> ids) {
    return ids.toArray(new String[0]);
  }

  private static List<Long> numbers(int n) {
    return LongStream.rangeClosed(1, n).boxed().toList();
  }
}
