package io.embedim.examples.server.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Three people before three browsers, in groups. */
@ExtendWith(Stage.class)
class GroupsInBrowserIT {

  private final ServerApi server;

  GroupsInBrowserIT(ServerApi server) {
    this.server = server;
  }

  private ChatPage open(Browser browser, String user) {
    return ChatPage.open(browser, server.page()).logIn(user);
  }

  @Test
  void a_group_grows_speaks_and_shows_who_has_read(Browser browser) {
    try (ChatPage ann = open(browser, "ann");
        ChatPage ben = open(browser, "ben");
        ChatPage cleo = open(browser, "cleo")) {
      String group = "group:" + ann.createGroup("Hikers", "ben");
      assertThat(ben.conversation(group).getByTestId("conversation-name")).hasText("Hikers");
      assertThat(ben.conversation(group).getByTestId("conversation-preview"))
          .hasText("ann created the group “Hikers”");
      ben.conversation(group).click();

      ann.part("group-details").click();
      ann.part("group-invite").click();
      ann.part("group-users").fill("cleo, no one");
      ann.submitForm();
      assertThat(ben.event("ann added cleo, no, and one")).isVisible();
      ann.chooseForMember("no", "member-kick");
      ann.confirm();
      assertThat(ben.event("ann removed no")).isVisible();
      assertThat(ann.event("You removed no")).isVisible();
      assertThat(ann.part("member-count")).hasText("4 members");

      ann.send("Saturday at seven?");
      assertThat(ann.part("read-by")).hasText("Read by 1 of 3");
      cleo.conversation(group).click();
      assertThat(cleo.row("Saturday at seven?").getByTestId("message-sender")).hasText("ann");
      assertThat(ann.part("read-by")).hasText("Read by 2 of 3");
      ann.part("read-by").click();
      assertThat(ann.part("reader")).hasText(new String[] {"Bben", "Ccleo"});
      assertThat(ann.part("non-reader")).hasText(new String[] {"Oone"});

      cleo.part("group-details").click();
      cleo.part("group-nickname").click();
      cleo.part("group-nickname-input").fill("Queen of the Nile");
      cleo.submitForm();
      cleo.send("Seven it is.");
      assertThat(ben.row("Seven it is.").getByTestId("message-sender"))
          .hasText("Queen of the Nile");
      assertThat(ben.conversation(group).getByTestId("conversation-preview"))
          .hasText("Queen of the Nile: Seven it is.");

      ann.part("panel-close").click();
      ann.part("group-details").click();
      ann.part("group-edit").click();
      ann.part("group-join-mode").selectOption("2");
      ann.submitForm();
      cleo.part("group-leave").click();
      cleo.confirm();
      assertThat(ann.event("cleo left")).isVisible();
      cleo.reload();
      assertThat(cleo.part("composer-closed")).hasText("You do not belong to this group any more.");
      assertThat(cleo.part("chat-title")).hasText("Hikers");
    }
  }

  @Test
  void who_may_not_speak_reads_why_until_she_may_again(Browser browser) {
    try (ChatPage dora = open(browser, "dora");
        ChatPage emil = open(browser, "emil");
        ChatPage fay = open(browser, "fay")) {
      String group = "group:" + dora.createGroup("Crew", "emil fay");
      emil.conversation(group).click();
      fay.conversation(group).click();
      dora.part("group-details").click();
      dora.chooseForMember("emil", "member-admin");
      assertThat(fay.event("dora made emil an admin")).isVisible();

      emil.part("group-details").click();
      assertThat(emil.member("emil").getByTestId("member-role")).hasText("Admin");
      emil.chooseForMember("fay", "member-mute-1h");
      assertThat(fay.part("composer-closed")).containsText("You are muted until");
      assertThat(fay.part("message-input")).isHidden();
      assertThat(dora.member("fay")).hasAttribute("data-muted", "true");
      emil.chooseForMember("fay", "member-unmute");
      fay.send("Thank you");
      assertThat(emil.row("Thank you")).isVisible();

      emil.part("group-mute-all").click();
      assertThat(fay.part("composer-closed")).containsText("Only the owner and the admins");
      emil.part("group-mute-all").click();
      assertThat(fay.part("message-input")).isVisible();

      emil.chooseForMember("fay", "member-kick");
      emil.confirm();
      assertThat(fay.part("composer-closed")).hasText("emil removed you from this group.");
      assertThat(fay.event("emil removed you")).isVisible();
      fay.reload();
      assertThat(fay.part("composer-closed")).hasText("emil removed you from this group.");
    }
  }

  @Test
  void who_wants_to_join_asks_and_a_group_ends_with_its_new_owner(Browser browser) {
    NewContextOptions chinese = new NewContextOptions().setLocale("zh-CN");
    try (ChatPage gus = open(browser, "gus");
        ChatPage hana = ChatPage.open(browser, server.page(), chinese).logIn("hana")) {
      String id = gus.createGroup("Choir", "ida");
      gus.part("group-details").click();
      gus.part("group-edit").click();
      gus.part("group-name").fill("Night choir");
      gus.part("group-announcement").fill("Mondays at eight");
      gus.part("group-join-mode").selectOption("1");
      gus.submitForm();
      assertThat(gus.event("You named the group “Night choir”")).isVisible();
      assertThat(gus.part("group-panel-announcement")).hasText("Mondays at eight");

      hana.part("new-chat").click();
      hana.part("join-group").click();
      hana.part("join-group-id").fill(id);
      hana.part("join-group-note").fill("我唱女高音");
      hana.submitForm();
      assertThat(hana.part("notice")).isVisible();
      assertThat(gus.part("request-count")).hasText("1");
      assertThat(gus.part("join-request")).containsText("我唱女高音");
      gus.part("request-approve").click();
      assertThat(gus.part("join-request")).isHidden();
      hana.conversation("group:" + id).click();
      assertThat(hana.event("“gus”邀请你加入了群聊")).isVisible();

      gus.chooseForMember("hana", "member-transfer");
      gus.confirm();
      assertThat(hana.event("“gus”将群主转让给你")).isVisible();
      hana.part("group-details").click();
      hana.part("group-dismiss").click();
      hana.confirm();
      assertThat(gus.part("composer-closed")).hasText("This group was dismissed.");
      assertThat(hana.part("composer-closed")).hasText("该群已解散。");
      assertThat(gus.part("group-leave")).isHidden();
    }
  }
}
