package io.embedim.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.ImSettings;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.model.Platform;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {

  private static final ConversationId ALICE_BOB = new ConversationId("alice:bob");

  private final FrameDecoder decoder = new FrameDecoder(ImSettings.defaults());

  @Test
  void the_shortest_message_is_a_stored_text() {
    assertThat(decode("{'type':1,'to':'bob','content':{'text':'hi'}}"))
        .isEqualTo(
            new ClientFrame.Chat(
                null,
                new Target("bob", null, false),
                new Content(ContentType.TEXT, "{\"text\":\"hi\"}", "hi"),
                MessageOptions.NONE,
                true));
  }

  @Test
  void a_message_keeps_everything_that_it_carries() {
    assertThat(
            decode(
                "{'type':1,'message_id':'m1','from':'mallory','to':'bob','conversation_id':'alice:bob',"
                    + "'content_type':6,'content':{'lat':48.20},'client_timestamp':12,'qos':0,"
                    + "'reply_to':'m0','mentions':['bob','carol','bob'],'forwarded_from':{'message_id'"
                    + " : 'x'},'expires_in':60,'seq':99,'timestamp':1}"))
        .isEqualTo(
            new ClientFrame.Chat(
                "m1",
                new Target("bob", ALICE_BOB, false),
                new Content(ContentType.LOCATION, "{\"lat\":48.20}", ""),
                new MessageOptions(
                    12L, "m0", List.of("bob", "carol"), "{\"message_id\":\"x\"}", 60),
                false));
  }

  @Test
  void a_message_to_a_group_names_it_or_its_conversation_or_both() {
    ConversationId team = new ConversationId("group:team");
    String message = "{'type':2,%s,'content':{'text':'hi'}}";
    assertThat(decode(message.formatted("'to':'team'")))
        .isInstanceOfSatisfying(
            ClientFrame.Chat.class,
            chat -> {
              assertThat(chat.target()).isEqualTo(new Target("team", null, true));
              assertThat(chat.target().resolve("alice")).isEqualTo(team);
            });
    for (String target :
        List.of("'conversation_id':'group:team'", "'to':'team','conversation_id':'group:team'")) {
      assertThat(((ClientFrame.Chat) decode(message.formatted(target))).target().resolve("alice"))
          .isEqualTo(team);
    }
    ClientFrame.Chat torn =
        (ClientFrame.Chat) decode(message.formatted("'to':'other','conversation_id':'group:team'"));
    assertThatThrownBy(() -> torn.target().resolve("alice"))
        .isInstanceOf(ImException.class)
        .hasMessageContaining("different conversations");
    assertInvalid(
        message.formatted("'conversation_id':'alice:bob'"),
        "conversation_id names a one-to-one conversation");
    assertInvalid(message.formatted("'to':'group'"), "to is not valid");
    assertInvalid(message.formatted("'qos':1"), "to and conversation_id are missing");
    assertThat(decode("{'type':23,'conversation_id':'group:team'}"))
        .isEqualTo(new ClientFrame.Typing(null, new Target(null, team, true)));
  }

  @Test
  void a_content_keeps_its_order_and_its_digits_and_loses_its_white_space() {
    String content =
        "{ 'z' : 1.500 , 'a' : [ 1e5 , -0 , true , false , null , { } ] ,\n"
            + " 'text' : 'a \\u00e9 \\ud83d\\ude00 \\t \\/' }";
    assertThat(chat(content).content().body())
        .isEqualTo("{\"z\":1.500,\"a\":[1e5,-0,true,false,null,{}],\"text\":\"a é 😀 \\t /\"}");
  }

  @Test
  void only_the_outermost_text_is_the_plain_text() {
    assertThat(chat("{'more':{'text':'inner'},'text':'outer','list':[{'text':'no'}]}").content())
        .extracting(Content::plainText)
        .isEqualTo("outer");
  }

  @Test
  void everything_else_that_a_client_says_is_read() {
    assertThat(decode("{'type':20,'conversation_id':'alice:bob','content':{'seq':7}}"))
        .isEqualTo(new ClientFrame.Received(null, ALICE_BOB, 7));
    assertThat(decode("{'type':20,'conversation_id':'alice:bob','message_id':'m1'}"))
        .isEqualTo(new ClientFrame.ReceivedOne("m1", ALICE_BOB));
    assertThat(decode("{'type':21,'conversation_id':'alice:bob','content':{'last_read_seq':7}}"))
        .isEqualTo(new ClientFrame.Read(null, ALICE_BOB, 7));
    assertThat(decode("{'type':23,'to':'bob'}"))
        .isEqualTo(new ClientFrame.Typing(null, new Target("bob", null, false)));
    assertThat(decode("{'type':99,'message_id':'h','content':{}}"))
        .isEqualTo(new ClientFrame.Heartbeat("h"));
    assertThat(
            decode(
                "{'type':90,'content':{'token':'t','device_id':'d','platform':'ios','batch':true}}"))
        .isEqualTo(new ClientFrame.Auth(null, "t", "d", Platform.IOS, true));
    assertThat(decode("{'type':90,'content':{'token':'t'}}"))
        .isEqualTo(new ClientFrame.Auth(null, "t", null, null, null));
    assertThat(
            decode("{'type':40,'message_id':'r','content':{'method':'sync','params':{'limit':5}}}"))
        .isInstanceOfSatisfying(
            ClientFrame.Request.class,
            request -> {
              assertThat(request.method()).isEqualTo("sync");
              assertThat(request.parameters().limit(9)).isEqualTo(5);
            });
  }

  @Test
  void null_is_the_same_as_absent_and_unknown_fields_do_not_matter() {
    assertThat(
            decode(
                "{'future':{'a':[1,{}]},'type':99,'message_id':null,'to':null,'content':null,'qos':null}"))
        .isEqualTo(new ClientFrame.Heartbeat(null));
  }

  @Test
  void an_auth_frame_does_not_print_its_token() {
    assertThat(decode("{'type':90,'content':{'token':'secret'}}").toString())
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "null",
        "[]",
        "[{'type':99}]",
        "'text'",
        "12",
        "NaN",
        "{",
        "{'type':99",
        "{'type':99}}",
        "{'type':99} {'type':99}",
        "{'type':99,}",
        "{type:99}",
        "{'type':099}",
        "{'type':+99}",
        "{'type':NaN}",
        "{'type':Infinity}",
        "{'type':99,'type':99}",
        "{'type':99,'content':{'a':1,'a':2}}",
        "{'type':99,'content':{'a':{'b':1,'b':2}}}",
        "{'type':99,'unknown':{'b':1,'b':2}}",
        "{'type':99,'content':{'a':\u0001}}",
        "{'type':99}//comment",
        "{'type':99,'to':'a\nb'}",
        "{'type':99,'to':'\\x'}",
        "{'type':99,'to':'\\u12g4'}",
        "{'message_id':'m1'}",
        "{'type':'99'}",
        "{'type':null}",
        "{'type':99.0}",
        "{'type':9e1}",
        "{'type':true}",
        "{'type':{}}",
        "{'type':99999999999999999999999999}",
      })
  void what_is_no_frame_is_malformed(String text) {
    assertThat(refusal(text).error()).isEqualTo(ImError.MALFORMED_FRAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "0",
        "3",
        "4",
        "10",
        "19",
        "27",
        "28",
        "41",
        "91",
        "92",
        "93",
        "94",
        "100",
        "2147483648",
        "9223372036854775807",
        "-9223372036854775808"
      })
  void what_clients_do_not_send_is_an_unknown_type(String type) {
    ClientFrame.Invalid refusal = refusal("{'type':" + type + ",'message_id':'m1'}");
    assertThat(refusal.error()).isEqualTo(ImError.UNKNOWN_TYPE);
    assertThat(refusal.problem()).startsWith("type is " + type + ", expected ");
    assertThat(refusal.messageId()).isEqualTo("m1");
  }

  @Test
  void a_wrong_argument_is_named_with_what_is_expected() {
    assertInvalid("{'type':1,'content':{'text':'x'}}", "to and conversation_id are missing");
    assertInvalid("{'type':1,'to':7,'content':{'text':'x'}}", "to is a number, expected a string");
    assertInvalid("{'type':1,'to':'b o b','content':{'text':'x'}}", "to is not valid");
    assertInvalid("{'type':1,'to':'system','content':{'text':'x'}}", "to is not valid");
    assertInvalid(
        "{'type':1,'conversation_id':'bob:alice','content':{'text':'x'}}",
        "conversation_id is not valid");
    assertInvalid(
        "{'type':1,'conversation_id':'group:g','content':{'text':'x'}}",
        "conversation_id names a group's conversation");
    assertInvalid("{'type':1,'to':'bob'}", "content is missing, expected an object");
    assertInvalid("{'type':1,'to':'bob','content':'x'}", "content is a string, expected an object");
    assertInvalid("{'type':1,'to':'bob','content':[]}", "content is an array, expected an object");
    assertInvalid("{'type':1,'to':'bob','content':{}}", "content.text is missing");
    assertInvalid("{'type':1,'to':'bob','content':{'text':1}}", "content.text is missing");
    assertInvalid("{'type':1,'to':'bob','content':{'text':' \\n'}}", "content.text is blank");
    assertInvalid(message("'content_type':0"), "content_type is 0, expected 1 to 8");
    assertInvalid(message("'content_type':9"), "content_type is 9, expected 1 to 8");
    assertInvalid(
        message("'content_type':1.0"),
        "content_type is a number with a fraction or an exponent, expected an integer");
    assertInvalid(message("'content_type':'1'"), "content_type is a string, expected an integer");
    assertInvalid(message("'qos':2"), "qos is 2, expected 0 or 1");
    assertInvalid(message("'qos':true"), "qos is a boolean, expected an integer");
    assertInvalid(
        message("'client_timestamp':9223372036854775808"), "client_timestamp is out of range");
    assertInvalid(message("'reply_to':''"), "reply_to is not valid");
    assertInvalid(message("'mentions':'bob'"), "mentions is a string, expected an array");
    assertInvalid(message("'mentions':[1]"), "mentions has an entry that is no user id");
    assertInvalid(message("'mentions':[['bob']]"), "mentions has an entry that is no user id");
    assertInvalid(message("'mentions':['*','bob']"), "mentions has \"*\" beside user ids");
    assertInvalid(message("'mentions':[" + manyUsers(101) + "]"), "mentions names more than 100");
    assertInvalid(message("'forwarded_from':'m0'"), "forwarded_from is a string");
    assertInvalid(
        message("'forwarded_from':{'a':'" + "x".repeat(4096) + "'}"),
        "forwarded_from has 4104 bytes, expected at most 4096");
    assertInvalid(message("'expires_in':-1"), "expires_in is -1, expected 0 to 31536000");
    assertInvalid(message("'expires_in':31536001"), "expires_in is 31536001");
    assertInvalid("{'type':20,'content':{'seq':1}}", "conversation_id is missing");
    assertInvalid("{'type':20,'conversation_id':'alice:bob'}", "content.seq is missing");
    assertInvalid(
        "{'type':20,'conversation_id':'alice:bob','content':{'seq':-1}}",
        "content.seq is -1, expected an integer of 0 or more");
    assertInvalid(
        "{'type':20,'conversation_id':'alice:bob','content':{'seq':1.5}}",
        "content.seq is a number with a fraction, expected an integer of 0 or more");
    assertInvalid("{'type':21,'conversation_id':'alice:bob'}", "content.last_read_seq is missing");
    assertInvalid("{'type':23}", "to and conversation_id are missing");
    assertInvalid("{'type':40}", "content.method is missing, expected a string");
    assertInvalid("{'type':40,'content':{'method':7}}", "content.method is a number");
    assertInvalid("{'type':40,'content':{'method':'m','params':[]}}", "content.params is an array");
    assertInvalid("{'type':90,'content':{}}", "content.token is missing, expected a string");
    assertInvalid("{'type':90,'content':{'token':''}}", "content.token is missing");
    assertInvalid(
        "{'type':90,'content':{'token':'t','device_id':'a b'}}", "content.device_id is not valid");
    assertInvalid(
        "{'type':90,'content':{'token':'t','platform':'fridge'}}",
        "content.platform is not known, expected ios, android, web, desktop or other");
    assertInvalid(
        "{'type':90,'content':{'token':'t','batch':1}}",
        "content.batch is a number, expected true or false");
  }

  @Test
  void characters_that_are_none_are_refused_wherever_they_stand() {
    for (String bad :
        List.of("\\u0000", "\\ud800", "\\udc00", "\\udc00\\ud800", "\ud800", "\udfff")) {
      assertInvalid("{'type':1,'to':'bob','content':{'text':'a" + bad + "b'}}", "content has a ");
      assertThat(refusal("{'type':1,'to':'bob','content':{'text':'a','k" + bad + "':1}}").error())
          .isIn(ImError.INVALID_ARGUMENT, ImError.MALFORMED_FRAME);
      assertInvalid(
          "{'type':1,'to':'bob','content':{'text':'a','l':[{'m':'" + bad + "'}]}}",
          "content has a ");
      assertInvalid("{'type':1,'to':'b" + bad + "','content':{'text':'a'}}", "to has a ");
      assertInvalid(message("'forwarded_from':{'a':'" + bad + "'}"), "forwarded_from has a ");
      assertInvalid("{'type':99,'message_id':'" + bad + "'}", "message_id has a ");
    }
  }

  @Test
  void a_content_may_have_16_KiB_of_UTF_8_and_no_byte_more() {
    String text = "é".repeat((16_384 - "{'text':''}".length()) / 2);
    assertThat(chat("{ 'text' : '" + text + "x' }").content().plainText()).isEqualTo(text + "x");
    ClientFrame.Invalid refusal =
        refusal("{'type':1,'message_id':'m1','to':'bob','content':{'text':'" + text + "xx'}}");
    assertThat(refusal.error()).isEqualTo(ImError.CONTENT_TOO_LARGE);
    assertThat(refusal.messageId()).isEqualTo("m1");
    assertThat(refusal.problem()).isEqualTo("content has 16385 bytes, expected at most 16384");
  }

  @Test
  void nesting_may_be_32_levels_deep_the_envelope_included() {
    assertThat(decode("{'type':99,'x':" + "[".repeat(31) + "]".repeat(31) + "}"))
        .isEqualTo(new ClientFrame.Heartbeat(null));
    assertThat(refusal("{'type':99,'x':" + "[".repeat(32) + "]".repeat(32) + "}").error())
        .isEqualTo(ImError.MALFORMED_FRAME);
    assertThat(refusal("{'type':99,'x':" + "[".repeat(60_000)).error())
        .isEqualTo(ImError.MALFORMED_FRAME);
    assertThat(refusal("{'a':".repeat(10_000)).error()).isEqualTo(ImError.MALFORMED_FRAME);
  }

  @Test
  void long_names_and_long_numbers_are_malformed() {
    assertThat(refusal("{'type':99,'" + "n".repeat(257) + "':1}").error())
        .isEqualTo(ImError.MALFORMED_FRAME);
    assertThat(refusal("{'type':99,'content':{'n':" + "1".repeat(101) + "}}").error())
        .isEqualTo(ImError.MALFORMED_FRAME);
    assertThat(refusal("{'type':40,'content':{'method':'m','params':{'n':1e99999999999}}}").error())
        .isEqualTo(ImError.MALFORMED_FRAME);
    assertThat(decode("{'type':99,'" + "n".repeat(256) + "':" + "1".repeat(100) + "}"))
        .isEqualTo(new ClientFrame.Heartbeat(null));
  }

  @Test
  void a_refusal_echoes_the_message_id_wherever_it_stands() {
    assertThat(refusal("{'to':7,'type':1,'message_id':'m1'}").messageId()).isEqualTo("m1");
    assertThat(refusal("{'content':{'text':'\\ud800'},'type':1,'message_id':'m1'}").messageId())
        .isEqualTo("m1");
    assertThat(refusal("{'message_id':'m1','type':'x'}").messageId()).isEqualTo("m1");
    assertThat(refusal("{'message_id':'m1','type':1,'content':{").messageId()).isEqualTo("m1");
    assertThat(refusal("{'message_id':'m1'}").messageId()).isEqualTo("m1");
    assertThat(refusal("{'message_id':'not valid!','type':99}").messageId()).isNull();
    assertThat(refusal("{'message_id':7,'type':99}").messageId()).isNull();
  }

  @Test
  void an_unknown_type_is_unknown_whatever_its_fields_look_like() {
    for (String frame :
        List.of(
            "{'type':77,'content':[1]}",
            "{'content':'x','type':77}",
            "{'type':77,'qos':'often','to':7,'mentions':{}}",
            "{'type':28,'to':'team','content':7}",
            "{'type':-1}",
            "{'type':4294967297}",
            "{'type':9223372036854775807}")) {
      assertThat(refusal(frame).error()).as(frame).isEqualTo(ImError.UNKNOWN_TYPE);
    }
  }

  @Test
  void a_message_in_a_request_keeps_its_numbers() {
    String content =
        "{'text':'x','pi':3.14159265358979323846,'price':1.50,'huge':1E+400,'id':98765432109876543210}";
    ClientFrame.Request request =
        (ClientFrame.Request)
            decode(
                "{'type':40,'content':{'method':'message.send','params':"
                    + "{'type':1,'to':'bob','content':"
                    + content
                    + "}}}");
    assertThat(decoder.chat(request.parameters()).content().body())
        .isEqualTo(content.replace('\'', '"'));
  }

  @Test
  void a_bad_request_is_answered_as_a_request() {
    assertThat(refusal("{'content':{'method':7},'type':40,'message_id':'r'}").request()).isTrue();
    assertThat(refusal("{'type':1,'message_id':'r'}").request()).isFalse();
  }

  private static String message(String field) {
    return "{'type':1,'to':'bob','content':{'text':'x'}," + field + "}";
  }

  private static String manyUsers(int count) {
    StringBuilder users = new StringBuilder("'u0'");
    for (int i = 1; i < count; i++) {
      users.append(",'u").append(i).append('\'');
    }
    return users.toString();
  }

  private void assertInvalid(String text, String problem) {
    ClientFrame.Invalid refusal = refusal(text);
    assertThat(refusal.error()).as(text).isEqualTo(ImError.INVALID_ARGUMENT);
    assertThat(refusal.problem()).as(text).startsWith(problem);
  }

  private ClientFrame.Chat chat(String content) {
    return (ClientFrame.Chat) decode("{'type':1,'to':'bob','content':" + content + "}");
  }

  private ClientFrame.Invalid refusal(String text) {
    ClientFrame frame = decode(text);
    assertThat(frame).as(text).isInstanceOf(ClientFrame.Invalid.class);
    return (ClientFrame.Invalid) frame;
  }

  private ClientFrame decode(String text) {
    return decoder.decode(text.replace('\'', '"'));
  }
}
