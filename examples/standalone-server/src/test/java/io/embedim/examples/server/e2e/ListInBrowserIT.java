package io.embedim.examples.server.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.MouseButton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The list of conversations of one user, on two devices of hers. */
@ExtendWith(Stage.class)
@TestInstance(Lifecycle.PER_CLASS)
class ListInBrowserIT {

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
  void how_a_conversation_stands_in_the_list_is_the_same_on_every_device(Browser browser)
      throws IOException {
    Texts.write(server.api(), "ben", "ann", List.of("Hello"));
    Texts.write(server.api(), "cleo", "ann", List.of("Hi"));
    try (ChatPage ann = open(browser, "ann");
        ChatPage other = open(browser, "ann")) {
      Locator lines = other.part("conversation-name");
      assertThat(lines).hasText(new String[] {"cleo", "ben"});
      chooseInList(ann, "ann:ben", "menu-pin");
      assertThat(lines).hasText(new String[] {"ben", "cleo"});
      assertThat(other.conversation("ann:ben").getByTestId("pinned")).isVisible();
      chooseInList(ann, "ann:cleo", "menu-mute");
      assertThat(other.conversation("ann:cleo").getByTestId("muted")).isVisible();

      ann.chatWith("ben").type("I was about to say");
      ann.chatWith("cleo");
      assertThat(other.conversation("ann:ben").getByTestId("conversation-preview"))
          .hasText("Draft: I was about to say");
      assertThat(other.chatWith("ben").part("message-input")).hasValue("I was about to say");

      chooseInList(ann, "ann:cleo", "menu-hide");
      assertThat(lines).hasText(new String[] {"ben"});
      assertThat(ann.part("composer")).isHidden();
      Texts.write(server.api(), "cleo", "ann", List.of("Are you still there?"));
      assertThat(lines).hasText(new String[] {"ben", "cleo"});
    }
  }

  @Test
  void who_is_mentioned_sees_it_in_the_list(Browser browser) {
    try (ChatPage dora = open(browser, "dora");
        ChatPage emil = open(browser, "emil")) {
      String group = "group:" + dora.createGroup("Crew", "emil fay");
      Locator mark = emil.conversation(group).getByTestId("mentioned");
      dora.send("Hello crew");
      assertThat(emil.conversation(group).getByTestId("unread")).hasText("1");
      assertThat(mark).isHidden();
      dora.send("@emil are you there?");
      assertThat(mark).isVisible();
      emil.reload();
      assertThat(mark).isVisible();
      emil.conversation(group).click();
      assertThat(mark).isHidden();
      dora.send("@all we leave at nine.");
      assertThat(emil.page().locator(".mention.me").last()).hasText("@all");
    }
  }

  private static void chooseInList(ChatPage page, String conversation, String item) {
    page.conversation(conversation).click(new Locator.ClickOptions().setButton(MouseButton.RIGHT));
    page.part(item).click();
  }
}
