package io.embedim.testkit.engine;

import static io.embedim.testkit.engine.Calls.done;
import static io.embedim.testkit.engine.Calls.refused;
import static io.embedim.testkit.engine.Commands.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.Caller;
import io.embedim.core.Contacts;
import io.embedim.core.CreateGroup;
import io.embedim.core.Groups;
import io.embedim.core.ImError;
import io.embedim.core.ReviseCommand;
import io.embedim.core.ReviseCommand.Change;
import io.embedim.core.SendResult;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.LogEntry;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.ImTestEngine;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a user hears of somebody whom she has blocked. */
class ContactsTest {

  private static final ConversationId BOTH = ConversationId.direct("alice", "bob");
  private static final Caller ALICE = Caller.user("alice");
  private static final Caller BOB = Caller.user("bob");

  private ImTestEngine im = ImTestEngine.start();
  private Contacts contacts = im.engine().contacts();

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void a_blocked_user_is_refused_until_she_is_unblocked() {
    FakeDevice alice = im.connect("alice");
    FakeDevice bob = im.connect("bob");
    bob.sends("alice", "hi");
    contacts.block(alice.caller(), "bob");

    assertThat(bob.refused(bob.submits("alice", "why?")).error()).isEqualTo(ImError.BLOCKED);
    assertThat(bob.refused(bob.submits(Commands.unstored(BOTH, "why?"))).error())
        .isEqualTo(ImError.BLOCKED);
    assertThat(contacts.blocked("alice", "", 10)).containsExactly("bob");
    assertThat(contacts.blocked("bob", "", 10)).isEmpty();
    alice.sends("bob", "because");

    contacts.unblock(alice.caller(), "bob");
    bob.sends("alice", "thank you");
    assertThat(texts(alice)).containsExactly("hi", "because", "thank you");
    assertThat(contacts.blocked("alice", "", 10)).isEmpty();
  }

  @Test
  void nobody_has_to_have_talked_before_to_be_blocked() {
    contacts.block(ALICE, "bob");
    FakeDevice bob = im.connect("bob");
    assertThat(bob.refused(bob.submits("alice", "hi")).error()).isEqualTo(ImError.BLOCKED);
    assertThat(im.engine().conversations().list("alice", null, 10)).isEmpty();
    assertThat(im.engine().conversations().list("bob", null, 10)).isEmpty();
    bob.syncs();
    assertThat(bob.log(BOTH)).isEmpty();

    contacts.unblock(ALICE, "bob");
    bob.sends("alice", "hi");
    assertThat(im.engine().conversations().list("alice", null, 10)).hasSize(1);
  }

  @Test
  void whoever_is_blocked_cannot_bring_the_other_into_a_group() {
    contacts.block(ALICE, "bob");
    Groups groups = im.engine().groups();
    CreateGroup withHer =
        new CreateGroup("trap", Group.Info.free("Trap"), List.of("carol", "alice"));
    assertThat(refused(groups.create(BOB, withHer))).isEqualTo(ImError.BLOCKED);
    assertThat(groups.list("bob", "", 10)).isEmpty();
    Calls.create(im, "team", "bob", "carol");
    assertThat(refused(groups.invite(BOB, "team", List.of("dave", "alice"))))
        .isEqualTo(ImError.BLOCKED);
    assertThat(groups.list("dave", "", 10)).isEmpty();

    done(im, groups.invite(Caller.user("carol"), "team", List.of("alice")));
    assertThat(groups.list("alice", "", 10)).hasSize(1);
    done(im, groups.kick(BOB, "team", List.of("alice")));
    contacts.unblock(ALICE, "bob");
    assertThat(done(im, groups.invite(BOB, "team", List.of("alice")))).containsExactly("alice");
  }

  @Test
  void what_is_said_in_groups_is_not_concerned() {
    Calls.create(im, "team", "alice", "bob");
    FakeDevice bob = im.connect("bob");
    contacts.block(ALICE, "bob");
    bob.sends(text(ConversationId.group("team"), "m1", "hi all"));
  }

  @Test
  void a_blocked_user_may_take_back_and_change_nothing_else() {
    im.connect("alice").sends(text(BOTH, "from-alice", "hi"));
    FakeDevice bob = im.connect("bob");
    bob.sends(text(BOTH, "from-bob", "hello"));
    contacts.block(ALICE, "bob");

    assertThat(refused(revise("from-bob", new Change.Edit(Content.text("you ...")))))
        .isEqualTo(ImError.BLOCKED);
    assertThat(refused(revise("from-alice", new Change.React("💩", true))))
        .isEqualTo(ImError.BLOCKED);
    assertThat(refused(revise("from-bob", new Change.Pin(true)))).isEqualTo(ImError.BLOCKED);
    done(im, revise("from-bob", new Change.Revoke()));
  }

  @Test
  void nobody_hears_a_blocked_user_typing() {
    FakeDevice alice = im.connect("alice");
    FakeDevice bob = im.connect("bob");
    bob.types("alice");
    alice.hears(ServerFrame.Typing.class);
    contacts.block(ALICE, "bob");
    bob.types("alice");
    alice.hearsNo(ServerFrame.Typing.class);
  }

  @Test
  void a_block_can_be_silent() {
    restart(settings -> settings.settings(s -> s.messages(rules -> rules.silentBlocks(true))));
    FakeDevice alice = im.connect("alice");
    FakeDevice bob = im.connect("bob");
    FakeDevice tablet = im.connect("bob");
    bob.sends("alice", "hi");
    alice.receives("hi");
    contacts.block(ALICE, "bob");

    SendResult unseen = bob.sends("alice", "can you hear me?");
    bob.submits(Commands.unstored(BOTH, "or this?"));
    alice.receivesNothing();
    assertThat(unseen.seq()).isEqualTo(2);
    assertThat(texts(tablet)).containsExactly("hi", "can you hear me?");
    assertThat(im.engine().conversations().get("alice", BOTH).unreadCount()).isEqualTo(1);

    alice.sends("bob", "I cannot");
    contacts.unblock(ALICE, "bob");
    bob.sends("alice", "now?");
    FakeDevice second = im.connect("alice");
    second.syncs();
    for (FakeDevice device : List.of(alice, second)) {
      assertThat(texts(device)).containsExactly("hi", "I cannot", "now?");
    }
    bob.drops();
    bob.reconnects();
    assertThat(texts(bob)).containsExactly("hi", "can you hear me?", "I cannot", "now?");
  }

  @Test
  void the_users_other_devices_hear_of_a_block() {
    FakeDevice phone = im.connect("alice");
    FakeDevice page = im.connect("alice");
    contacts.block(phone.caller(), "bob");
    assertThat(page.hears(ServerFrame.BlockChanged.class))
        .isEqualTo(new ServerFrame.BlockChanged(BOTH, true));
    phone.hearsNo(ServerFrame.BlockChanged.class);
    contacts.block(phone.caller(), "bob");
    page.hearsNo(ServerFrame.BlockChanged.class);
    contacts.unblock(phone.caller(), "bob");
    assertThat(page.hears(ServerFrame.BlockChanged.class).blocked()).isFalse();
  }

  @Test
  void only_other_users_can_be_blocked() {
    restart(
        builder ->
            builder.userDirectory(
                users ->
                    users.stream()
                        .filter(List.of("alice", "bob")::contains)
                        .collect(java.util.stream.Collectors.toSet())));
    for (String nobody : List.of("alice", "system", "group", "", "no id!", "x".repeat(65))) {
      assertThat(refused(() -> contacts.block(ALICE, nobody))).isEqualTo(ImError.INVALID_ARGUMENT);
      assertThat(refused(() -> contacts.unblock(ALICE, nobody)))
          .isEqualTo(ImError.INVALID_ARGUMENT);
    }
    assertThat(refused(() -> contacts.block(ALICE, "dave"))).isEqualTo(ImError.USER_NOT_FOUND);
    for (int limit : new int[] {0, 201}) {
      assertThat(refused(() -> contacts.blocked("alice", "", limit)))
          .isEqualTo(ImError.INVALID_ARGUMENT);
    }
  }

  private void restart(UnaryOperator<ImTestEngine.Builder> change) {
    im.close();
    im = change.apply(ImTestEngine.builder()).start();
    contacts = im.engine().contacts();
  }

  private CompletionStage<SendResult> revise(String target, Change change) {
    return im.engine().messages().revise(BOB, ReviseCommand.of(BOTH, target, change));
  }

  private static List<String> texts(FakeDevice device) {
    return device.log(BOTH).stream()
        .map(LogEntry::draft)
        .map(draft -> draft.content().plainText())
        .toList();
  }
}
