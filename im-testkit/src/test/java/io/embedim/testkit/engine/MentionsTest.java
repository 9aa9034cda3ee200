package io.embedim.testkit.engine;

import static io.embedim.testkit.engine.Calls.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.Caller;
import io.embedim.core.ImError;
import io.embedim.core.ReviseCommand;
import io.embedim.core.ReviseCommand.Change;
import io.embedim.core.SendCommand;
import io.embedim.core.SendResult;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.MessageOptions;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.ImTestEngine;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who can be called upon, and how it shows in the list of conversations. */
class MentionsTest {

  private static final ConversationId TEAM = ConversationId.group("team");

  private final ImTestEngine im = ImTestEngine.start();
  private final FakeDevice alice = im.connect("alice");
  private final FakeDevice bob = im.connect("bob");

  @BeforeEach
  void create() {
    Calls.create(im, "team", "alice", "bob", "carol");
  }

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void a_mention_shows_until_it_is_read() {
    assertThat(mentionOf("bob")).isZero();
    SendResult first = alice.sends(mentioning("bob"));
    alice.sends(mentioning("bob", "carol"));
    assertThat(mentionOf("bob")).isEqualTo(first.seq());
    assertThat(mentionOf("carol")).isEqualTo(first.seq() + 1);
    assertThat(mentionOf("alice")).isZero();

    bob.reads(TEAM, first.seq());
    assertThat(mentionOf("bob")).isEqualTo(first.seq() + 1);
    bob.reads(TEAM, first.seq() + 1);
    assertThat(mentionOf("bob")).isZero();
  }

  @Test
  void what_was_revoked_mentions_nobody() {
    SendResult first = alice.sends(mentioning("bob"));
    done(
        im,
        im.engine()
            .messages()
            .revise(
                Caller.user("alice"),
                ReviseCommand.of(TEAM, first.messageId(), new Change.Revoke())));
    assertThat(mentionOf("bob")).isZero();
  }

  @Test
  void everybody_is_mentioned_by_the_owner_and_admins_only() {
    assertThat(bob.refused(bob.submits(mentioning("*"))).error())
        .isEqualTo(ImError.NOT_GROUP_ADMIN);
    SendResult sent = alice.sends(mentioning("*"));
    assertThat(mentionOf("bob")).isEqualTo(sent.seq());
    assertThat(mentionOf("carol")).isEqualTo(sent.seq());
    assertThat(mentionOf("alice")).isZero();
  }

  @Test
  void the_host_can_let_members_mention_everybody() {
    try (ImTestEngine open =
        ImTestEngine.builder()
            .settings(settings -> settings.messages(rules -> rules.membersMentionAll(true)))
            .start()) {
      FakeDevice member = open.connect("bob");
      Calls.create(open, "team", "alice", "bob");
      member.sends(mentioning("*"));
    }
  }

  @Test
  void who_does_not_belong_to_the_conversation_cannot_be_mentioned() {
    assertThat(alice.refused(alice.submits(mentioning("bob", "dave"))).error())
        .isEqualTo(ImError.NOT_MEMBER);
    done(im, im.engine().groups().leave(Caller.user("carol"), "team"));
    assertThat(alice.refused(alice.submits(mentioning("carol"))).error())
        .isEqualTo(ImError.NOT_MEMBER);
    assertThat(alice.refused(alice.submits(mentioningIn(alice.with("bob"), "carol"))).error())
        .isEqualTo(ImError.NOT_MEMBER);
    alice.sends(mentioningIn(alice.with("bob"), "bob"));
  }

  private long mentionOf(String userId) {
    return im.engine().conversations().get(userId, TEAM).mentionSeq();
  }

  private static SendCommand mentioning(String... users) {
    return mentioningIn(TEAM, users);
  }

  private static SendCommand mentioningIn(ConversationId id, String... users) {
    return Commands.with(id, new MessageOptions(null, null, List.of(users), null, 0));
  }
}
