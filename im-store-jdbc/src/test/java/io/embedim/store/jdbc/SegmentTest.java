package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentTest {

  @Test
  void a_log_falls_into_parts_that_have_the_same_bucket() {
    List<Segment> segments = segments(5, 3_000, 0);

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
    assertThat(segments(0, 1_500, 1_100))
        .containsExactly(
            new Segment(ALICE_BOB, 1_100, 1_500, true),
            new Segment(ALICE_BOB, 844, 1_100, false),
            new Segment(ALICE_BOB, 588, 844, false),
            new Segment(ALICE_BOB, 332, 588, false),
            new Segment(ALICE_BOB, 76, 332, false),
            new Segment(ALICE_BOB, 0, 76, false));
  }

  private static List<Segment> segments(long afterSeq, long upToSeq, long unindexedUpTo) {
    List<Segment> segments = new ArrayList<>();
    for (long left = upToSeq;
        left > afterSeq;
        left = segments.get(segments.size() - 1).afterSeq()) {
      segments.add(Segment.last(ALICE_BOB, afterSeq, left, unindexedUpTo));
    }
    return segments;
  }
}
