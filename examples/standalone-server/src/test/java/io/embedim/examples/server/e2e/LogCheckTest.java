package io.embedim.examples.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.examples.server.e2e.LogCheck.Entry;
import io.embedim.examples.server.e2e.LogCheck.Written;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The check of the kill test notices what it is there for: one planted fault in each test. */
class LogCheckTest {

  private final List<Written> written = new ArrayList<>();
  private final List<Entry> log = new ArrayList<>();
  private final Map<String, Long> acknowledged = new HashMap<>();

  LogCheckTest() {
    for (int i = 1; i <= 10; i++) {
      String from = i % 3 == 0 ? "bob" : "alice";
      written.add(new Written(from, "m" + i, "text " + i));
      log.add(new Entry(i, from, "m" + i, "text " + i));
      acknowledged.put("m" + i, (long) i);
    }
  }

  private List<String> violations() {
    return LogCheck.violations(log, written, acknowledged);
  }

  @Test
  void a_log_as_it_should_be_passes() {
    assertThat(violations()).isEmpty();
  }

  @Test
  void what_was_written_and_never_acknowledged_may_be_there_or_not() {
    acknowledged.remove("m4");
    written.add(new Written("alice", "m11", "text 11"));
    assertThat(violations()).isEmpty();
  }

  @Test
  void an_acknowledged_message_that_is_gone_is_noticed() {
    log.remove(9);
    assertThat(violations()).containsExactly("m10 was acknowledged at 10 and is gone");
  }

  @Test
  void a_hole_in_the_numbers_is_noticed() {
    log.remove(4);
    acknowledged.remove("m5");
    assertThat(violations()).containsExactly("seq 6 where 5 belongs");
  }

  @Test
  void a_log_that_does_not_begin_at_one_is_noticed() {
    log.remove(0);
    acknowledged.remove("m1");
    assertThat(violations()).containsExactly("seq 2 where 1 belongs");
  }

  @Test
  void a_message_that_is_there_twice_is_noticed() {
    log.add(new Entry(11, "alice", "m2", "text 2"));
    assertThat(violations()).containsExactly("m2 is there twice, at 2 and 11");
  }

  @Test
  void a_number_that_was_given_twice_is_noticed() {
    log.set(6, new Entry(6, "alice", "m7", "text 7"));
    acknowledged.remove("m7");
    assertThat(violations()).contains("seq 6 where 7 belongs");
  }

  @Test
  void a_message_that_is_not_where_its_acknowledgement_said_is_noticed() {
    acknowledged.put("m8", 7L);
    assertThat(violations()).containsExactly("m8 was acknowledged at 7 and is at 8");
  }

  @Test
  void messages_of_one_writer_that_changed_places_are_noticed() {
    acknowledged.clear();
    Collections.swap(written, 0, 1);
    assertThat(violations()).containsExactly("m1 stands at 1, what was written before at 2");
  }

  @Test
  void a_message_that_nobody_wrote_is_noticed() {
    log.add(new Entry(11, "alice", "m11", "text 11"));
    assertThat(violations()).containsExactly("m11 was written by nobody");
  }

  @Test
  void a_message_that_reads_differently_is_noticed() {
    log.set(2, new Entry(3, "bob", "m3", "text 4"));
    assertThat(violations()).singleElement().asString().contains("text 3", "text 4");
  }

  @Test
  void a_message_in_anothers_name_is_noticed() {
    log.set(2, new Entry(3, "alice", "m3", "text 3"));
    assertThat(violations()).singleElement().asString().contains("alice", "bob");
  }
}
