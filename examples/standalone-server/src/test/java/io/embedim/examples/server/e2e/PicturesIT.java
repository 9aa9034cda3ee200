package io.embedim.examples.server.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ScreenshotAnimations;
import com.microsoft.playwright.options.ScreenshotCaret;
import io.embedim.examples.server.e2e.Dialogue.Aside;
import io.embedim.examples.server.e2e.Dialogue.Line;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Takes the pictures of the documentation, when it is told into which directory. */
@EnabledIfSystemProperty(
    named = PicturesIT.DIRECTORY,
    matches = ".+",
    disabledReason = "pictures are taken when asked: -Dim.screenshots=../../docs/images")
@ExtendWith(Stage.class)
@TestInstance(Lifecycle.PER_CLASS)
class PicturesIT {

  static final String DIRECTORY = "im.screenshots";

  private static final int WIDTH = 1_040;
  private static final int HEIGHT = 680;
  private static final int GROUP_WIDTH = 1_280;
  private static final int GROUP_HEIGHT = 800;
  private static final int PHONE_WIDTH = 390;
  private static final int PHONE_HEIGHT = 780;

  /** Pixels of the picture for each of the page: sharp also on a good screen. */
  private static final int SCALE = 2;

  private static final int MORNING = 10;

  private final Path pictures = Path.of(System.getProperty(DIRECTORY, ""));
  private ServerProcess server;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    Files.createDirectories(pictures);
    server = ServerSetup.in(directory).start();
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void a_conversation_in_english(Browser browser) throws IOException {
    Dialogue dialogue = Dialogue.english();
    write(dialogue);
    try (ChatPage me = openConversation(browser, screen("en-US"), dialogue.me(), dialogue.peer());
        ChatPage peer = openConversation(browser, phone("en-US"), dialogue.peer(), dialogue.me());
        ChatPage other = ChatPage.open(browser, server.api().page()).logIn("dave")) {
      me.awaitState(last(dialogue), "read");
      assertThat(me.part("presence")).hasText("online");
      assertThat(other.part("conversation-list")).isVisible();
      assertThat(me.conversation("alice:dave").getByTestId("presence-dot"))
          .hasAttribute("data-online", "true");
      take(me, "chat.png", WIDTH, HEIGHT);

      me.type("By the way");
      assertThat(peer.part("typing")).isVisible();
      take(peer, "phone.png", PHONE_WIDTH, PHONE_HEIGHT);
    }
  }

  @Test
  void a_conversation_in_chinese(Browser browser) throws IOException {
    Dialogue dialogue = Dialogue.chinese();
    write(dialogue);
    try (ChatPage me = openConversation(browser, screen("zh-CN"), dialogue.me(), dialogue.peer());
        ChatPage peer = openConversation(browser, phone("zh-CN"), dialogue.peer(), dialogue.me())) {
      me.awaitState(last(dialogue), "read");
      assertThat(me.part("presence")).hasText("在线");
      take(me, "chat-zh.png", WIDTH, HEIGHT);

      me.type("对了");
      assertThat(peer.part("typing")).isVisible();
      take(peer, "phone-zh.png", PHONE_WIDTH, PHONE_HEIGHT);
    }
  }

  @Test
  void a_group_in_english(Browser browser) throws IOException {
    play(browser, GroupScene.english(), Dialogue.english(), "group.png");
  }

  @Test
  void a_group_in_chinese(Browser browser) throws IOException {
    play(browser, GroupScene.chinese(), Dialogue.chinese(), "group-zh.png");
  }

  private void play(Browser browser, GroupScene scene, Dialogue dialogue, String name)
      throws IOException {
    for (Aside aside : dialogue.asides()) {
      Texts.write(server.api(), aside.from(), scene.owner(), aside.texts());
    }
    NewContextOptions wide = screen(scene.locale()).setViewportSize(GROUP_WIDTH, GROUP_HEIGHT);
    try (ChatPage owner = ChatPage.open(browser, server.api().page(), wide).logIn(scene.owner());
        ChatPage admin = ChatPage.open(browser, server.api().page()).logIn(scene.admin());
        ChatPage member = ChatPage.open(browser, server.api().page()).logIn(scene.member())) {
      String group = "group:" + owner.createGroup(scene.name(), scene.others());
      admin.conversation(group).click();
      member.conversation(group).click();
      owner.part("group-details").click();
      owner.part("group-edit").click();
      owner.part("group-announcement").fill(scene.announcement());
      owner.submitForm();
      owner.chooseForMember(scene.admin(), "member-admin");
      owner.chooseForMember(scene.muted(), "member-mute-1h");

      owner.send(scene.question());
      owner.choose(scene.question(), "message-pin");
      admin.choose(scene.question(), "message-reply");
      admin.send(scene.answer());
      assertThat(owner.row(scene.answer())).isVisible();
      owner.send(scene.offer());
      admin.react(scene.offer(), "👍");
      member.react(scene.offer(), "👍");
      member.react(scene.offer(), "❤️");
      member.part("message-input").fill(scene.mention());
      member.part("message-input").press("Enter");
      assertThat(owner.page().locator(".mention.me")).isVisible();
      assertThat(owner.part("read-by").last()).containsText("2");
      owner.page().mouse().move(0, 0);
      take(owner, name, GROUP_WIDTH, GROUP_HEIGHT);
    }
  }

  private void write(Dialogue dialogue) throws IOException {
    for (Aside aside : dialogue.asides()) {
      Texts.write(server.api(), aside.from(), dialogue.me(), aside.texts());
    }
    for (Line line : dialogue.lines()) {
      String to = line.from().equals(dialogue.me()) ? dialogue.peer() : dialogue.me();
      Texts.write(server.api(), line.from(), to, List.of(line.text()));
    }
  }

  private static String last(Dialogue dialogue) {
    return dialogue.lines().get(dialogue.lines().size() - 1).text();
  }

  /** With everything read, and no line left above what was new. */
  private ChatPage openConversation(
      Browser browser, NewContextOptions options, String user, String peer) {
    ChatPage page = ChatPage.open(browser, server.api().page(), options).logIn(user);
    String id = Frames.conversation(user, peer);
    page.conversation(id).click();
    assertThat(page.conversation(id).getByTestId("unread")).isHidden();
    page.reload();
    assertThat(page.part("message").first()).isVisible();
    page.awaitConnection();
    return page;
  }

  private void take(ChatPage page, String name, int width, int height) throws IOException {
    Path file = pictures.resolve(name);
    page.page()
        .screenshot(
            new ScreenshotOptions()
                .setPath(file)
                .setAnimations(ScreenshotAnimations.DISABLED)
                .setCaret(ScreenshotCaret.HIDE));
    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).isEqualTo(width * SCALE);
    assertThat(picture.getHeight()).isEqualTo(height * SCALE);
  }

  private static NewContextOptions screen(String locale) {
    return new NewContextOptions()
        .setLocale(locale)
        .setTimezoneId(zoneWhereItIsMorning())
        .setViewportSize(WIDTH, HEIGHT)
        .setDeviceScaleFactor(SCALE);
  }

  private static NewContextOptions phone(String locale) {
    return screen(locale)
        .setViewportSize(PHONE_WIDTH, PHONE_HEIGHT)
        .setIsMobile(true)
        .setHasTouch(true);
  }

  /** So that whoever takes the pictures at night does not look like it. */
  private static String zoneWhereItIsMorning() {
    int offset = MORNING - LocalTime.now(ZoneOffset.UTC).getHour();
    // The sign of these names is that of the way from there to Greenwich.
    return offset >= 0 ? "Etc/GMT-" + offset : "Etc/GMT+" + Math.min(12, -offset);
  }
}
