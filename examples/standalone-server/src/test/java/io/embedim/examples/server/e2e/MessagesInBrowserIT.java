package io.embedim.examples.server.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What can be done to a message, seen in the browsers of those who do it and of the others. */
@ExtendWith(Stage.class)
@TestInstance(Lifecycle.PER_CLASS)
class MessagesInBrowserIT {

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

  private ChatPage open(Browser browser, String user) {
    return ChatPage.open(browser, server.api().page()).logIn(user);
  }

  @Test
  void a_message_is_answered_edited_reacted_to_pinned_and_revoked(Browser browser) {
    try (ChatPage ann = open(browser, "ann");
        ChatPage ben = open(browser, "ben")) {
      String group = "group:" + ann.createGroup("Hikers", "ben");
      ben.conversation(group).click();
      ann.send("Train at seven?");

      ben.choose("Train at seven?", "message-reply");
      ben.send("Too early!");
      Locator quote = ann.row("Too early!").getByTestId("message-quote");
      assertThat(quote).hasText("YouTrain at seven?");

      ann.choose("Train at seven?", "message-edit");
      ann.part("message-input").fill("Train at eight?");
      ann.part("message-input").press("Enter");
      assertThat(ben.row("Train at eight?").getByTestId("edited")).isVisible();
      assertThat(quote).hasText("YouTrain at eight?");
      quote.click();
      assertThat(ann.row("Train at eight?")).hasClass(Pattern.compile("found"));

      ben.react("Train at eight?", "👍");
      ann.react("Train at eight?", "👍");
      Locator chip = ben.row("Train at eight?").getByTestId("reaction");
      assertThat(chip).hasText("👍 2");
      assertThat(chip).hasAttribute("aria-pressed", "true");
      chip.click();
      assertThat(ann.row("Train at eight?").getByTestId("reaction")).hasText("👍 1");

      ann.choose("Train at eight?", "message-pin");
      assertThat(ben.part("pinned-text")).hasText("ann: Train at eight?");

      ben.part("message-input").fill("Wait, @a");
      ben.part("mention-option").click();
      assertThat(ben.part("message-input")).hasValue("Wait, @ann ");
      ben.part("message-input").press("Enter");
      assertThat(ann.page().locator(".mention.me")).hasText("@ann");

      ben.choose("Too early!", "message-revoke");
      assertThat(ann.event("ben revoked a message")).isVisible();
      ann.choose("Wait, @ann", "message-revoke");
      assertThat(ben.event("ann revoked a message from you")).isVisible();

      ann.choose("Train at eight?", "message-pin");
      assertThat(ben.part("pinned-bar")).isHidden();
      ben.reload();
      assertThat(ben.row("Train at eight?").getByTestId("reaction")).hasText("👍 1");
      assertThat(ben.event("ben revoked a message")).isHidden();
      assertThat(ben.event("You revoked a message")).isVisible();
      assertThat(ben.event("ann revoked a message from you")).isVisible();
    }
  }
}
