package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.AppendResult.MembershipChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What holds while somebody is being blocked and speaks. */
interface ConcurrentBlockRules extends ContactFixture {

  @Test
  default void nothing_that_was_decided_before_a_block_is_committed_behind_it() {
    for (int round = 0; round < 25 * effort(); round++) {
      // Half of the conversations begin with the race itself.
      ConversationId id = ConversationId.direct("alice", "bob" + round);
      String bob = "bob" + round;
      if (round % 2 == 0) {
        appended(text(id, bob, "first"));
      }
      AtomicInteger said = new AtomicInteger();
      Callable<Long> speaker =
          () -> {
            AppendResult result;
            int left = 200;
            do {
              result = send(1, text(id, bob, "m" + said.getAndIncrement()));
              left--;
            } while (result instanceof Appended && left > 0);
            return -1L;
          };
      Callable<Long> blocker =
          () -> {
            while (said.get() == 0) {
              Thread.onSpinWait();
            }
            assertThat(contacts().block("alice", bob)).isTrue();
            // Whatever is committed is here by now, or never.
            return (long) log(id).size();
          };

      List<Long> ends = Race.run(List.of(speaker, blocker, speaker));

      assertThat(log(id)).hasSize(Math.toIntExact(ends.get(1)));
      assertThat(send(1, text(id, bob, "late"))).isEqualTo(new MembershipChanged(2));
      assertThat(log(id)).extracting(LogEntry::seq).isSorted().doesNotHaveDuplicates();
      assertThat(side(id, bob).mutedUntil()).isEqualTo(Member.BLOCKED);
      // The block has taken back nothing of where the log ends.
      LogEntry next = StoreFixture.entryOf(send(2, text(id, "alice", "next")));
      assertThat(next.seq()).isEqualTo(log(id).size());
      assertThat(next.seq()).isEqualTo(ends.get(1) + 1);
    }
  }

  @Test
  default void of_many_blocks_at_once_one_changes_something() {
    for (int round = 0; round < 10 * effort(); round++) {
      ConversationId id = ConversationId.direct("alice", "bob" + round);
      String bob = "bob" + round;
      List<Callable<Boolean>> blocks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        blocks.add(() -> contacts().block("alice", bob));
        blocks.add(() -> contacts().block(bob, "alice"));
      }

      List<Boolean> changed = Race.run(blocks);

      assertThat(changed).filteredOn(Boolean.TRUE::equals).hasSize(2);
      assertThat(version(id)).isEqualTo(3);
      assertThat(contacts().blocked(bob, "", 9)).containsExactly("alice");
    }
    assertThat(contacts().blocked("alice", "", 999)).hasSize(10 * effort());
  }

  @Test
  default void whoever_looks_meanwhile_sees_each_block_whole_or_not_at_all() {
    int rounds = 40 * effort();
    AtomicInteger done = new AtomicInteger();
    Callable<Boolean> changer =
        () -> {
          try {
            for (int i = 0; i < rounds; i++) {
              contacts().block("alice", "bob");
              contacts().unblock("alice", "bob");
            }
          } finally {
            done.set(1);
          }
          return true;
        };
    Callable<Boolean> reader =
        () -> {
          do {
            Membership now = contacts().membership(ALICE_BOB);
            Member bob = Objects.requireNonNull(now.member("bob"));
            boolean blocked = bob.mutedUntil() == Member.BLOCKED;
            assertThat(blocked).isEqualTo(now.version() % 2 == 0);
          } while (done.get() == 0);
          return true;
        };

    assertThat(Race.run(List.of(changer, reader, reader))).containsOnly(true);
    assertThat(version(ALICE_BOB)).isEqualTo(1 + 2L * rounds);
  }
}
