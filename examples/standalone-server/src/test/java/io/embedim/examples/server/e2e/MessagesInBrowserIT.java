package io.embedim.examples.server.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What can be done to a message, seen in the browsers of those who do it and of the others. */
@ExtendWith(Stage.class)
class MessagesInBrowserIT {

  private final ServerApi server;

  MessagesInBrowserIT(ServerApi server) {
    this.server = server;
  }

  private ChatPage open(Browser browser, String user) {
    return ChatPage.open(browser, server.page()).logIn(user);
  }

  @Test
  void a_message_is_answered_edited_reacted_to_pinned_and_revoked(Browser browser) {
    try (ChatPage anja = open(browser, "anja");
        ChatPage boris = open(browser, "boris")) {
      String group = "group:" + anja.createGroup("Hikers", "boris");
      boris.conversation(group).click();
      anja.send("Train at seven?");

      boris.choose("Train at seven?", "message-reply");
      boris.send("Too early!");
      Locator quote = anja.row("Too early!").getByTestId("message-quote");
      assertThat(quote).hasText("YouTrain at seven?");

      anja.choose("Train at seven?", "message-edit");
      anja.part("message-input").fill("Train at eight?");
      anja.part("message-input").press("Enter");
      assertThat(boris.row("Train at eight?").getByTestId("edited")).isVisible();
      assertThat(quote).hasText("YouTrain at eight?");
      boris.row("Train at eight?").getByTestId("edited").click();
      assertThat(boris.part("edit")).hasCount(2);
      assertThat(boris.part("edit").first()).containsText("Train at seven?");
      boris.part("panel-close").click();
      quote.click();
      assertThat(anja.row("Train at eight?")).hasClass(Pattern.compile("found"));

      boris.react("Train at eight?", "👍");
      anja.react("Train at eight?", "👍");
      Locator chip = boris.row("Train at eight?").getByTestId("reaction");
      assertThat(chip).hasText("👍 2");
      assertThat(chip).hasAttribute("aria-pressed", "true");
      chip.click();
      assertThat(anja.row("Train at eight?").getByTestId("reaction")).hasText("👍 1");

      anja.choose("Train at eight?", "message-pin");
      assertThat(boris.part("pinned-text")).hasText("anja: Train at eight?");

      boris.part("message-input").fill("Wait, @a");
      boris.part("mention-option").click();
      assertThat(boris.part("message-input")).hasValue("Wait, @anja ");
      boris.part("message-input").press("Enter");
      assertThat(anja.page().locator(".mention.me")).hasText("@anja");

      boris.choose("Too early!", "message-revoke");
      assertThat(anja.event("boris revoked a message")).isVisible();
      anja.choose("Wait, @anja", "message-revoke");
      assertThat(boris.event("anja revoked a message from you")).isVisible();

      anja.choose("Train at eight?", "message-pin");
      assertThat(boris.part("pinned-bar")).isHidden();
      boris.reload();
      assertThat(boris.row("Train at eight?").getByTestId("reaction")).hasText("👍 1");
      assertThat(boris.event("boris revoked a message")).isHidden();
      assertThat(boris.event("You revoked a message")).isVisible();
      assertThat(boris.event("anja revoked a message from you")).isVisible();
    }
  }

  @Test
  void the_keyboard_keeps_its_place(Browser browser) {
    try (ChatPage uma = open(browser, "uma")) {
      uma.createGroup("Keys", "vic");
      assertThat(uma.part("message-input")).isFocused();
      uma.send("Who is here?");
      uma.awaitState("Who is here?", "sent");
      Locator menu = uma.row("Who is here?").getByTestId("message-menu");
      menu.focus();
      press(uma, "Enter", "Enter"); // The first reaction of the menu.
      assertThat(uma.row("Who is here?").getByTestId("reaction")).hasText("👍 1");
      assertThat(menu).isFocused();
      press(uma, "Enter", "ArrowUp", "ArrowUp", "Enter");
      assertThat(uma.part("confirm-cancel")).isFocused();
      press(uma, "Escape");
      assertThat(menu).isFocused();
      uma.choose("Who is here?", "message-select");
      press(uma, "Escape");
      assertThat(uma.part("selection")).isHidden();
      assertThat(uma.part("message-input")).isFocused();
    }
  }

  @Test
  void what_was_said_long_ago_is_found(Browser browser) throws IOException {
    List<String> texts = new ArrayList<>(List.of("The code is 4711", "门是绿色的"));
    texts.addAll(Texts.numbered("Chatter", 120));
    Texts.write(server, "ines", "jonas", texts);
    Texts.write(server, "kurt", "jonas", List.of("Which code?"));
    try (ChatPage jonas = open(browser, "jonas")) {
      jonas.conversation("jonas:kurt").click();
      search(jonas, "search", "code");
      assertThat(jonas.part("search-hit")).hasCount(2);
      search(jonas, "search", "ines");
      assertThat(jonas.part("search-conversation")).hasText("Iines");
      search(jonas, "chat-search", "绿色");
      assertThat(jonas.part("search-status")).hasText("Nothing was found.");
      jonas.part("search-scope").selectOption("all");
      jonas.part("search-submit").click();
      jonas.part("search-hit").click();
      assertThat(jonas.part("chat-title")).hasText("ines");
      assertThat(jonas.row("门是绿色的")).isInViewport();
    }
  }

  @Test
  void what_was_said_is_passed_on_and_deleted(Browser browser) throws IOException {
    Texts.write(server, "dina", "egon", List.of("The code is 4711", "Left", "Then right"));
    try (ChatPage egon = open(browser, "egon");
        ChatPage other = open(browser, "egon");
        ChatPage flora = open(browser, "flora")) {
      flora.chatWith("egon").send("Which door?");
      egon.conversation("dina:egon").click();
      egon.choose("The code is 4711", "message-forward");
      forwardTo(egon, "egon:flora");
      assertThat(flora.row("The code is 4711")).containsText("Forwarded from dina");

      other.conversation("dina:egon").click();
      egon.conversation("dina:egon").click();
      egon.choose("Left", "message-select");
      egon.row("Then right").getByTestId("select-message").check();
      egon.part("selection-forward").click();
      egon.part("forward-merge").check();
      forwardTo(egon, "egon:flora");
      assertThat(flora.part("message-merged")).hasText("Chat historydina Leftdina Then right");

      egon.conversation("dina:egon").click();
      egon.choose("Then right", "message-delete");
      egon.confirm();
      assertThat(egon.row("Then right")).isHidden();
      assertThat(other.row("Then right")).isHidden();
      assertThat(other.conversation("dina:egon").getByTestId("conversation-preview"))
          .hasText("Left");
    }
  }

  @Test
  void who_is_blocked_reads_that_she_is(Browser browser) {
    try (ChatPage gerd = open(browser, "gerd");
        ChatPage hilde = open(browser, "hilde")) {
      gerd.chatWith("hilde").send("Hello");
      hilde.conversation("gerd:hilde").click();
      hilde.part("menu").click();
      hilde.part("menu-block").click();
      assertThat(hilde.part("composer-closed")).hasText("You have blocked gerd.");
      gerd.send("Are you there?");
      gerd.awaitState("Are you there?", "failed");
      assertThat(gerd.part("message-error")).containsText("does not take messages from you");

      hilde.reload();
      assertThat(hilde.part("composer-closed")).hasText("You have blocked gerd.");
      hilde.part("menu").click();
      hilde.part("menu-block").click();
      hilde.send("I am back");
      gerd.part("retry").click();
      assertThat(hilde.row("Are you there?")).isVisible();
    }
  }

  private static void press(ChatPage page, String... keys) {
    for (String key : keys) {
      page.page().keyboard().press(key);
    }
  }

  private static void search(ChatPage page, String opener, String words) {
    page.part(opener).click();
    page.part("search-input").fill(words);
    page.part("search-submit").click();
  }

  private static void forwardTo(ChatPage page, String conversation) {
    page.page()
        .locator("[data-testid=forward-target][data-conversation-id='" + conversation + "']")
        .click();
    assertThat(page.part("forward-dialog")).isHidden();
    assertThat(page.part("chat")).hasAttribute("data-conversation-id", conversation);
  }
}
