package io.embedim.examples.server.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages that leave later, and messages that do not stay. */
@ExtendWith(Stage.class)
class LaterInBrowserIT {

  private static final long HOUR_MS = 3_600_000;

  /** Between a message's being scheduled and its time. */
  private static final long SOON_MS = 2_000;

  private final ServerApi server;

  LaterInBrowserIT(ServerApi server) {
    this.server = server;
  }

  private ChatPage open(Browser browser, String user) {
    return ChatPage.open(browser, server.page()).logIn(user);
  }

  @Test
  void what_is_to_be_sent_later_waits_can_be_taken_back_and_is_sent(Browser browser) {
    try (ChatPage ada = open(browser, "ada");
        ChatPage other = open(browser, "ada");
        ChatPage bert = open(browser, "bert")) {
      ada.chatWith("bert").part("message-input").fill("Next month");
      chooseLater(ada, "later-pick");
      ada.part("later-time").fill("2026-01-01T00:00");
      ada.part("form-submit").click();
      assertThat(ada.part("form-error")).containsText("still to come");
      ada.part("later-time").fill(LocalDate.now(ZoneOffset.UTC).plusMonths(1) + "T09:00");
      ada.submitForm();
      assertThat(ada.part("message-input")).hasValue("");
      assertThat(ada.part("message-input")).isFocused();
      ada.part("message-input").fill("In an hour");
      chooseLater(ada, "later-hour");
      assertThat(ada.part("message-input")).hasValue("");

      chooseLater(other.chatWith("bert"), "later-scheduled");
      Locator waiting = other.part("scheduled-message");
      assertThat(waiting).hasCount(2);
      assertThat(waiting.first()).containsText("In an hour");
      assertThat(waiting.last()).containsText("9:00 AM");
      other.part("scheduled-cancel").first().click();
      assertThat(waiting).hasCount(1);
      assertThat(waiting).containsText("Next month");

      // To this page it is an hour earlier.
      ada.page().clock().setFixedTime(System.currentTimeMillis() + SOON_MS - HOUR_MS);
      ada.part("message-input").fill("Soon");
      chooseLater(ada, "later-hour");
      assertThat(bert.conversation("ada:bert").getByTestId("conversation-preview")).hasText("Soon");
      ada.awaitState("Soon", "delivered");
      chooseLater(ada, "later-scheduled");
      assertThat(ada.part("scheduled-message")).containsText("Next month");
      assertThat(ada.part("scheduled-message")).hasCount(1);
    }
  }

  @Test
  void a_message_that_destroys_itself_is_gone_when_its_time_has_come(Browser browser) {
    try (ChatPage cora = open(browser, "corinna");
        ChatPage dirk = open(browser, "dirk")) {
      cora.chatWith("dirk").send("Hello");
      dirk.page().clock().install();
      dirk.conversation("corinna:dirk").click();
      chooseLater(cora, "later-expiry");
      cora.part("expiry-60").click();
      assertThat(cora.part("expiry")).containsText("after a minute");
      cora.send("Burn this");
      cora.part("expiry-cancel").click();
      cora.send("Keep this");
      assertThat(dirk.row("Burn this").getByTestId("expires")).isVisible();
      assertThat(dirk.row("Keep this")).isVisible();
      assertThat(dirk.row("Keep this").getByTestId("expires")).isHidden();

      dirk.choose("Burn this", "message-pin");
      assertThat(dirk.part("pinned-text")).hasText("corinna: Burn this");
      dirk.page().clock().fastForward("01:01");
      assertThat(dirk.row("Burn this")).isHidden();
      assertThat(dirk.part("pinned-bar")).isHidden();
      assertThat(dirk.row("Keep this")).isVisible();
      assertThat(cora.row("Burn this")).isVisible(); // To her a minute has not passed.
    }
  }

  private static void chooseLater(ChatPage page, String item) {
    page.part("send-later").click();
    page.part(item).click();
  }
}
