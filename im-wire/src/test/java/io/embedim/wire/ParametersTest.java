package io.embedim.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.ImSettings;
import io.embedim.spi.model.ConversationId;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ParametersTest {

  private static final ConversationId ALICE_BOB = new ConversationId("alice:bob");

  private static Parameters json(String text) {
    return new FrameDecoder(ImSettings.defaults()).parameters(text.replace('\'', '"'));
  }

  private static void assertInvalid(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ImException.class, e -> assertThat(e.error()).isEqualTo(ImError.INVALID_ARGUMENT))
        .hasMessageStartingWith(message);
  }

  @Test
  void a_limit_is_the_largest_page_unless_told_otherwise() {
    assertThat(json("{}").limit(100)).isEqualTo(100);
    assertThat(json("{'limit':null}").limit(100)).isEqualTo(100);
    assertThat(json("{'limit':1}").limit(100)).isEqualTo(1);
    assertInvalid(
        () -> json("{'limit':0}").limit(100), "limit is 0, expected an integer of 1 to 100");
    assertInvalid(() -> json("{'limit':101}").limit(100), "limit is 101, expected");
    assertInvalid(() -> json("{'limit':'5'}").limit(100), "limit is a string, expected");
    assertInvalid(
        () -> json("{'limit':99999999999999999999}").limit(100), "limit is out of range, expected");
  }

  @Test
  void cursors_are_sequence_numbers_by_conversation() {
    assertThat(json("{'cursors':{'alice:bob':7,'group:g':0}}").cursors("cursors"))
        .isEqualTo(Map.of(ALICE_BOB, 7L, new ConversationId("group:g"), 0L));
    assertThat(json("{}").cursors("cursors")).isEmpty();
    assertInvalid(
        () -> json("{'cursors':{'bob:alice':7}}").cursors("cursors"),
        "cursors has a name that is no conversation id");
    assertInvalid(
        () -> json("{'cursors':{'alice:bob':-1}}").cursors("cursors"), "cursors.alice:bob is -1");
    assertInvalid(
        () -> json("{'cursors':{'alice:bob':null}}").cursors("cursors"),
        "cursors.alice:bob is missing");
    assertInvalid(() -> json("{'cursors':[]}").cursors("cursors"), "cursors is an array");
  }

  @Test
  void user_ids_are_checked_and_counted() {
    assertThat(json("{'user_ids':['bob','carol','bob']}").requiredIds("user_ids", 2, IdKind.USER))
        .containsExactly("bob", "carol");
    assertInvalid(() -> json("{}").requiredIds("user_ids", 2, IdKind.USER), "user_ids is missing");
    assertInvalid(
        () -> json("{'user_ids':[]}").requiredIds("user_ids", 2, IdKind.USER),
        "user_ids is missing");
    assertInvalid(
        () -> json("{'user_ids':['a','b','c']}").requiredIds("user_ids", 2, IdKind.USER),
        "user_ids has 3 entries, expected at most 2");
    assertInvalid(
        () -> json("{'user_ids':[7]}").requiredIds("user_ids", 2, IdKind.USER),
        "user_ids has an entry that is no user id");
    assertInvalid(
        () -> json("{'user_ids':'bob'}").requiredIds("user_ids", 2, IdKind.USER),
        "user_ids is a string");
  }

  @Test
  void a_query_says_the_same_as_an_object() {
    Parameters query =
        Parameters.ofQuery(
            Map.of(
                "conversation_id", List.of("alice:bob"),
                "limit", List.of("50"),
                "pinned", List.of("true"),
                "muted", List.of("0"),
                "user_ids", List.of("bob", "carol,dave")));
    assertThat(query.conversationId()).isEqualTo(ALICE_BOB);
    assertThat(query.limit(100)).isEqualTo(50);
    assertThat(query.flag("pinned")).isTrue();
    assertThat(query.flag("muted")).isFalse();
    assertThat(query.flag("hidden")).isNull();
    assertThat(query.requiredIds("user_ids", 3, IdKind.USER))
        .containsExactly("bob", "carol", "dave");
    Parameters bad =
        Parameters.ofQuery(Map.of("limit", List.of("many"), "pinned", List.of("perhaps")));
    assertInvalid(() -> bad.limit(100), "limit is a string, expected an integer of 1 to 100");
    assertInvalid(() -> bad.flag("pinned"), "pinned is a string, expected true or false");
  }

  @Test
  void what_is_no_object_is_malformed() {
    for (String text : List.of("", "[]", "{", "{} {}", "{'a':1,'a':2}", "null")) {
      assertThatThrownBy(() -> json(text))
          .isInstanceOfSatisfying(
              ImException.class, e -> assertThat(e.error()).isEqualTo(ImError.MALFORMED_FRAME));
    }
  }
}
