package io.embedim.store.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A prefix is part of statements, so that only what cannot do harm there is taken. */
class TablePrefixTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1im",
        "im-",
        "im ",
        " im",
        "im.",
        "im$",
        "im`",
        "im\"",
        "im\n",
        "im\0",
        "im;",
        "im_message; DROP TABLE x; --",
        "${prefix}",
        "înstant_",
        "消息_",
        "im😀",
        "one_and_twenty_chars_"
      })
  void any_other_prefix_is_refused_at_once_and_named(String prefix) {
    JdbcStores.Builder builder = JdbcStores.builder();

    assertThatThrownBy(() -> builder.tablePrefix(prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the table prefix \"%s\" is not valid: expected 1 to 20 letters, digits and underscores"
                + " of ASCII, the first one not a digit",
            prefix);
  }
}
