package io.embedim.examples.server.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two people before two browsers. Each test has people of its own. */
@ExtendWith(Stage.class)
class ChatInBrowserIT {

  private final ServerApi server;

  ChatInBrowserIT(ServerApi server) {
    this.server = server;
  }

  private ChatPage open(Browser browser, String user) {
    return ChatPage.open(browser, server.page()).logIn(user);
  }

  @Test
  void two_people_chat_and_see_what_was_delivered_and_read(Browser browser) {
    try (ChatPage alice = open(browser, "alice");
        ChatPage bob = open(browser, "bob")) {
      alice.chatWith("bob").send("Lunch at twelve?");
      alice.awaitState("Lunch at twelve?", "delivered");

      Locator line = bob.conversation("alice:bob");
      assertThat(line.getByTestId("conversation-preview")).hasText("Lunch at twelve?");
      line.click();
      alice.awaitState("Lunch at twelve?", "read");

      bob.send("Twelve is fine.");
      bob.awaitState("Twelve is fine.", "read");
      List<String> texts = List.of("Lunch at twelve?", "Twelve is fine.");
      alice.awaitTexts(texts);
      bob.awaitTexts(texts);
      assertThat(alice.messageIds()).isEqualTo(bob.messageIds());
    }
  }

  @Test
  void typing_and_presence_are_seen_on_the_other_side(Browser browser) {
    try (ChatPage carol = open(browser, "carol")) {
      try (ChatPage dave = open(browser, "dave")) {
        carol.chatWith("dave").send("Are you there?");
        assertThat(carol.part("presence")).hasAttribute("data-online", "true");

        dave.chatWith("carol").type("Yes, ");
        assertThat(carol.part("typing")).isVisible();
        assertThat(carol.conversation("carol:dave").getByTestId("conversation-preview"))
            .hasText("typing");
        dave.type("I am.");
        dave.part("send").click();
        assertThat(carol.row("Yes, I am.")).isVisible();
        assertThat(carol.part("typing")).isHidden();
      }
      assertThat(carol.part("presence")).hasAttribute("data-online", "false");
      assertThat(carol.part("presence")).hasText("last seen just now");
    }
  }

  @Test
  void what_was_not_seen_is_counted_until_it_is_seen(Browser browser) throws IOException {
    Texts.write(server, "frank", "erin", List.of("An old one"));
    try (ChatPage erin = open(browser, "erin")) {
      erin.chatWith("grace");
      Texts.write(server, "frank", "erin", Texts.numbered("News", 3));

      Locator unread = erin.conversation("erin:frank").getByTestId("unread");
      assertThat(unread).hasText("4");
      assertThat(erin.page()).hasTitle("(4) EmbedIM");

      erin.conversation("erin:frank").click();
      assertThat(unread).isHidden();
      assertThat(erin.page()).hasTitle("EmbedIM");
      assertThat(erin.part("unread-divider")).isVisible();
      erin.reload();
      assertThat(erin.row("News 3")).isVisible();
      assertThat(unread).isHidden();
    }
  }

  @Test
  void of_more_than_fits_on_the_screen_the_rest_stays_unread_until_it_is_seen(Browser browser)
      throws IOException {
    Texts.write(server, "quinn", "peggy", Texts.numbered("Long story", 90));
    try (ChatPage peggy = open(browser, "peggy")) {
      peggy.conversation("peggy:quinn").click();

      Locator unread = peggy.conversation("peggy:quinn").getByTestId("unread");
      assertThat(unread).not().hasText("90");
      int left = Integer.parseInt(unread.innerText());
      assertThat(left).isBetween(1, 89);
      assertThat(peggy.part("jump-count")).hasText(String.valueOf(left));

      peggy.part("jump-to-bottom").click();
      assertThat(unread).isHidden();
      peggy.reload();
      assertThat(peggy.row("Long story 90")).isVisible();
      assertThat(unread).isHidden();
    }
  }

  @Test
  void to_the_system_nobody_can_write(Browser browser) {
    try (ChatPage ruth = open(browser, "ruth")) {
      ruth.part("new-chat").click();
      ruth.part("new-chat-user").fill("system");
      ruth.part("new-chat-submit").click();
      assertThat(ruth.part("new-chat-error")).not().isEmpty();
      assertThat(ruth.part("composer")).isHidden();

      ruth.part("new-chat-user").fill("sybil");
      ruth.part("new-chat-submit").click();
      assertThat(ruth.part("composer")).isVisible();
    }
  }

  @Test
  void a_reload_keeps_the_login_and_the_open_conversation(Browser browser) {
    try (ChatPage heidi = open(browser, "heidi")) {
      heidi.chatWith("ivan").send("Before the reload");
      heidi.awaitState("Before the reload", "sent");

      heidi.reload();
      assertThat(heidi.part("me")).hasText("heidi");
      assertThat(heidi.part("chat-title")).hasText("ivan");
      heidi.awaitTexts(List.of("Before the reload"));
      heidi.send("After it");
      heidi.awaitState("After it", "sent");
      assertThat(heidi.seqs()).containsExactly(1L, 2L);
    }
  }

  @Test
  void older_messages_come_as_one_scrolls_up_and_what_one_reads_holds_still(Browser browser)
      throws IOException {
    Texts.write(server, "kate", "judy", Texts.numbered("Message", 230));
    try (ChatPage kate = open(browser, "kate")) {
      kate.conversation("judy:kate").click();
      assertThat(kate.row("Message 230")).isVisible();
      assertThat(kate.part("message")).hasCount(50);

      Locator inSight = kate.row("Message 190");
      kate.page().evaluate("document.getElementById('timeline').scrollTop = 300");
      double before = inSight.boundingBox().y;
      assertThat(kate.part("message")).hasCount(100);
      assertThat(inSight.boundingBox().y).isCloseTo(before, within(2.0));

      kate.part("messages").hover();
      Eventually.until(
          "the beginning of the conversation",
          () -> {
            kate.page().mouse().wheel(0, -2_000);
            return kate.part("history-start").isVisible();
          });
      assertThat(kate.seqs()).containsExactlyElementsOf(numbers(230));
      assertThat(kate.part("message-text").first()).hasText("Message 1");

      kate.part("jump-to-bottom").click();
      assertThat(kate.row("Message 230")).isInViewport();
    }
  }

  @Test
  void on_a_phone_the_list_and_the_conversation_take_turns(Browser browser) {
    try (ChatPage laura = open(browser, "laura");
        ChatPage mike = ChatPage.open(browser, server.page(), phone()).logIn("mike")) {
      laura.chatWith("mike").send("Where are you?");
      assertThat(mike.part("chat")).isHidden();

      mike.conversation("laura:mike").tap();
      assertThat(mike.part("conversation-list")).isHidden();
      mike.send("On the train.");
      laura.awaitTexts(List.of("Where are you?", "On the train."));
      Object overflow = mike.page().evaluate("document.documentElement.scrollWidth - innerWidth");
      assertThat(overflow).isEqualTo(0);

      mike.part("chat-search").tap();
      assertThat(mike.part("panel")).isVisible();
      mike.page().goBack();
      assertThat(mike.part("panel")).isHidden();
      assertThat(mike.part("chat")).isVisible();

      mike.part("back").tap();
      assertThat(mike.part("chat")).isHidden();
      assertThat(mike.conversation("laura:mike").getByTestId("conversation-preview"))
          .hasText("On the train.");
    }
  }

  @Test
  void a_browser_that_asks_for_chinese_gets_a_chinese_page(Browser browser) {
    NewContextOptions chinese = new NewContextOptions().setLocale("zh-CN");
    try (ChatPage nina = ChatPage.open(browser, server.page(), chinese)) {
      assertThat(nina.page().locator("html")).hasAttribute("lang", "zh-CN");
      assertThat(nina.part("login-submit")).hasText("登录");
      nina.logIn("nina").chatWith("oscar").send("你好！");
      nina.awaitState("你好！", "sent");
      assertThat(nina.part("message-input")).hasAttribute("placeholder", "输入消息");
      assertThat(nina.part("presence")).hasText("离线");
    }
  }

  private static NewContextOptions phone() {
    return new NewContextOptions()
        .setLocale("en-US")
        .setViewportSize(390, 844)
        .setIsMobile(true)
        .setHasTouch(true);
  }

  private static List<Long> numbers(int n) {
    return LongStream.rangeClosed(1, n).boxed().toList();
  }
}
