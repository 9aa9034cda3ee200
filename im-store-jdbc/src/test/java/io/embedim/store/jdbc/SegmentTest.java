package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentTest {

  @Test
  void a_log_falls_into_parts_that_have_the_same_bucket() {
    List<Segment> segments = segments(5, 3_000, new IndexedPart(0, 3_000));

    assertThat(segments)
        .containsExactly(
            new Segment(ALICE_BOB, 2_047, 3_000, true),
            new Segment(ALICE_BOB, 1_023, 2_047, true),
            new Segment(ALICE_BOB, 5, 1_023, true))
        .allSatisfy(
            segment ->
                assertThat(SearchTokens.bucket(ALICE_BOB, segment.afterSeq() + 1))
                    .isEqualTo(SearchTokens.bucket(ALICE_BOB, segment.upToSeq())));
  }

  @Test
  void what_is_not_indexed_is_read_in_small_parts() {
    assertThat(segments(0, 2_000, new IndexedPart(500, 1_100)))
        .containsExactly(
            new Segment(ALICE_BOB, 1_744, 2_000, false),
            new Segment(ALICE_BOB, 1_488, 1_744, false),
            new Segment(ALICE_BOB, 1_232, 1_488, false),
            new Segment(ALICE_BOB, 1_100, 1_232, false),
            new Segment(ALICE_BOB, 1_023, 1_100, true),
            new Segment(ALICE_BOB, 500, 1_023, true),
            new Segment(ALICE_BOB, 244, 500, false),
            new Segment(ALICE_BOB, 0, 244, false));
    assertThat(segments(0, 300, IndexedPart.NONE))
        .containsExactly(
            new Segment(ALICE_BOB, 44, 300, false), new Segment(ALICE_BOB, 0, 44, false));
    assertThat(segments(90, 95, new IndexedPart(0, 80)))
        .containsExactly(new Segment(ALICE_BOB, 90, 95, false));
  }

  @Test
  void to_read_is_as_much_work_as_there_is_to_read() {
    assertThat(new Segment(ALICE_BOB, 0, 256, false).work()).isEqualTo(64);
    assertThat(new Segment(ALICE_BOB, 9, 10, false).work()).isEqualTo(1);
    assertThat(new Segment(ALICE_BOB, 5, 10, false).work()).isEqualTo(2);
    assertThat(new Segment(ALICE_BOB, 0, 1_023, true).work()).isEqualTo(1);
  }

  private static List<Segment> segments(long afterSeq, long upToSeq, IndexedPart indexed) {
    List<Segment> segments = new ArrayList<>();
    for (long left = upToSeq;
        left > afterSeq;
        left = segments.get(segments.size() - 1).afterSeq()) {
      segments.add(Segment.last(ALICE_BOB, afterSeq, left, indexed));
    }
    return segments;
  }
}
