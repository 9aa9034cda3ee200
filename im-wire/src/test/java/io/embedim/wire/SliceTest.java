package io.embedim.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.core.ImException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SliceTest {

  private static final List<String> ALL = List.of("aaaa", "b", "cc", "dddddddddd", "e");

  private static Slice<String> slice(int begin, int maxBytes) {
    return Slice.of(ALL, begin, String::length, maxBytes);
  }

  private static int begin(String token) {
    return Slice.begin(Parameters.ofQuery(Map.of("page_token", List.of(token))));
  }

  @Test
  void a_page_ends_with_the_item_that_fills_it_and_has_one_at_least() {
    assertThat(slice(0, 5)).isEqualTo(new Slice<>(List.of("aaaa", "b"), "2"));
    assertThat(slice(2, 5)).isEqualTo(new Slice<>(List.of("cc", "dddddddddd"), "4"));
    assertThat(slice(3, 1)).isEqualTo(new Slice<>(List.of("dddddddddd"), "4"));
    assertThat(slice(4, 1)).isEqualTo(new Slice<>(List.of("e"), null));
    assertThat(slice(0, 1_000)).isEqualTo(new Slice<>(ALL, null));
  }

  @Test
  void a_page_behind_the_end_is_empty() {
    assertThat(slice(5, 5)).isEqualTo(new Slice<>(List.of(), null));
    assertThat(slice(Integer.MAX_VALUE, 5)).isEqualTo(new Slice<>(List.of(), null));
  }

  @Test
  void a_token_is_where_the_page_begins_and_nothing_else() {
    assertThat(Slice.begin(Parameters.NONE)).isZero();
    assertThat(begin("17")).isEqualTo(17);
    for (String wrong : List.of("", "-1", "x", "1.5", "2147483648")) {
      assertThatThrownBy(() -> begin(wrong))
          .isInstanceOf(ImException.class)
          .hasMessageStartingWith("page_token is not valid");
    }
  }
}
