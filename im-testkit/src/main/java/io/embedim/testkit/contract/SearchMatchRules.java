package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.text;
import static io.embedim.testkit.contract.SearchFixture.everywhere;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.store.SearchText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is found is decided by {@link SearchText} alone, whatever a backend has for an index. */
interface SearchMatchRules extends SearchFixture {

  List<String> TEXTS =
      List.of(
          "Good morning, everybody",
          "GOOD NIGHT",
          "the a of is and in to",
          "x",
          "x1",
          "10 x 20",
          "明天下午三点开会",
          "明天 下午",
          "iPhone手机壳",
          "手机",
          "机",
          "手机和机壳",
          "𠮷野家",
          "野家",
          "ｶﾞﾗｽとコップ",
          "한국어능력시험",
          "สวัสดีครับ",
          "Straße",
          "ISTANBUL İstanbul",
          "cafe\u0301",
          "cafe",
          "ＨＥＬＬＯ",
          "हिन्दी भाषा",
          "Привет, мир",
          "don't -5 +good \"morning\" (night) <b> good* @everybody ~x",
          "%_'; DROP TABLE message; -- & | ! :*",
          "👍🏽",
          "",
          "word" + "x".repeat(100),
          "word" + "x".repeat(100) + "y",
          "word" + "é".repeat(60),
          "词".repeat(100) + "语");

  List<String> QUERIES =
      List.of(
          "good",
          "goo MORN",
          "orning",
          "the",
          "the a of is and in to",
          "x",
          "1",
          "10 x",
          "下午",
          "午三",
          "明天下午三点开会",
          "明天 会",
          "手",
          "机",
          "壳",
          "手机壳",
          "手机 机壳",
          "iphone 壳",
          "phone",
          "野家",
          "𠮷",
          "吉",
          "ガラス",
          "시험",
          "ครับ",
          "STRASS",
          "istanbul",
          "ıstanbul",
          "caf",
          "cafe",
          "café",
          "hello",
          "हिन्",
          "при мир",
          "don t",
          "drop table",
          "b",
          "-good",
          "\"good night\"",
          "good*",
          "word" + "x".repeat(99),
          "word" + "x".repeat(101),
          "word" + "x".repeat(100) + "y",
          "wordé" + "é".repeat(58),
          "词".repeat(101),
          "词".repeat(99) + "语",
          "语");

  @Test
  default void every_query_finds_what_the_analyser_says_and_nothing_else() {
    List<EntryDraft> drafts = new ArrayList<>();
    for (int i = 0; i < TEXTS.size(); i++) {
      drafts.add(text(ALICE_BOB, "alice", "m" + i, TEXTS.get(i)));
    }
    appended(drafts.toArray(EntryDraft[]::new));

    for (String query : QUERIES) {
      List<String> expected =
          IntStream.range(0, TEXTS.size())
              .map(i -> TEXTS.size() - 1 - i)
              .filter(i -> SearchText.of(TEXTS.get(i)).isFoundBy(SearchText.of(query)))
              .mapToObj(i -> "m" + i)
              .toList();
      assertThat(found("bob", query)).as(query).isEqualTo(expected);
    }
  }

  /** 16 KiB, which is all that a message can say, in as many different terms as there can be. */
  @Test
  default void the_longest_messages_are_found_by_their_beginning_and_by_their_end() {
    String chinese =
        IntStream.range(0, 5_400)
            .mapToObj(i -> Character.toString(0x4E00 + i))
            .collect(Collectors.joining());
    String words =
        IntStream.range(0, 3_200)
            .mapToObj(i -> Integer.toString(1_000 + i))
            .collect(Collectors.joining(" "));
    String accents =
        IntStream.range(0, 1_200)
            .mapToObj(i -> Character.toString(0x0430 + i % 32).repeat(4) + i)
            .collect(Collectors.joining(" "));
    appended(
        text(ALICE_BOB, "alice", "m1", chinese),
        text(ALICE_BOB, "alice", "m2", words),
        text(ALICE_BOB, "alice", "m3", accents));

    assertThat(found("bob", chinese.substring(0, 3))).containsExactly("m1");
    assertThat(found("bob", chinese.substring(5_000))).containsExactly("m1");
    assertThat(found("bob", "1000 4199")).containsExactly("m2");
    assertThat(found("bob", "аааа0 пппп1199")).containsExactly("m3");
  }

  @Test
  default void sixteen_terms_are_looked_for_at_once() {
    String all = IntStream.range(0, 16).mapToObj(i -> "t" + i).collect(Collectors.joining(" "));
    appended(
        text(ALICE_BOB, "alice", "m1", all),
        text(ALICE_BOB, "alice", "m2", all.replace("t15", "u15")));

    assertThat(search(everywhere("bob", all))).singleElement().isEqualTo(found(ALICE_BOB, "m1"));
  }
}
