package io.embedim.testkit.engine;

import static io.embedim.testkit.engine.Calls.refused;
import static io.embedim.testkit.engine.Commands.expiring;
import static io.embedim.testkit.engine.Commands.replyTo;
import static io.embedim.testkit.engine.Commands.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.Caller;
import io.embedim.core.HistoryQuery;
import io.embedim.core.ImError;
import io.embedim.core.ReviseCommand;
import io.embedim.core.ReviseCommand.Change;
import io.embedim.core.SendCommand;
import io.embedim.core.SendResult;
import io.embedim.spi.hook.MessageInterceptor.Outcome;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.SettingsChange;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.ImTestEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What can be done to a message after it was sent, by whom, and until when. */
class RevisionsTest {

  private static final Caller ALICE = Caller.user("alice");
  private static final Caller BOB = Caller.user("bob");
  private static final Caller CAROL = Caller.user("carol");
  private static final Caller HOST = Caller.user("system");
  private static final ConversationId BOTH = ConversationId.direct("alice", "bob");
  private static final ConversationId TEAM = ConversationId.group("team");

  private final ImTestEngine im =
      ImTestEngine.builder()
          .settings(settings -> settings.messagesBurst(1_000).messagesPerSecond(1_000))
          .interceptor(
              (draft, chain) ->
                  draft.content().plainText().equals("bad word")
                      ? new Outcome.Refused("not here")
                      : chain.proceed(draft))
          .start();
  private final FakeDevice alice = im.connect("alice");
  private final FakeDevice bob = im.connect("bob");

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void what_a_sender_revokes_says_nothing_any_more_to_anybody() {
    alice.sends(text(BOTH, "m1", "a secret"));
    SendResult revoked = done(revise(ALICE, BOTH, "m1", new Change.Revoke()));

    assertThat(revoked.seq()).isEqualTo(2);
    LogEntry entry = bob.log(BOTH).get(1);
    assertThat(entry.draft().revision()).isEqualTo(new Revision.Revoke("m1"));
    assertThat(entry.targetSeq()).isEqualTo(1);
    assertThat(stored(BOTH, 1).state().revoked()).isTrue();
    assertThat(stored(BOTH, 1).draft().content()).isEqualTo(Content.REVOKED);
    assertThat(im.engine().conversations().get("bob", BOTH).unreadCount()).isZero();
  }

  @Test
  void a_sender_has_two_minutes_to_revoke() {
    alice.sends(text(BOTH, "m1", "a secret"));
    im.advance(Duration.ofMinutes(2));
    alice.sends(text(BOTH, "m2", "another"));
    im.advance(Duration.ofMillis(1));

    assertThat(refused(revise(ALICE, BOTH, "m1", new Change.Revoke())))
        .isEqualTo(ImError.REVOKE_WINDOW_PASSED);
    im.advance(Duration.ofMinutes(2).minusMillis(1));
    done(revise(ALICE, BOTH, "m2", new Change.Revoke()));
    assertThat(stored(BOTH, 1).state().revoked()).isFalse();
  }

  @Test
  void only_the_sender_revokes_and_edits_in_a_conversation_of_two() {
    alice.sends(text(BOTH, "m1", "mine"));
    assertThat(refused(revise(BOB, BOTH, "m1", new Change.Revoke()))).isEqualTo(ImError.NOT_SENDER);
    assertThat(refused(revise(BOB, BOTH, "m1", edit("yours")))).isEqualTo(ImError.NOT_SENDER);
    assertThat(im.engine().conversations().get("alice", BOTH).head().maxSeq()).isEqualTo(1);
  }

  @Test
  void a_groups_owner_and_admins_revoke_at_any_time_and_edit_nothing() {
    team();
    send(CAROL, TEAM, "m1", "off topic");
    im.advance(Duration.ofDays(400));

    assertThat(refused(revise(CAROL, TEAM, "m1", new Change.Revoke())))
        .isEqualTo(ImError.REVOKE_WINDOW_PASSED);
    assertThat(refused(revise(BOB, TEAM, "m1", edit("on topic")))).isEqualTo(ImError.NOT_SENDER);
    done(revise(BOB, TEAM, "m1", new Change.Revoke()));
    assertThat(stored(TEAM, 3).state().revoked()).isTrue();
  }

  @Test
  void an_edit_says_when_it_was_made_and_is_over_after_a_day() {
    alice.sends(text(BOTH, "m1", "teh"));
    im.advance(Duration.ofHours(24));
    SendResult edited = done(revise(ALICE, BOTH, "m1", edit("the")));
    im.advance(Duration.ofMillis(1));

    assertThat(refused(revise(ALICE, BOTH, "m1", edit("too late"))))
        .isEqualTo(ImError.EDIT_WINDOW_PASSED);
    assertThat(stored(BOTH, 1).draft().content()).isEqualTo(Content.text("the"));
    assertThat(stored(BOTH, 1).state().editedAt()).isEqualTo(edited.timestamp());
    assertThat(bob.log(BOTH).get(1).draft().revision())
        .isInstanceOfSatisfying(
            Revision.Edit.class,
            edit -> assertThat(edit.replacement().plainText()).isEqualTo("the"));
  }

  @Test
  void an_edit_is_looked_at_like_a_message() {
    alice.sends(text(BOTH, "m1", "fine"));
    assertThat(refused(revise(ALICE, BOTH, "m1", edit("bad word"))))
        .isEqualTo(ImError.REJECTED_BY_HOST);
    assertThat(refused(revise(ALICE, BOTH, "m1", edit("x".repeat(20_000)))))
        .isEqualTo(ImError.CONTENT_TOO_LARGE);
    Content picture = new Content(ContentType.IMAGE, "{\"url\":\"x\"}", "");
    assertThat(refused(revise(ALICE, BOTH, "m1", new Change.Edit(picture))))
        .isEqualTo(ImError.INVALID_ARGUMENT);
    assertThat(stored(BOTH, 1).draft().content().plainText()).isEqualTo("fine");
  }

  @Test
  void reactions_are_gathered_and_bounded() {
    alice.sends(text(BOTH, "m1", "hi"));
    done(revise(BOB, BOTH, "m1", new Change.React("👍", true)));
    done(revise(ALICE, BOTH, "m1", new Change.React("👍", true)));
    done(revise(ALICE, BOTH, "m1", new Change.React("❤️", true)));
    done(revise(ALICE, BOTH, "m1", new Change.React("👍", false)));
    assertThat(stored(BOTH, 1).state().reactions())
        .isEqualTo(Map.of("👍", List.of("bob"), "❤️", List.of("alice")));

    List<String> emojis =
        List.of(
            "😀", "😁", "😂", "😃", "😄", "😅", "😆", "😉", "😊", "😋", "😎", "😍", "😘", "😗",
            "😙", "😚", "🙂", "🤗");
    emojis.forEach(emoji -> done(revise(BOB, BOTH, "m1", new Change.React(emoji, true))));
    assertThat(refused(revise(BOB, BOTH, "m1", new Change.React("🎉", true))))
        .isEqualTo(ImError.INVALID_ARGUMENT);
    done(revise(ALICE, BOTH, "m1", new Change.React("😀", true)));
  }

  @Test
  void an_emoji_is_one_kind_with_and_without_variation_selectors() {
    alice.sends(text(BOTH, "m1", "hi"));
    done(revise(BOB, BOTH, "m1", new Change.React("\u2764", true)));
    done(revise(ALICE, BOTH, "m1", new Change.React("\u2764\ufe0f", true)));
    // The eye in the speech bubble has two selectors, of which some keyboards send one.
    done(revise(BOB, BOTH, "m1", new Change.React("\ud83d\udc41\u200d\ud83d\udde8\ufe0f", true)));
    assertThat(stored(BOTH, 1).state().reactions())
        .isEqualTo(
            Map.of(
                "\u2764\ufe0f",
                List.of("bob", "alice"),
                "\ud83d\udc41\ufe0f\u200d\ud83d\udde8\ufe0f",
                List.of("bob")));

    done(revise(BOB, BOTH, "m1", new Change.React("\u2764", false)));
    assertThat(stored(BOTH, 1).state().reactions().get("\u2764\ufe0f")).containsExactly("alice");
  }

  @Test
  void a_reaction_is_one_emoji() {
    alice.sends(text(BOTH, "m1", "hi"));
    for (String emoji : List.of("👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "👍🏽", "1️⃣", "🇨🇳")) {
      done(revise(BOB, BOTH, "m1", new Change.React(emoji, true)));
    }
    for (String other :
        List.of(
            "",
            "a",
            "好",
            "👍👍",
            "👍 ",
            " 👍",
            "\u0000",
            "\ud83d",
            ":thumbsup:",
            "👍".repeat(40))) {
      assertThat(refused(revise(BOB, BOTH, "m1", new Change.React(other, true))))
          .as(other)
          .isEqualTo(ImError.INVALID_ARGUMENT);
    }
    assertThat(stored(BOTH, 1).state().reactions()).hasSize(5);
  }

  @Test
  void both_of_two_pin_and_in_a_group_its_owner_and_admins() {
    alice.sends(text(BOTH, "m1", "hi"));
    done(revise(BOB, BOTH, "m1", new Change.Pin(true)));
    assertThat(stored(BOTH, 1).state().pinned()).isTrue();
    done(revise(ALICE, BOTH, "m1", new Change.Pin(false)));
    assertThat(stored(BOTH, 1).state().pinned()).isFalse();

    team();
    send(CAROL, TEAM, "m1", "hi");
    assertThat(refused(revise(CAROL, TEAM, "m1", new Change.Pin(true))))
        .isEqualTo(ImError.NOT_GROUP_ADMIN);
    done(revise(BOB, TEAM, "m1", new Change.Pin(true)));
  }

  @Test
  void not_more_than_fifty_messages_are_pinned() {
    for (int i = 0; i <= 50; i++) {
      alice.sends(text(BOTH, "m" + i, "hi"));
    }
    for (int i = 0; i < 50; i++) {
      done(revise(BOB, BOTH, "m" + i, new Change.Pin(true)));
    }
    assertThat(refused(revise(BOB, BOTH, "m50", new Change.Pin(true))))
        .isEqualTo(ImError.INVALID_ARGUMENT);
    done(revise(BOB, BOTH, "m0", new Change.Pin(false)));
    done(revise(BOB, BOTH, "m50", new Change.Pin(true)));
  }

  @Test
  void who_may_not_speak_may_take_back_and_nothing_else() {
    team();
    send(CAROL, TEAM, "m1", "hi");
    done(revise(CAROL, TEAM, "m1", new Change.React("👍", true)));
    done(im.engine().groups().mute(ALICE, "team", "carol", Duration.ofHours(1)));

    assertThat(refused(revise(CAROL, TEAM, "m1", edit("hello")))).isEqualTo(ImError.MUTED);
    assertThat(refused(revise(CAROL, TEAM, "m1", new Change.React("🎉", true))))
        .isEqualTo(ImError.MUTED);
    done(revise(CAROL, TEAM, "m1", new Change.React("👍", false)));
    done(revise(CAROL, TEAM, "m1", new Change.Revoke()));
  }

  @Test
  void of_a_revoked_message_nothing_is_left_to_change_or_answer() {
    alice.sends(text(BOTH, "m1", "a secret"));
    done(revise(ALICE, BOTH, "m1", new Change.Revoke()));
    for (Change change : List.of(edit("x"), new Change.React("👍", true), new Change.Pin(true))) {
      assertThat(refused(revise(ALICE, BOTH, "m1", change))).isEqualTo(ImError.MESSAGE_NOT_FOUND);
    }
    assertThat(alice.refused(alice.submits(replyTo(BOTH, "m1"))).error())
        .isEqualTo(ImError.MESSAGE_NOT_FOUND);
  }

  @Test
  void whoever_does_not_belong_to_a_conversation_learns_nothing_of_its_messages() {
    team();
    alice.sends(text(BOTH, "m1", "a secret"));
    for (Change change : everything()) {
      for (String target : List.of("m1", "no-such-message")) {
        assertThat(refused(revise(CAROL, BOTH, target, change)))
            .isEqualTo(ImError.CONVERSATION_NOT_FOUND);
        assertThat(refused(revise(Caller.user("dave"), TEAM, target, change)))
            .isEqualTo(ImError.GROUP_NOT_FOUND);
        assertThat(refused(revise(ALICE, ConversationId.group("other"), target, change)))
            .isEqualTo(ImError.GROUP_NOT_FOUND);
      }
    }
  }

  @Test
  void a_message_that_a_member_may_not_see_is_not_there_for_her() {
    team();
    send(ALICE, TEAM, "before", "before dave");
    done(im.engine().groups().invite(ALICE, "team", List.of("dave")));
    send(ALICE, TEAM, "after", "after dave");
    FakeDevice dave = im.connect("dave");
    Caller asDave = Caller.user("dave");

    done(revise(asDave, TEAM, "after", new Change.React("👍", true)));
    dave.sends(replyTo(TEAM, "after"));
    unknownTo(dave, "before");

    im.engine().conversations().clear(asDave, TEAM);
    unknownTo(dave, "after");

    send(ALICE, TEAM, "short", "short-lived", 10);
    done(revise(asDave, TEAM, "short", new Change.React("👍", true)));
    im.advance(Duration.ofSeconds(10));
    unknownTo(dave, "short");
  }

  @Test
  void group_events_and_revisions_are_no_messages() {
    team();
    send(ALICE, TEAM, "m1", "hi");
    done(im.engine().messages().revise(ALICE, named("edit", TEAM, "m1", edit("hello"))));
    String event = stored(TEAM, 1).draft().messageId();
    for (String target : List.of(event, "edit")) {
      assertThat(refused(revise(ALICE, TEAM, target, new Change.Revoke())))
          .isEqualTo(ImError.MESSAGE_NOT_FOUND);
    }
  }

  @Test
  void a_message_that_destroys_itself_is_not_edited() {
    alice.sends(expiring(BOTH, "soon gone", 60));
    String id = stored(BOTH, 1).draft().messageId();
    assertThat(refused(revise(ALICE, BOTH, id, edit("for ever"))))
        .isEqualTo(ImError.INVALID_ARGUMENT);
    done(revise(ALICE, BOTH, id, new Change.Revoke()));
  }

  @Test
  void a_repeated_command_is_a_duplicate_also_when_it_would_be_refused_by_now() {
    alice.sends(text(BOTH, "m1", "hi"));
    SendResult edited =
        done(im.engine().messages().revise(ALICE, named("c1", BOTH, "m1", edit("hello"))));
    SendResult revoked =
        done(im.engine().messages().revise(ALICE, named("c2", BOTH, "m1", new Change.Revoke())));
    im.advance(Duration.ofDays(2));

    SendResult editedAgain =
        done(im.engine().messages().revise(ALICE, named("c1", BOTH, "m1", edit("hello"))));
    SendResult revokedAgain =
        done(im.engine().messages().revise(ALICE, named("c2", BOTH, "m1", new Change.Revoke())));
    assertThat(editedAgain.duplicate()).isTrue();
    assertThat(editedAgain.seq()).isEqualTo(edited.seq());
    assertThat(revokedAgain.duplicate()).isTrue();
    assertThat(revokedAgain.seq()).isEqualTo(revoked.seq());
    assertThat(refused(im.engine().messages().revise(BOB, named("c2", BOTH, "m1", edit("x")))))
        .isEqualTo(ImError.MESSAGE_NOT_FOUND);
  }

  @Test
  void a_message_that_was_sent_before_its_sender_was_muted_is_a_duplicate() {
    team();
    SendResult first = send(CAROL, TEAM, "m1", "hi");
    done(im.engine().groups().mute(ALICE, "team", "carol", Duration.ofHours(1)));
    SendResult again = send(CAROL, TEAM, "m1", "hi");
    assertThat(again.duplicate()).isTrue();
    assertThat(again.seq()).isEqualTo(first.seq());
  }

  @Test
  void the_host_revokes_and_pins_without_belonging_to_the_conversation() {
    alice.sends(text(BOTH, "m1", "against the rules"));
    im.advance(Duration.ofDays(30));
    done(revise(HOST, BOTH, "m1", new Change.Pin(true)));
    done(revise(HOST, BOTH, "m1", new Change.Revoke()));
    assertThat(bob.log(BOTH)).last().extracting(e -> e.draft().senderId()).isEqualTo("system");
    assertThat(refused(revise(HOST, BOTH, "nothing", new Change.Revoke())))
        .isEqualTo(ImError.MESSAGE_NOT_FOUND);
  }

  @Test
  void malformed_commands_change_nothing() {
    alice.sends(text(BOTH, "m1", "hi"));
    for (Change change : everything()) {
      for (String id : List.of("", "x".repeat(65), "a b", "ü")) {
        assertThat(refused(revise(ALICE, BOTH, id, change))).isEqualTo(ImError.INVALID_ARGUMENT);
        assertThat(refused(im.engine().messages().revise(ALICE, named(id, BOTH, "m1", change))))
            .isEqualTo(ImError.INVALID_ARGUMENT);
      }
      assertThat(refused(revise(ALICE, BOTH, "unknown", change)))
          .isEqualTo(ImError.MESSAGE_NOT_FOUND);
    }
    assertThat(im.engine().conversations().get("alice", BOTH).head().maxSeq()).isEqualTo(1);
  }

  @Test
  void a_hidden_conversation_returns_with_the_next_message() {
    alice.sends(text(BOTH, "m1", "hi"));
    im.engine().conversations().update(BOB, BOTH, new SettingsChange(null, null, null, true));
    assertThat(im.engine().conversations().list("bob", null, 10)).isEmpty();
    alice.sends(text(BOTH, "m2", "are you there?"));
    assertThat(im.engine().conversations().list("bob", null, 10)).hasSize(1);
  }

  private void unknownTo(FakeDevice device, String messageId) {
    for (Change change : everything()) {
      assertThat(refused(revise(Caller.user(device.userId()), TEAM, messageId, change)))
          .isEqualTo(ImError.MESSAGE_NOT_FOUND);
    }
    assertThat(device.refused(device.submits(replyTo(TEAM, messageId))).error())
        .isEqualTo(ImError.MESSAGE_NOT_FOUND);
  }

  private static List<Change> everything() {
    return List.of(
        new Change.Revoke(), edit("x"), new Change.React("👍", true), new Change.Pin(true));
  }

  /** Alice owns it, Bob is an admin, Carol a member. */
  private void team() {
    Calls.create(im, "team", "alice", "bob", "carol");
    done(im.engine().groups().setRole(ALICE, "team", "bob", MemberRole.ADMIN));
  }

  private SendResult send(Caller caller, ConversationId id, String messageId, String text) {
    return done(im.engine().messages().send(caller, text(id, messageId, text)));
  }

  private void send(Caller caller, ConversationId id, String messageId, String text, long seconds) {
    SendCommand expiring = expiring(id, text, seconds);
    done(
        im.engine()
            .messages()
            .send(
                caller,
                new SendCommand(id, messageId, expiring.content(), expiring.options(), true)));
  }

  private CompletionStage<SendResult> revise(
      Caller caller, ConversationId id, String target, Change change) {
    return im.engine().messages().revise(caller, ReviseCommand.of(id, target, change));
  }

  private static ReviseCommand named(
      String messageId, ConversationId id, String target, Change change) {
    return new ReviseCommand(id, target, change, messageId);
  }

  private static Change.Edit edit(String text) {
    return new Change.Edit(Content.text(text));
  }

  private LogEntry stored(ConversationId id, long seq) {
    String reader = "alice";
    return im.engine()
        .messages()
        .history(reader, new HistoryQuery(id, seq - 1, null, 1))
        .entries()
        .get(0);
  }

  private <T> T done(CompletionStage<T> stage) {
    return Calls.done(im, stage);
  }
}
