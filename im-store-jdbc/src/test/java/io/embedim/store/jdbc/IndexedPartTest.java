package io.embedim.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IndexedPartTest {

  private static final IndexedPart SOME = new IndexedPart(100, 300);

  @Test
  void of_a_log_of_which_nothing_is_indexed_the_end_is_first() {
    assertThat(IndexedPart.NONE.next(1_000, 200)).isEqualTo(new IndexedPart(800, 1_000));
    assertThat(IndexedPart.NONE.next(50, 200)).isEqualTo(new IndexedPart(0, 50));
    assertThat(IndexedPart.NONE.with(new IndexedPart(800, 1_000)))
        .isEqualTo(new IndexedPart(800, 1_000));
  }

  @Test
  void what_was_said_since_comes_before_what_was_said_earlier() {
    assertThat(SOME.next(1_000, 200)).isEqualTo(new IndexedPart(300, 500));
    assertThat(SOME.next(301, 200)).isEqualTo(new IndexedPart(300, 301));
    assertThat(SOME.next(300, 30)).isEqualTo(new IndexedPart(70, 100));
    assertThat(SOME.next(300, 200)).isEqualTo(new IndexedPart(0, 100));
    assertThat(SOME.with(new IndexedPart(300, 500))).isEqualTo(new IndexedPart(100, 500));
    assertThat(SOME.with(new IndexedPart(70, 100))).isEqualTo(new IndexedPart(70, 300));
  }

  @Test
  void what_cannot_be_had_now_ends_it() {
    IndexedPart behind = SOME.next(1_000, 200);
    assertThat(SOME.upToHole(behind, seq -> true)).isEqualTo(behind);
    assertThat(SOME.upToHole(behind, seq -> seq != 400)).isEqualTo(new IndexedPart(300, 399));
    assertThat(SOME.upToHole(behind, seq -> seq != 301).isEmpty()).isTrue();
    IndexedPart before = SOME.next(300, 50);
    assertThat(SOME.upToHole(before, seq -> true)).isEqualTo(before);
    assertThat(SOME.upToHole(before, seq -> seq != 60)).isEqualTo(new IndexedPart(60, 100));
    assertThat(SOME.upToHole(before, seq -> seq != 100).isEmpty()).isTrue();
    IndexedPart first = IndexedPart.NONE.next(1_000, 200);
    assertThat(IndexedPart.NONE.upToHole(first, seq -> seq != 900))
        .isEqualTo(new IndexedPart(900, 1_000));
    assertThat(first.seqs().count()).isEqualTo(200);
    assertThat(SOME.seqs().boxed()).startsWith(101L).endsWith(300L);
  }

  @Test
  void nothing_is_next_when_there_is_nothing_or_no_room() {
    IndexedPart all = new IndexedPart(0, 300);
    assertThat(all.hasAll(300)).isTrue();
    assertThat(SOME.hasAll(300)).isFalse();
    assertThat(all.hasAll(301)).isFalse();
    assertThat(all.next(300, 200).isEmpty()).isTrue();
    assertThat(IndexedPart.NONE.next(0, 200).isEmpty()).isTrue();
    for (IndexedPart part : new IndexedPart[] {IndexedPart.NONE, SOME, all}) {
      assertThat(part.next(400, 0).isEmpty()).isTrue();
      assertThat(part.with(part.next(400, 0))).isEqualTo(part);
    }
  }
}
