package io.embedim.spi.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTextTest {

  @Test
  void words_and_runs_are_told_apart_also_without_a_space_between_them() {
    SearchText text = SearchText.of("My iPhone手机壳 costs 99元, 2024年!");

    assertThat(text.words()).containsExactly("my", "iphone", "costs", "99", "2024");
    assertThat(text.runs()).containsExactly("手机壳", "元", "年");
  }

  @ParameterizedTest
  @CsvSource({
    "hello world, hello",
    "hello world, hel wor",
    "hello world, WORLD Hello",
    "iPhone手机壳, iphone",
    "iPhone手机壳, 手机",
    "iPhone手机壳, 机壳 ipho",
    "明天下午三点开会, 下午",
    "明天下午三点开会, 会",
    "明天下午三点开会, 明天下午三点开会",
    "𠮷野家で昼ご飯, 𠮷野",
    "𠮷野家で昼ご飯, 野家で",
    "今日はラーメン, ラーメン",
    "今日はラーメン, ーメ",
    "ｶﾞﾗｽ, ガラス",
    "한국어능력시험, 시험",
    "สวัสดีครับ, ดีครับ",
    "ＨＥＬＬＯ １２, hello 12",
    "ﬁne ①, fine 1",
    "Straße, STRASSE",
    "STRASSE, straße",
    "İstanbul, istanbul",
    "ISPARTA, ısparta",
    "DIYARBAKIR, diyarbakır",
    "ΟΔΟΣ, οδος",
    "οδός, ΟΔΌΣ",
    "हिन्दी भाषा, हिन्दी",
    "co\u00ADoperate, cooperate",
    "a\u200Bb, b",
    "葛\uDB40\uDD00飾, 葛飾",
    "𝒳yz, xyz",
    "二〇二四年, 〇二",
  })
  void a_query_finds_what_says_the_same(String message, String query) {
    assertThat(SearchText.of(message).isFoundBy(SearchText.of(query))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "hello world, ello",
    "hello world, hello moon",
    "iPhone手机壳, phone",
    "iPhone手机壳, 手壳",
    "iPhone手机壳, 机手",
    "下午 三点, 午三",
    "手机 机壳, 手机壳",
    "café, cafe",
    "𠮷野家, 吉",
    "hello, 😀",
    "😀, 😀",
    "hello, ''",
    "a手b, ab",
    "word, words",
  })
  void a_query_does_not_find_what_says_something_else(String message, String query) {
    assertThat(SearchText.of(message).isFoundBy(SearchText.of(query))).isFalse();
  }

  @Test
  void a_letter_and_its_mark_are_the_letter_with_the_mark() {
    SearchText apart = SearchText.of("cafe\u0301");
    SearchText together = SearchText.of("caf\u00E9");

    assertThat(apart.isFoundBy(together)).isTrue();
    assertThat(together.isFoundBy(apart)).isTrue();
    assertThat(apart.words()).containsExactly("caf\u00E9");
  }

  @Test
  void a_mark_without_a_letter_is_no_term() {
    assertThat(SearchText.of("\u0301 !\u0301").isEmpty()).isTrue();
  }

  @Test
  void half_a_pair_of_surrogates_is_no_letter() {
    SearchText text = SearchText.of("a\uD842b");

    assertThat(text.words()).containsExactly("a", "b");
    assertThat(text.runs()).isEmpty();
  }

  /** JavaScript and Java make two characters of the capital when they write it small. */
  @Test
  void a_small_i_with_a_dot_above_is_an_i() {
    assertThat(SearchText.of("İzmir".toLowerCase(java.util.Locale.ROOT)).words())
        .containsExactly("izmir");
  }

  @Test
  void a_term_counts_once() {
    SearchText text = SearchText.of("ha HA ha 好 好");

    assertThat(text.words()).containsExactly("ha");
    assertThat(text.runs()).containsExactly("好");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "!?…", "😀👍🏽", "-- _ --", "\uFE0F\u200D"})
  void nothing_can_be_looked_for_without_a_letter_or_digit(String text) {
    assertThat(SearchText.of(text).isEmpty()).isTrue();
    assertThat(SearchText.of(text).isQuery()).isFalse();
  }

  @Test
  void a_query_has_up_to_sixteen_terms_of_both_kinds() {
    List<String> fifteen = IntStream.range(0, 15).mapToObj(i -> "word" + i).toList();
    String terms = fifteen.stream().collect(Collectors.joining(" "));

    assertThat(SearchText.of(terms + " 好").isQuery()).isTrue();
    assertThat(SearchText.of(terms + " 好 more").isQuery()).isFalse();
  }
}
