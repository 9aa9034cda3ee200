package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.text;
import static io.embedim.testkit.contract.GroupFixture.event;
import static io.embedim.testkit.contract.GroupFixture.isChanged;
import static io.embedim.testkit.contract.GroupFixture.joining;
import static io.embedim.testkit.contract.GroupFixture.member;
import static io.embedim.testkit.contract.GroupFixture.newGroup;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.GroupChange.MembersAdded;
import io.embedim.spi.model.GroupChange.MembersRemoved;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.GroupStore.Result;
import io.embedim.spi.store.SeqRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What holds while many threads change a group and speak in it at once. */
interface ConcurrentGroupRules extends GroupFixture {

  /** How many belong to a group that fills up. */
  int CAPACITY = 20;

  @Test
  default void a_hundred_who_join_the_last_ten_places_at_once_are_ten() {
    List<String> first = IntStream.range(1, CAPACITY - 10).mapToObj(i -> "first" + i).toList();
    founded(first.toArray(String[]::new));
    AtomicInteger next = new AtomicInteger();
    Callable<Integer> joiners =
        () -> {
          int joined = 0;
          for (int i = next.getAndIncrement(); i < 100; i = next.getAndIncrement()) {
            joined += joinsIfThereIsRoom("joiner" + i) ? 1 : 0;
          }
          return joined;
        };

    List<Integer> joined = Race.run(List.of(joiners, joiners, joiners, joiners, joiners, joiners));

    assertThat(joined.stream().mapToInt(Integer::intValue).sum()).isEqualTo(10);
    assertThat(membership().members()).hasSize(CAPACITY);
    assertThat(group().memberCount()).isEqualTo(CAPACITY);
    assertThat(version()).isEqualTo(11);
    isWithoutGaps(11);
  }

  @Test
  default void of_changes_that_were_decided_on_one_version_one_is_made() {
    founded("bob");
    for (int round = 0; round < 10 * effort(); round++) {
      long version = version();
      List<Callable<Result>> changes = new ArrayList<>();
      for (int t = 0; t < 6; t++) {
        GroupChange change =
            t % 2 == 0
                ? new GroupChange.MemberMuted("bob", round * 10L + t)
                : new MembersAdded(List.of(joining("r" + round + "t" + t)));
        String eventId = "r" + round + "t" + t;
        changes.add(() -> change(version, change, eventId));
      }

      List<Result> results = Race.run(changes);

      assertThat(results).filteredOn(Result.Changed.class::isInstance).hasSize(1);
      assertThat(results)
          .filteredOn(result -> !(result instanceof Result.Changed))
          .containsOnly(new Result.MembershipChanged(version + 1));
      assertThat(version()).isEqualTo(version + 1);
      isWithoutGaps(version + 1);
    }
  }

  @Test
  default void a_group_that_many_create_at_once_is_created_once() {
    for (int round = 0; round < 10 * effort(); round++) {
      ConversationId id = ConversationId.group("g" + round);
      List<Callable<Result>> creations = new ArrayList<>();
      for (int t = 0; t < 6; t++) {
        String owner = "owner" + t;
        List<Member> members = List.of(member(owner, MemberRole.OWNER));
        String eventId = "created" + t;
        creations.add(() -> groups().create(newGroup(id), members, event(id, eventId), NOW));
      }

      List<Result> results = Race.run(creations);

      assertThat(results).filteredOn(Result.Changed.class::isInstance).hasSize(1);
      assertThat(results)
          .filteredOn(result -> !(result instanceof Result.Changed))
          .containsOnly(new Result.MembershipChanged(1));
      assertThat(log(id)).hasSize(1);
      assertThat(membership(id).members()).hasSize(1);
      String owner = groups().find(id.groupId()).orElseThrow().ownerId();
      assertThat(membership(id).members()).containsOnlyKeys(owner);
      assertThat(groups().groupsOf(owner, "", 999)).anyMatch(g -> g.groupId().equals(id.groupId()));
    }
  }

  @Test
  default void nothing_that_a_member_said_follows_the_event_of_her_removal() {
    founded("bob", "carol");
    for (int round = 0; round < 20 * effort(); round++) {
      String prefix = "r" + round;
      long decidedOn = version();
      AtomicInteger said = new AtomicInteger();
      AtomicInteger asked = new AtomicInteger();
      Callable<AppendResult> bob =
          () -> {
            AppendResult result;
            // A lock that is not fair may keep alice waiting for as long as this goes on.
            int left = 50;
            do {
              result = send(decidedOn, text(GROUP, "bob", prefix + "m" + said.getAndIncrement()));
              left -= asked.get();
            } while (result instanceof Appended && left > 0);
            return result;
          };
      Callable<AppendResult> system =
          () -> {
            AppendResult result = new AppendResult.KeyTaken();
            for (int i = 0; i < 20; i++) {
              result = send(Append.ANY_VERSION, text(GROUP, "system", prefix + "s" + i));
            }
            return result;
          };
      Callable<AppendResult> alice =
          () -> {
            while (said.get() == 0) {
              Thread.onSpinWait();
            }
            asked.set(1);
            return new Appended(
                isChanged(change(decidedOn, new MembersRemoved(List.of("bob")), prefix + "out"))
                    .event());
          };

      List<AppendResult> results = Race.run(List.of(bob, system, alice));

      assertThat(send(decidedOn, text(GROUP, "bob", prefix + "late")))
          .isEqualTo(new AppendResult.MembershipChanged(decidedOn + 1));
      assertThat(results.get(1)).isInstanceOf(Appended.class);
      long out = StoreFixture.entryOf(results.get(2)).seq();
      assertThat(messages().read(GROUP, SeqRange.after(out, 9_999)))
          .noneMatch(entry -> entry.draft().senderId().equals("bob"));
      assertThat(view("bob", GROUP).head().maxSeq()).isEqualTo(out);
      joined("bob");
    }
    isWithoutGaps(log(GROUP).size());
  }

  @Test
  default void whoever_comes_in_while_others_speak_has_read_exactly_what_was_said_before() {
    founded("bob");
    for (int round = 0; round < 20 * effort(); round++) {
      String prefix = "r" + round;
      String newcomer = "new" + round;
      Callable<Boolean> bob =
          () -> {
            for (int i = 0; i < 20; i++) {
              Append append = new Append(text(GROUP, "bob", prefix + "m" + i), Append.ANY_VERSION);
              messages().append(List.of(append), NOW);
            }
            return true;
          };
      Callable<Boolean> joiner =
          () -> {
            joined(newcomer);
            return list(newcomer);
          };

      assertThat(Race.run(List.of(bob, joiner))).containsOnly(true);

      LogEntry event =
          log(GROUP).stream()
              .filter(entry -> entry.draft().messageId().startsWith(newcomer))
              .findFirst()
              .orElseThrow();
      assertThat(view(newcomer, GROUP).cursors())
          .isEqualTo(new Cursors(event.seq() - 1, event.seq() - 1));
      assertThat(memberNow(newcomer).visibleFromSeq()).isEqualTo(event.seq());
      assertThat(view(newcomer, GROUP).unreadCount()).isEqualTo(log(GROUP).size() - event.seq());
    }
  }

  @Test
  default void whoever_reads_meanwhile_sees_each_change_whole_or_not_at_all() {
    founded("bob");
    int rounds = 50 * effort();
    AtomicInteger done = new AtomicInteger();
    Callable<Boolean> changer =
        () -> {
          try {
            for (int i = 0; i < rounds; i++) {
              removed("bob");
              joined("bob");
            }
          } finally {
            done.set(1);
          }
          return true;
        };
    Callable<Boolean> reader =
        () -> {
          Membership known = membership();
          do {
            Membership now = membership();
            // Odd versions have bob, even ones do not.
            assertThat(now.member("bob") != null).isEqualTo(now.version() % 2 == 1);
            assertThat(now.version()).isGreaterThanOrEqualTo(known.version());
            var delta = groups().membershipSince(GROUP, known.version()).orElseThrow();
            assertThat(delta.changed().isEmpty())
                .isEqualTo(delta.version() % 2 == 0 || delta.version() == known.version());
            var view = view("bob", GROUP).member();
            // Created, then two events for each round: she leaves with the even ones.
            assertThat(view.left()).isEqualTo(view.head().maxSeq() % 2 == 0);
            assertThat(view.cursors().readSeq()).isLessThanOrEqualTo(view.head().maxSeq());
            known = now;
          } while (done.get() == 0);
          return true;
        };

    assertThat(Race.run(List.of(changer, reader, reader))).containsOnly(true);
  }

  @Test
  default void cursors_move_while_members_come_and_go() {
    founded("bob", "carol");
    AtomicInteger done = new AtomicInteger();
    Callable<Boolean> changer =
        () -> {
          try {
            for (int i = 0; i < 30 * effort(); i++) {
              removed("bob");
              joined("bob");
            }
          } finally {
            done.set(1);
          }
          return true;
        };
    Callable<Boolean> reader =
        () -> {
          long read = 0;
          do {
            long end = view("bob", GROUP).head().maxSeq();
            conversations().advance(List.of(new CursorMove(GROUP, "bob", new Cursors(end, end))));
            Cursors now = view("bob", GROUP).cursors();
            assertThat(now.readSeq()).isGreaterThanOrEqualTo(read);
            read = now.readSeq();
          } while (done.get() == 0);
          return true;
        };

    assertThat(Race.run(List.of(changer, reader, reader))).containsOnly(true);
    long last = log(GROUP).size();
    assertThat(view("bob", GROUP).cursors().readSeq()).isBetween(last - 1, last);
  }

  /** Decides on what she sees, again until nobody else was faster. */
  private boolean joinsIfThereIsRoom(String userId) {
    for (int attempt = 0; ; attempt++) {
      Membership seen = membership();
      if (seen.members().size() >= CAPACITY) {
        return false;
      }
      Result result =
          change(
              seen.version(), new MembersAdded(List.of(joining(userId))), userId + "-" + attempt);
      if (result instanceof Result.Changed) {
        return true;
      }
      assertThat(result).isInstanceOf(Result.MembershipChanged.class);
    }
  }

  private boolean list(String userId) {
    return groups().groupsOf(userId, "", 9).size() == 1
        && !conversations().memberViews(userId, List.of(GROUP)).isEmpty();
  }

  private void isWithoutGaps(long length) {
    List<LogEntry> log = log(GROUP);
    assertThat(log.stream().map(LogEntry::seq).toList())
        .isEqualTo(LongStream.rangeClosed(1, length).boxed().toList());
    Set<String> ids = new HashSet<>();
    assertThat(log).allMatch(entry -> ids.add(entry.draft().messageId()));
    assertThat(log).extracting(LogEntry::timestamp).isSorted();
  }
}
