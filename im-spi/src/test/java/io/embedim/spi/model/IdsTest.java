package io.embedim.spi.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

  private static final String LONGEST = "x".repeat(64);

  @ParameterizedTest
  @ValueSource(strings = {"a", "A-Za-z0-9_.@-", "zoe@example.org", "-", "System", "groups"})
  void these_may_name_users_and_groups(String id) {
    assertThat(Ids.isUserId(id)).isTrue();
    assertThat(Ids.isGroupId(id)).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "", " ", "a b", "a ", "a:b", "a/b", "é", "你", "😀", "a\n", "a\0", "system", "group"
      })
  void these_name_neither_a_user_nor_a_group(String id) {
    assertThat(Ids.isUserId(id)).isFalse();
    assertThat(Ids.isGroupId(id)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "A-Za-z0-9_.:-", "0197-77", "group", "system", ":"})
  void these_may_name_messages(String id) {
    assertThat(Ids.isMessageId(id)).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "a ", "a@b", "a/b", "é", "😀", "a\t"})
  void these_name_no_message(String id) {
    assertThat(Ids.isMessageId(id)).isFalse();
  }

  @Test
  void an_id_has_at_most_64_characters() {
    assertThat(Ids.isUserId(LONGEST)).isTrue();
    assertThat(Ids.isGroupId(LONGEST)).isTrue();
    assertThat(Ids.isMessageId(LONGEST)).isTrue();
    assertThat(Ids.isUserId(LONGEST + "x")).isFalse();
    assertThat(Ids.isGroupId(LONGEST + "x")).isFalse();
    assertThat(Ids.isMessageId(LONGEST + "x")).isFalse();
  }
}
