package io.embedim.examples.server.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.MouseButton;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The list of conversations of one user, on two devices of hers. */
@ExtendWith(Stage.class)
class ListInBrowserIT {

  private final ServerApi server;

  ListInBrowserIT(ServerApi server) {
    this.server = server;
  }

  private ChatPage open(Browser browser, String user) {
    return ChatPage.open(browser, server.page()).logIn(user);
  }

  @Test
  void how_a_conversation_stands_in_the_list_is_the_same_on_every_device(Browser browser)
      throws IOException {
    Texts.write(server, "bill", "amy", List.of("Hello"));
    Texts.write(server, "cora", "amy", List.of("Hi"));
    try (ChatPage amy = open(browser, "amy");
        ChatPage other = open(browser, "amy")) {
      Locator lines = other.part("conversation-name");
      assertThat(lines).hasText(new String[] {"cora", "bill"});
      chooseInList(amy, "amy:bill", "menu-pin");
      assertThat(lines).hasText(new String[] {"bill", "cora"});
      assertThat(other.conversation("amy:bill").getByTestId("pinned")).isVisible();
      chooseInList(amy, "amy:cora", "menu-mute");
      assertThat(other.conversation("amy:cora").getByTestId("muted")).isVisible();

      amy.chatWith("bill").type("I was about to say");
      amy.chatWith("cora");
      assertThat(other.conversation("amy:bill").getByTestId("conversation-preview"))
          .hasText("Draft: I was about to say");
      assertThat(other.chatWith("bill").part("message-input")).hasValue("I was about to say");

      chooseInList(amy, "amy:cora", "menu-hide");
      assertThat(lines).hasText(new String[] {"bill"});
      assertThat(amy.part("composer")).isHidden();
      Texts.write(server, "cora", "amy", List.of("Are you still there?"));
      assertThat(lines).hasText(new String[] {"bill", "cora"});
    }
  }

  @Test
  void who_is_mentioned_sees_it_in_the_list(Browser browser) {
    try (ChatPage dot = open(browser, "dot");
        ChatPage ed = open(browser, "ed")) {
      String group = "group:" + dot.createGroup("Crew", "ed fritz");
      Locator mark = ed.conversation(group).getByTestId("mentioned");
      dot.send("Hello crew");
      assertThat(ed.conversation(group).getByTestId("unread")).hasText("1");
      assertThat(mark).isHidden();
      dot.part("message-input").fill("@e");
      dot.part("mention-option").click();
      dot.type("are you there?");
      dot.part("send").click();
      assertThat(mark).isVisible();
      ed.reload();
      assertThat(mark).isVisible();
      ed.conversation(group).click();
      assertThat(mark).isHidden();
      dot.send("@all we leave at nine.");
      assertThat(ed.page().locator(".mention.me").last()).hasText("@all");
    }
  }

  private static void chooseInList(ChatPage page, String conversation, String item) {
    page.conversation(conversation).click(new Locator.ClickOptions().setButton(MouseButton.RIGHT));
    page.part(item).click();
  }
}
