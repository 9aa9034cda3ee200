package io.embedim.testkit.engine;

import static io.embedim.testkit.engine.Commands.replyTo;
import static io.embedim.testkit.engine.Commands.text;
import static io.embedim.testkit.engine.Commands.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.SendCommand;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.MessageOptions;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.ImTestEngine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a message may consist of, and how many there may be. */
class ContentRulesTest {

  private final ImTestEngine im = ImTestEngine.start();
  private final FakeDevice alice = im.connect("alice");
  private final FakeDevice bob = im.connect("bob");
  private final ConversationId both = alice.with("bob");

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void the_limit_of_the_content_is_counted_in_bytes_of_utf_8() {
    for (String character : List.of("a", "é", "漢", "😀")) {
      int bytes = character.getBytes(StandardCharsets.UTF_8).length;
      String largest = character.repeat(16_384 / bytes) + "a".repeat(16_384 % bytes);
      alice.sends(with(both, content(largest)));
      assertThat(alice.refused(alice.submits(with(both, content(largest + "a")))).error())
          .isEqualTo(ImError.CONTENT_TOO_LARGE);
    }
  }

  @Test
  void what_no_database_and_no_wire_can_carry_is_refused() {
    for (String text : List.of("\uD83D", "\uDE00\uD83D", "a\uD83Db", "nothing\u0000")) {
      Content plain = new Content(ContentType.CUSTOM, "{}", text);
      Content body = new Content(ContentType.CUSTOM, "{\"text\":\"" + text + "\"}", "");
      refused(with(both, plain), ImError.INVALID_ARGUMENT);
      refused(with(both, body), ImError.INVALID_ARGUMENT);
    }
    refused(
        with(both, new Content(ContentType.CUSTOM, "{}", "x".repeat(16_385))),
        ImError.CONTENT_TOO_LARGE);
    bob.receivesNothing();
  }

  @Test
  void a_reply_names_a_message_that_is_there() {
    alice.sends(text(both, "m-1", "a question"));
    bob.sends(replyTo(both, "m-1"));
    assertThat(bob.refused(bob.submits(replyTo(both, "m-2"))).error())
        .isEqualTo(ImError.MESSAGE_NOT_FOUND);
  }

  @Test
  void a_reply_names_a_message_of_the_same_conversation() {
    alice.sends(text(alice.with("carol"), "m-1", "elsewhere"));
    assertThat(alice.refused(alice.submits(replyTo(both, "m-1"))).error())
        .isEqualTo(ImError.MESSAGE_NOT_FOUND);
  }

  @Test
  void replying_does_not_tell_what_exists_in_a_conversation_of_others() {
    alice.sends(text(both, "m-1", "secret"));
    FakeDevice carol = im.connect("carol");
    for (String id : List.of("m-1", "m-2")) {
      assertThat(carol.refused(carol.submits(replyTo(both, id))).error())
          .isEqualTo(ImError.CONVERSATION_NOT_FOUND);
    }
  }

  @Test
  void malformed_ids_are_refused() {
    for (String id : List.of("", "x".repeat(65), "with space", "ümlaut", "a/b", "a\n")) {
      refused(text(both, id, "hi"), ImError.INVALID_ARGUMENT);
      refused(replyTo(both, id), ImError.INVALID_ARGUMENT);
    }
    alice.sends(text(both, "Az09_.:-" + "x".repeat(56), "hi"));
  }

  @Test
  void mentions_are_users_or_everybody_and_not_too_many() {
    alice.sends(with(both, mentioning(List.of("*"))));
    alice.sends(with(both, mentioning(Collections.nCopies(100, "bob"))));
    refused(with(both, mentioning(Collections.nCopies(101, "bob"))), ImError.INVALID_ARGUMENT);
    refused(with(both, mentioning(List.of("*", "bob"))), ImError.INVALID_ARGUMENT);
    refused(with(both, mentioning(List.of("not a user"))), ImError.INVALID_ARGUMENT);
  }

  @Test
  void a_message_destroys_itself_within_a_year() {
    long year = 365L * 24 * 3600;
    alice.sends(Commands.expiring(both, "hi", year));
    refused(Commands.expiring(both, "hi", year + 1), ImError.INVALID_ARGUMENT);
    refused(Commands.expiring(both, "hi", Long.MAX_VALUE), ImError.INVALID_ARGUMENT);
  }

  @Test
  void what_was_forwarded_is_limited_too() {
    MessageOptions large = new MessageOptions(null, null, List.of(), "x".repeat(4_097), 0);
    refused(with(both, large), ImError.INVALID_ARGUMENT);
  }

  @Test
  void options_are_carried_through() {
    MessageOptions all =
        new MessageOptions(123L, null, List.of("bob"), "{\"message_id\":\"m-0\"}", 60);
    alice.sends(with(both, all));
    assertThat(bob.receives("with options").options()).isEqualTo(all);
  }

  @Test
  void nobody_sends_faster_than_allowed() {
    for (int i = 0; i < 20; i++) {
      alice.sends("bob", "fast");
    }
    ImException refusal = alice.refused(alice.submits("bob", "too fast"));
    assertThat(refusal.error()).isEqualTo(ImError.RATE_LIMITED);
    assertThat(refusal.retryAfterMillis()).isEqualTo(100);
    bob.sends("alice", "others are not concerned");
    im.advance(Duration.ofMillis(100));
    alice.sends("bob", "slower");
    assertThat(alice.refused(alice.submits("bob", "too fast again")).error())
        .isEqualTo(ImError.RATE_LIMITED);
  }

  @Test
  void all_sessions_of_a_user_and_unstored_messages_share_the_limit() {
    FakeDevice tablet = im.connect("alice");
    for (int i = 0; i < 10; i++) {
      alice.sends("bob", "stored");
      tablet.sends(Commands.unstored(both, "unstored"));
    }
    refused(text(both, "m-1", "too fast"), ImError.RATE_LIMITED);
    assertThat(tablet.refused(tablet.submits(Commands.unstored(both, "too fast"))).error())
        .isEqualTo(ImError.RATE_LIMITED);
  }

  private void refused(SendCommand command, ImError error) {
    assertThat(
            im.engine()
                .messages()
                .send(alice.caller(), command)
                .handle((result, failure) -> failure)
                .toCompletableFuture()
                .join())
        .isInstanceOfSatisfying(ImException.class, e -> assertThat(e.error()).isEqualTo(error));
  }

  private static MessageOptions mentioning(List<String> userIds) {
    return new MessageOptions(null, null, userIds, null, 0);
  }

  private static Content content(String body) {
    return new Content(ContentType.CUSTOM, body, "");
  }
}
