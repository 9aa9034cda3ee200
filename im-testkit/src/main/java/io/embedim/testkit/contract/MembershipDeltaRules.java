package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.GroupFixture.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.GroupChange.AllMuted;
import io.embedim.spi.model.GroupChange.Dismissed;
import io.embedim.spi.model.GroupChange.MemberMuted;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.Membership;
import io.embedim.spi.model.MembershipDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What became of a membership since a version of it. */
interface MembershipDeltaRules extends GroupFixture {

  @Test
  default void nothing_is_different_since_the_version_of_now() {
    founded("bob");

    assertThat(since(1)).isEqualTo(new MembershipDelta(1, true, false, List.of(), Set.of()));
    removed("bob");
    assertThat(since(2)).isEqualTo(new MembershipDelta(2, true, false, List.of(), Set.of()));
  }

  @Test
  default void whoever_came_changed_or_went_is_told_of_and_nobody_else() {
    founded("bob", "carol", "dave");
    joined("erin");
    changed(new MemberMuted("bob", 5), "mute");
    removed("carol");

    assertThat(since(1).version()).isEqualTo(4);
    assertThat(since(1).changed()).containsExactlyInAnyOrder(memberNow("erin"), memberNow("bob"));
    assertThat(since(1).gone()).containsExactly("carol");
    assertThat(since(2).changed()).containsExactly(memberNow("bob"));
    assertThat(since(3).changed()).isEmpty();
    assertThat(since(3).gone()).containsExactly("carol");
  }

  @Test
  default void a_member_who_changed_often_is_told_of_once_as_she_is_now() {
    founded("bob");
    changed(new MemberMuted("bob", 5), "e1");
    changed(new GroupChange.NicknameChanged("bob", "b"), "e2");
    removed("bob");
    joined("bob");

    for (long version = 1; version < 5; version++) {
      assertThat(since(version).changed()).containsExactly(memberNow("bob"));
      assertThat(since(version).gone()).isEmpty();
    }
  }

  @Test
  default void both_owners_are_told_of_when_a_group_is_handed_over() {
    founded("bob", "carol");

    changed(new GroupChange.OwnerChanged("bob", MemberRole.ADMIN), "over");

    assertThat(since(1).changed()).containsExactlyInAnyOrder(memberNow("alice"), memberNow("bob"));
  }

  @Test
  default void whether_messages_are_accepted_is_told_as_it_is_now() {
    founded("bob");
    changed(new AllMuted(true), "mute");
    assertThat(since(1)).isEqualTo(new MembershipDelta(2, true, true, List.of(), Set.of()));
    changed(new Dismissed(), "end");
    assertThat(since(1)).isEqualTo(new MembershipDelta(3, false, true, List.of(), Set.of()));
  }

  @Test
  default void what_is_different_makes_any_older_membership_the_one_of_now() {
    long seed = RandomHistoryRules.seed();
    Random random = new Random(seed);
    founded("u0", "u1", "u2");
    List<Membership> versions = new ArrayList<>(List.of(membership()));
    for (int i = 0; i < 40 * effort(); i++) {
      changed(randomChange(random, membership()), "e" + i);
      Membership now = membership();
      versions.add(now);
      // Every version often enough, and all of them at the end.
      for (Membership older :
          i % 20 == 0 ? versions : List.of(versions.get(random.nextInt(versions.size())))) {
        assertThat(applied(since(older.version()), older))
            .as("from %s to %s of seed %s", older.version(), now.version(), seed)
            .isEqualTo(now);
      }
    }
  }

  private MembershipDelta since(long version) {
    return groups().membershipSince(GROUP, version).orElseThrow();
  }

  private static GroupChange randomChange(Random random, Membership now) {
    String userId = "u" + random.nextInt(12);
    if (now.member(userId) == null) {
      return new GroupChange.MembersAdded(List.of(joining(userId)));
    }
    return switch (random.nextInt(5)) {
      case 0 -> new AllMuted(!now.allMuted());
      case 1 -> new MemberMuted(userId, random.nextInt(99));
      case 2 -> new GroupChange.NicknameChanged(userId, "n" + random.nextInt(99));
      default -> new GroupChange.MembersRemoved(List.of(userId));
    };
  }

  private static Membership applied(MembershipDelta delta, Membership older) {
    Map<String, Member> members = new HashMap<>(older.members());
    delta.gone().forEach(members::remove);
    delta.changed().forEach(member -> members.put(member.userId(), member));
    return new Membership(
        older.conversationId(), delta.version(), delta.active(), delta.allMuted(), members);
  }
}
