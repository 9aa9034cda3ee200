package io.embedim.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.ImError;
import io.embedim.core.ImSettings;
import io.embedim.core.ReviseCommand;
import io.embedim.core.ReviseCommand.Change;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import org.junit.jupiter.api.Test;

/** The frames that do something to an earlier message. */
class RevisionDecoderTest {

  private static final ConversationId ALICE_BOB = new ConversationId("alice:bob");

  private final FrameDecoder decoder = new FrameDecoder(ImSettings.defaults());

  @Test
  void each_says_which_message_what_and_under_which_key() {
    assertThat(decode(frame(22, "'target_message_id':'m1'")))
        .isEqualTo(revise(new Change.Revoke()));
    assertThat(decode(frame(25, "'target_message_id':'m1','emoji':'👍','op':'add'")))
        .isEqualTo(revise(new Change.React("👍", true)));
    assertThat(decode(frame(25, "'target_message_id':'m1','emoji':'👍','op':'remove'")))
        .isEqualTo(revise(new Change.React("👍", false)));
    assertThat(decode(frame(26, "'target_message_id':'m1','op':'add'")))
        .isEqualTo(revise(new Change.Pin(true)));
    assertThat(decode(frame(26, "'target_message_id':'m1','op':'remove'")))
        .isEqualTo(revise(new Change.Pin(false)));
    assertThat(
            decode("{'content':{'target_message_id':'m1'},'type':22,'conversation_id':'group:g'}"))
        .isEqualTo(
            new ClientFrame.Revise(
                ReviseCommand.of(ConversationId.group("g"), "m1", new Change.Revoke())));
  }

  @Test
  void an_edit_says_what_a_message_could_say_and_keeps_its_order_and_digits() {
    String content = "'more':{'text':'inner'},'text':'a','pi':3.140,'e':1e5";
    assertThat(
            decode(
                frame(
                    24,
                    "'content' : { "
                        + content
                        + " },'target_message_id':'m1','x':{'content':{'text':'other'}}")))
        .isEqualTo(
            revise(new Change.Edit(new Content(ContentType.TEXT, json("{" + content + "}"), "a"))));
    assertThat(
            decode(
                "{'type':24,'message_id':'c1','conversation_id':'alice:bob','content_type':6,"
                    + "'content':{'target_message_id':'m1','content':{'lat':48.20}}}"))
        .isEqualTo(
            revise(new Change.Edit(new Content(ContentType.LOCATION, json("{'lat':48.20}"), ""))));
  }

  @Test
  void an_edit_in_a_request_keeps_its_numbers() {
    String content = "{'text':'x','pi':3.14159265358979323846,'id':98765432109876543210}";
    ClientFrame.Request request =
        (ClientFrame.Request)
            decode(
                "{'type':40,'content':{'method':'message.edit','params':{'conversation_id':"
                    + "'alice:bob','message_id':'m1','command_id':'c1','content':"
                    + content
                    + "}}}");
    assertThat(decoder.revision(request.parameters(), FrameType.EDIT))
        .isEqualTo(
            revise(new Change.Edit(new Content(ContentType.TEXT, json(content), "x"))).command());
  }

  @Test
  void a_wrong_argument_is_named_with_what_is_expected() {
    for (int type : new int[] {22, 24, 25, 26}) {
      assertInvalid(
          "{'type':" + type + ",'content':{'target_message_id':'m1'}}",
          "conversation_id is missing");
      assertInvalid(
          "{'type':" + type + ",'to':'bob','content':{'target_message_id':'m1'}}",
          "conversation_id is missing");
      assertInvalid(
          "{'type':" + type + ",'conversation_id':'alice:bob'}",
          "content.target_message_id is missing");
      assertInvalid(frame(type, "'target_message_id':7"), "content.target_message_id is a number");
      assertInvalid(
          frame(type, "'target_message_id':'a b'"), "content.target_message_id is not valid");
      assertInvalid(
          frame(type, "'target_message_id':'" + "x".repeat(65) + "'"),
          "content.target_message_id is not valid");
      assertInvalid(
          "{'type':" + type + ",'conversation_id':'alice:bob','content':'m1'}",
          "content is a string");
    }
    for (String content :
        new String[] {"", ",'content':null", ",'x':{'content':{'text':'deeper'}}"}) {
      assertInvalid(frame(24, "'target_message_id':'m1'" + content), "content.content is missing");
    }
    assertInvalid(
        frame(24, "'target_message_id':'m1','content':'x'"), "content.content is a string");
    assertInvalid(
        frame(24, "'target_message_id':'m1','content':{}"), "content.content.text is missing");
    assertInvalid(
        frame(24, "'target_message_id':'m1','content':{'text':' '}"),
        "content.content.text is blank");
    assertInvalid(
        "{'type':24,'conversation_id':'alice:bob','content_type':9,"
            + "'content':{'target_message_id':'m1','content':{'text':'x'}}}",
        "content_type is 9, expected 1 to 8");
    assertInvalid(frame(25, "'target_message_id':'m1','op':'add'"), "content.emoji is missing");
    assertInvalid(
        frame(25, "'target_message_id':'m1','emoji':'','op':'add'"), "content.emoji is missing");
    assertInvalid(
        frame(25, "'target_message_id':'m1','emoji':['👍'],'op':'add'"),
        "content.emoji is an array");
    assertInvalid(frame(25, "'target_message_id':'m1','emoji':'👍'"), "content.op is missing");
    for (int type : new int[] {25, 26}) {
      assertInvalid(
          frame(type, "'target_message_id':'m1','emoji':'👍','op':'toggle'"),
          "content.op is something else, expected \"add\" or \"remove\"");
      assertInvalid(
          frame(type, "'target_message_id':'m1','emoji':'👍','op':true"),
          "content.op is a boolean");
    }
  }

  @Test
  void what_an_edit_says_may_have_16_KiB_and_no_byte_more() {
    String text = "x".repeat(16_384 - "{'text':''}".length());
    assertThat(decode(edit(text))).isInstanceOf(ClientFrame.Revise.class);
    ClientFrame.Invalid refusal = (ClientFrame.Invalid) decode(edit(text + "x"));
    assertThat(refusal.error()).isEqualTo(ImError.CONTENT_TOO_LARGE);
    assertThat(refusal.problem())
        .isEqualTo("content.content has 16385 bytes, expected at most 16384");
    assertThat(refusal.messageId()).isEqualTo("c1");
  }

  private static String edit(String text) {
    return frame(24, "'target_message_id':'m1','content':{'text':'" + text + "'}");
  }

  private static String frame(int type, String content) {
    return "{'type':"
        + type
        + ",'message_id':'c1','conversation_id':'alice:bob','content':{"
        + content
        + "}}";
  }

  private static ClientFrame.Revise revise(Change change) {
    return new ClientFrame.Revise(new ReviseCommand(ALICE_BOB, "m1", change, "c1"));
  }

  private void assertInvalid(String text, String problem) {
    assertThat(decode(text))
        .isInstanceOfSatisfying(
            ClientFrame.Invalid.class,
            refusal -> {
              assertThat(refusal.error()).as(text).isEqualTo(ImError.INVALID_ARGUMENT);
              assertThat(refusal.problem()).as(text).startsWith(problem);
            });
  }

  private ClientFrame decode(String text) {
    return decoder.decode(json(text));
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
