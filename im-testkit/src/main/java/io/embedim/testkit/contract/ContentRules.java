package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.message;
import static io.embedim.testkit.contract.StoreFixture.isAppended;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.model.Revision;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written comes back, to the letter. */
interface ContentRules extends StoreFixture {

  @Test
  default void every_type_of_content_comes_back_as_it_was_written() {
    for (ContentType type : ContentType.values()) {
      comesBack(
          message(
              ALICE_BOB,
              "alice",
              "type-" + type.code(),
              new Content(type, "{\"k\":" + type.code() + "}", "plain " + type),
              MessageOptions.NONE));
    }
  }

  @Test
  default void every_type_of_entry_comes_back_as_it_was_written() {
    comesBack(Drafts.text(ALICE_BOB, "alice", "target"));
    for (EntryType type : EntryType.values()) {
      if (type.kind() != EntryType.Kind.REVISION) {
        comesBack(entry(type, null));
      }
    }
    comesBack(entry(EntryType.EDIT, new Revision.Edit("target", Content.text("edited"), true)));
    comesBack(Drafts.correct(ALICE_BOB, "alice", "correction", "target", "corrected"));
    comesBack(entry(EntryType.REACTION, new Revision.React("target", "👍", true, 20)));
    comesBack(entry(EntryType.PIN, new Revision.Pin("target", true, 10)));
    comesBack(entry(EntryType.REVOKE, new Revision.Revoke("target")));
    comesBack(
        Drafts.react(ALICE_BOB, "bob", "unreact", new Revision.React("entry-1", "👍", false, 7)));
    comesBack(Drafts.pin(ALICE_BOB, "bob", "unpin", new Revision.Pin("entry-1", false, 9)));
  }

  @Test
  default void json_is_kept_to_the_letter() {
    List<String> bodies =
        List.of(
            "{}",
            "{ \"text\" : \"spaces\" }",
            "{\"b\":1,\"a\":2,\"b\":3}",
            "{\"n\":1.0,\"m\":1e3,\"big\":123456789012345678901234567890}",
            "{\"text\":\"\\u4f60\\ud83d\\ude00\\/\\n\\t\\\"\\\\\"}",
            "{\"text\":\"it's 100% `quoted` ; -- \\\\' ? :name <b> & ${x} #{y} {z}\"}",
            "{\"text\":\"line one\\r\\nline two\"}",
            "{\"nested\":" + "[".repeat(50) + "]".repeat(50) + "}",
            "{\"null\":null,\"empty\":\"\",\"text\":\"\\u0000\"}");
    for (int i = 0; i < bodies.size(); i++) {
      comesBack(
          message(
              ALICE_BOB,
              "alice",
              "json-" + i,
              new Content(ContentType.CUSTOM, bodies.get(i), ""),
              MessageOptions.NONE));
    }
  }

  @Test
  default void text_of_every_script_comes_back_with_its_spaces() {
    List<String> texts =
        List.of(
            "你好，世界",
            "𠮷野家で🍣を食べる",
            "👨‍👩‍👧‍👦 👍🏽 🇨🇳 😀",
            "مرحبا بالعالم",
            "e\u0301 is not \u00e9",
            "  spaces before and behind  ",
            " ",
            "  ",
            "trailing tab\t",
            "new\nline\r\n",
            "\uFEFFbyte order mark",
            "zero\u200Bwidth",
            "\u2028line separator\u2029",
            "ß ẞ SS ss",
            "I ı İ i");
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      String body =
          "{\"text\":\""
              + text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
              + "\"}";
      comesBack(
          message(
              ALICE_BOB,
              "alice",
              "text-" + i,
              new Content(ContentType.TEXT, body, text),
              MessageOptions.NONE));
    }
  }

  @Test
  default void sixteen_kibibytes_of_content_come_back() {
    for (String character : new String[] {"x", "é", "你", "😀"}) {
      int bytes = character.getBytes(StandardCharsets.UTF_8).length;
      String frame = "{\"text\":\"\"}";
      String text = character.repeat((16 * 1024 - frame.length()) / bytes);
      String body = "{\"text\":\"" + text + "\"}";
      assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(16 * 1024 - 3, 16 * 1024);
      comesBack(
          message(
              ALICE_BOB,
              "alice",
              "large-" + bytes,
              new Content(ContentType.TEXT, body, text),
              MessageOptions.NONE));
    }
  }

  @Test
  default void every_option_of_a_message_comes_back() {
    List<MessageOptions> options =
        List.of(
            MessageOptions.NONE,
            new MessageOptions(0L, null, List.of(), null, 0),
            new MessageOptions(-1L, "m.0:_-Z", List.of("bob"), "{\"a\":{\"b\":[1,2]}}", 1),
            new MessageOptions(
                Long.MAX_VALUE, "x".repeat(64), List.of("*"), "{ \"x\" : \"你好😀\" }", 604_800),
            new MessageOptions(
                Long.MIN_VALUE, "r", List.of("zoe", "alice", "Bob.b@x-1"), "{}", 4_000_000_000L));
    for (int i = 0; i < options.size(); i++) {
      comesBack(message(ALICE_BOB, "alice", "options-" + i, Content.text("hi"), options.get(i)));
    }
  }

  @Test
  default void the_longest_ids_come_back() {
    String one = "A.b_c@d-".repeat(8);
    String other = "z".repeat(64);
    String messageId = "m:n.o_p-".repeat(8);
    assertThat(messageId).hasSize(Ids.MAX_LENGTH);

    comesBack(
        message(
            ConversationId.direct(one, other),
            one,
            messageId,
            Content.text("hi"),
            MessageOptions.NONE));
    comesBack(Drafts.revoke(ConversationId.direct(one, other), other, "r", messageId));
    assertThat(conversations().cursors(ConversationId.direct(one, other), List.of()))
        .containsOnlyKeys(one, other);
  }

  private static EntryDraft entry(EntryType type, @Nullable Revision revision) {
    return new EntryDraft(
        ALICE_BOB,
        type,
        "entry-" + type.code(),
        "bob",
        new Content(ContentType.CUSTOM, "{\"type\":" + type.code() + "}", "plain"),
        MessageOptions.NONE,
        revision);
  }

  private void comesBack(EntryDraft draft) {
    long seq = isAppended(append(draft)).entry().seq();
    assertThat(found(draft.conversationId(), draft.messageId()).draft()).isEqualTo(draft);
    assertThat(log(draft.conversationId()).get((int) seq - 1).draft()).isEqualTo(draft);
  }
}
