package io.embedim.examples.server.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  @Test
  void what_was_said_is_found_passed_on_and_deleted(Browser browser) throws IOException {
    List<String> texts = new ArrayList<>(List.of("The code is 4711", "And the door is green"));
    texts.addAll(Texts.numbered("Chatter", 120));
    Texts.write(server.api(), "dora", "emil", texts);
    try (ChatPage emil = open(browser, "emil");
        ChatPage other = open(browser, "emil");
        ChatPage fay = open(browser, "fay")) {
      fay.chatWith("emil").send("Which door?");
      emil.conversation("emil:fay").click();
      emil.part("search").click();
      emil.part("search-input").fill("4711");
      emil.part("search-submit").click();
      assertThat(emil.part("search-hit")).hasCount(1);
      emil.part("search-hit").click();
      assertThat(emil.part("chat-title")).hasText("dora");
      assertThat(emil.row("The code is 4711")).isInViewport();

      emil.choose("The code is 4711", "message-forward");
      forwardTo(emil, "emil:fay");
      assertThat(fay.row("The code is 4711")).containsText("Forwarded from dora");

      other.conversation("dora:emil").click();
      emil.conversation("dora:emil").click();
      emil.choose("Chatter 119", "message-select");
      emil.row("Chatter 120").getByTestId("select-message").check();
      emil.part("selection-forward").click();
      emil.part("forward-merge").check();
      forwardTo(emil, "emil:fay");
      assertThat(fay.part("message-merged")).containsText("dora Chatter 119");
      assertThat(fay.part("message-merged")).containsText("dora Chatter 120");

      emil.conversation("dora:emil").click();
      emil.choose("Chatter 120", "message-delete");
      emil.confirm();
      assertThat(emil.row("Chatter 120")).isHidden();
      assertThat(other.row("Chatter 120")).isHidden();
      assertThat(other.conversation("dora:emil").getByTestId("conversation-preview"))
          .hasText("Chatter 119");
    }
  }

  @Test
  void who_is_blocked_reads_that_she_is(Browser browser) {
    try (ChatPage gus = open(browser, "gus");
        ChatPage hana = open(browser, "hana")) {
      gus.chatWith("hana").send("Hello");
      hana.conversation("gus:hana").click();
      hana.part("menu").click();
      hana.part("menu-block").click();
      assertThat(hana.part("composer-closed")).hasText("You have blocked gus.");
      gus.send("Are you there?");
      gus.awaitState("Are you there?", "failed");
      assertThat(gus.part("message-error")).containsText("does not take messages from you");

      hana.reload();
      assertThat(hana.part("composer-closed")).hasText("You have blocked gus.");
      hana.part("menu").click();
      hana.part("menu-block").click();
      hana.send("I am back");
      gus.part("retry").click();
      assertThat(hana.row("Are you there?")).isVisible();
    }
  }

  private static void forwardTo(ChatPage page, String conversation) {
    page.page()
        .locator("[data-testid=forward-target][data-conversation-id='" + conversation + "']")
        .click();
    assertThat(page.part("forward-dialog")).isHidden();
    assertThat(page.part("chat")).hasAttribute("data-conversation-id", conversation);
  }
}
