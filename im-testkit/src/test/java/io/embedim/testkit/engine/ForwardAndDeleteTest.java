package io.embedim.testkit.engine;

import static io.embedim.testkit.engine.Calls.done;
import static io.embedim.testkit.engine.Calls.refused;
import static io.embedim.testkit.engine.Commands.expiring;
import static io.embedim.testkit.engine.Commands.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.Caller;
import io.embedim.core.ForwardCommand;
import io.embedim.core.HistoryQuery;
import io.embedim.core.ImError;
import io.embedim.core.Messages;
import io.embedim.core.ReviseCommand;
import io.embedim.core.ReviseCommand.Change;
import io.embedim.core.SendResult;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.PastContent;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.ImTestEngine;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages that are passed on, deleted by one user, pinned, destroy themselves, or had a past. */
class ForwardAndDeleteTest {

  private static final ConversationId BOTH = ConversationId.direct("alice", "bob");
  private static final ConversationId OTHER = ConversationId.direct("alice", "carol");
  private static final Caller ALICE = Caller.user("alice");

  private final ImTestEngine im =
      ImTestEngine.builder().settings(s -> s.messages(rules -> rules.keepsEdits(true))).start();
  private final Messages messages = im.engine().messages();
  private final FakeDevice alice = im.connect("alice");
  private final FakeDevice bob = im.connect("bob");
  private final FakeDevice carol = im.connect("carol");

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void messages_are_passed_on_one_by_one() {
    bob.sends(text(BOTH, "b1", "first"));
    bob.sends(text(BOTH, "b2", "second"));
    List<SendResult> sent = done(im, messages.forward(ALICE, forward(false, "f", "b2", "b1")));

    assertThat(sent).extracting(SendResult::messageId).containsExactly("f.1", "f.2");
    assertThat(texts(carol, OTHER)).containsExactly("second", "first");
    EntryDraft passed = carol.log(OTHER).get(0).draft();
    assertThat(passed.senderId()).isEqualTo("alice");
    assertThat(passed.options().forwardedFrom())
        .contains("\"from\":\"bob\"", "\"message_id\":\"b2\"")
        .doesNotContain(BOTH.value());

    List<SendResult> again = done(im, messages.forward(ALICE, forward(false, "f", "b2", "b1")));
    assertThat(again).allMatch(SendResult::duplicate);
    assertThat(carol.log(OTHER)).hasSize(2);
  }

  @Test
  void whoever_repeats_it_when_it_would_be_refused_hears_that_it_was_done() {
    bob.sends(text(BOTH, "b1", "first"));
    bob.sends(text(BOTH, "b2", "second"));
    List<SendResult> sent = done(im, messages.forward(ALICE, forward(false, "f", "b1", "b2")));
    im.engine().contacts().block(Caller.user("carol"), "alice");
    done(
        im, messages.revise(Caller.user("bob"), ReviseCommand.of(BOTH, "b2", new Change.Revoke())));

    assertThat(done(im, messages.forward(ALICE, forward(false, "f", "b1", "b2"))))
        .allMatch(SendResult::duplicate)
        .extracting(SendResult::seq)
        .isEqualTo(sent.stream().map(SendResult::seq).toList());
    assertThat(refused(messages.forward(ALICE, forward(false, "f", "b1", "b1", "b1"))))
        .isEqualTo(ImError.BLOCKED);
    assertThat(refused(messages.forward(ALICE, forward(false, null, "b1"))))
        .isEqualTo(ImError.BLOCKED);
  }

  @Test
  void what_was_passed_on_says_where_it_came_from_first() {
    bob.sends(text(BOTH, "b1", "a rumour"));
    done(im, messages.forward(ALICE, forward(false, "f1", "b1")));
    ConversationId third = ConversationId.direct("carol", "dave");
    FakeDevice dave = im.connect("dave");
    done(
        im,
        messages.forward(
            Caller.user("carol"), new ForwardCommand(OTHER, List.of("f1"), third, false, null)));
    assertThat(dave.log(third).get(0).draft().options().forwardedFrom())
        .contains("\"from\":\"bob\"");
  }

  @Test
  void messages_are_passed_on_merged_into_one() {
    bob.sends(text(BOTH, "b1", "first"));
    alice.sends(text(BOTH, "a1", "second"));
    done(im, messages.forward(ALICE, forward(true, null, "b1", "a1")));
    EntryDraft merged = carol.log(OTHER).get(0).draft();
    assertThat(merged.content().type()).isEqualTo(ContentType.CUSTOM);
    assertThat(merged.content().plainText()).isEqualTo("first\nsecond");
    assertThat(merged.content().body())
        .startsWith("{\"kind\":\"merged_forward\",\"items\":[{\"from\":\"bob\",\"timestamp\":")
        .contains("\"content_type\":1,\"content\":" + Content.text("second").body());
  }

  @Test
  void nothing_is_passed_on_when_one_message_cannot_be() {
    bob.sends(text(BOTH, "b1", "fine"));
    bob.sends(text(BOTH, "b2", "revoked"));
    done(
        im, messages.revise(Caller.user("bob"), ReviseCommand.of(BOTH, "b2", new Change.Revoke())));
    bob.sends(text(BOTH, "b3", "deleted"));
    messages.delete(ALICE, BOTH, List.of("b3"));
    String expiring = bob.sends(expiring(BOTH, "soon gone", 60)).messageId();
    for (String id : List.of("b2", "b3", "unknown")) {
      assertThat(refused(messages.forward(ALICE, forward(false, null, "b1", id))))
          .isEqualTo(ImError.MESSAGE_NOT_FOUND);
    }
    assertThat(refused(messages.forward(ALICE, forward(true, null, "b1", expiring))))
        .isEqualTo(ImError.INVALID_ARGUMENT);
    assertThat(refused(messages.forward(Caller.user("carol"), forward(true, null, "b1"))))
        .isEqualTo(ImError.CONVERSATION_NOT_FOUND);
    assertThat(refused(messages.forward(ALICE, forward(false, null))))
        .isEqualTo(ImError.INVALID_ARGUMENT);
    ForwardCommand tooMany =
        new ForwardCommand(BOTH, Collections.nCopies(101, "b1"), OTHER, true, null);
    assertThat(refused(messages.forward(ALICE, tooMany))).isEqualTo(ImError.INVALID_ARGUMENT);
    assertThat(carol.log(OTHER)).isEmpty();
  }

  @Test
  void passing_on_is_sending_as_far_as_the_rate_limit_goes() {
    bob.sends(text(BOTH, "b1", "spam"));
    ForwardCommand many =
        new ForwardCommand(BOTH, Collections.nCopies(21, "b1"), OTHER, false, null);
    assertThat(refused(messages.forward(ALICE, many))).isEqualTo(ImError.RATE_LIMITED);
    assertThat(carol.log(OTHER)).isEmpty();
  }

  @Test
  void what_a_user_deletes_is_gone_for_her_on_all_devices_and_for_nobody_else() {
    FakeDevice tablet = im.connect("alice");
    bob.sends(text(BOTH, "b1", "embarrassing"));
    bob.sends(text(BOTH, "b2", "fine"));
    messages.delete(alice.caller(), BOTH, List.of("b1"));

    assertThat(tablet.hears(ServerFrame.MessagesDeleted.class))
        .isEqualTo(new ServerFrame.MessagesDeleted(BOTH, Set.of(1L)));
    alice.hearsNo(ServerFrame.MessagesDeleted.class);
    assertThat(history("alice")).containsExactly("fine");
    assertThat(history("bob")).containsExactly("embarrassing", "fine");
    messages.delete(ALICE, BOTH, List.of("b1"));
  }

  @Test
  void nothing_is_deleted_when_one_message_is_not_there() {
    bob.sends(text(BOTH, "b1", "hi"));
    for (List<String> ids : List.of(List.of("b1", "unknown"), List.of("unknown"))) {
      assertThat(refused(() -> messages.delete(ALICE, BOTH, ids)))
          .isEqualTo(ImError.MESSAGE_NOT_FOUND);
    }
    assertThat(refused(() -> messages.delete(Caller.user("carol"), BOTH, List.of("b1"))))
        .isEqualTo(ImError.CONVERSATION_NOT_FOUND);
    assertThat(refused(() -> messages.delete(ALICE, BOTH, List.of())))
        .isEqualTo(ImError.INVALID_ARGUMENT);
    assertThat(refused(() -> messages.delete(ALICE, BOTH, Collections.nCopies(101, "b1"))))
        .isEqualTo(ImError.INVALID_ARGUMENT);
    assertThat(history("alice")).containsExactly("hi");
  }

  @Test
  void pinned_messages_are_listed_for_those_who_may_see_them() {
    for (String id : List.of("b1", "b2", "b3")) {
      bob.sends(text(BOTH, id, id));
    }
    for (String id : List.of("b3", "b1", "b2")) {
      done(im, messages.revise(ALICE, ReviseCommand.of(BOTH, id, new Change.Pin(true))));
    }
    messages.delete(ALICE, BOTH, List.of("b1"));
    assertThat(ids(messages.pinned("bob", BOTH))).containsExactly("b2", "b1", "b3");
    assertThat(ids(messages.pinned("alice", BOTH))).containsExactly("b2", "b3");
    assertThat(refused(() -> messages.pinned("carol", BOTH)))
        .isEqualTo(ImError.CONVERSATION_NOT_FOUND);
    im.engine().conversations().clear(ALICE, BOTH);
    assertThat(messages.pinned("alice", BOTH)).isEmpty();
  }

  @Test
  void what_a_message_said_before_can_be_kept_until_it_is_revoked() {
    SendResult sent = alice.sends(text(BOTH, "m1", "one"));
    im.advance(Duration.ofSeconds(5));
    SendResult edit = done(im, messages.revise(ALICE, edit("two")));
    done(im, messages.revise(ALICE, edit("three")));
    assertThat(messages.pastContents("bob", BOTH, "m1"))
        .containsExactly(
            new PastContent(Content.text("one"), sent.timestamp()),
            new PastContent(Content.text("two"), edit.timestamp()));
    assertThat(refused(() -> messages.pastContents("carol", BOTH, "m1")))
        .isEqualTo(ImError.CONVERSATION_NOT_FOUND);
    done(im, messages.revise(ALICE, ReviseCommand.of(BOTH, "m1", new Change.Revoke())));
    assertThat(messages.pastContents("bob", BOTH, "m1")).isEmpty();
  }

  @Test
  void what_destroys_itself_is_gone_from_every_read_and_then_from_the_store() {
    alice.sends(expiring(BOTH, "a secret", 60));
    String id = bob.log(BOTH).get(0).draft().messageId();
    done(im, messages.revise(ALICE, ReviseCommand.of(BOTH, id, new Change.Pin(true))));
    im.clock().advance(Duration.ofSeconds(60));
    assertThat(history("bob")).doesNotContain("a secret");
    assertThat(messages.pinned("bob", BOTH)).isEmpty();
    assertThat(im.engine().conversations().get("bob", BOTH).unreadCount()).isZero();
    assertThat(im.stores().messages().find(BOTH, id).orElseThrow().draft().content().plainText())
        .isEqualTo("a secret");

    im.advance(Duration.ofMinutes(2));
    assertThat(im.stores().messages().find(BOTH, id).orElseThrow().draft().content().body())
        .doesNotContain("secret");
    FakeDevice second = im.connect("bob");
    second.syncs();
    assertThat(texts(second, BOTH)).doesNotContain("a secret");
  }

  private ForwardCommand forward(boolean merged, @Nullable String key, String... ids) {
    return new ForwardCommand(BOTH, List.of(ids), OTHER, merged, key);
  }

  private static ReviseCommand edit(String text) {
    return ReviseCommand.of(BOTH, "m1", new Change.Edit(Content.text(text)));
  }

  private List<String> history(String userId) {
    return messages.history(userId, new HistoryQuery(BOTH, null, null, 100)).entries().stream()
        .map(entry -> entry.draft().content().plainText())
        .toList();
  }

  private static List<String> ids(List<LogEntry> entries) {
    return entries.stream().map(entry -> entry.draft().messageId()).toList();
  }

  private static List<String> texts(FakeDevice device, ConversationId id) {
    return device.log(id).stream().map(entry -> entry.draft().content().plainText()).toList();
  }
}
