package io.embedim.core.memory;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.Membership;
import io.embedim.spi.model.MembershipDelta;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a group is, and who belongs to it at which version. Only under the conversation's lock. */
final class GroupState {

  private static final Comparator<Member> BY_ROLE_AND_ID =
      Comparator.comparing(Member::role).reversed().thenComparing(Member::userId);

  private final Map<String, Participant> people;
  private final VersionIndex index = new VersionIndex();
  private Group group;
  private long version = 1;

  /**
   * A group with its first members.
   *
   * @param people where its members are put, and those who left stay
   * @throws IllegalArgumentException when these members are not a group
   */
  GroupState(Group group, List<Member> members, Map<String, Participant> people) {
    GroupEffect effect = GroupEffect.created(group, members);
    this.people = people;
    this.group = effect.group();
    for (Member member : members) {
      people.put(member.userId(), new Participant(member.joinedWith(1)));
    }
  }

  Group group() {
    return group;
  }

  long version() {
    return version;
  }

  /**
   * Applies a change whose event will be the log's next end.
   *
   * @return who came in
   * @throws IllegalArgumentException when it contradicts what the group is; nothing is changed then
   */
  List<String> apply(GroupChange change, ConversationHead event) {
    GroupEffect effect = GroupEffect.of(change, group, this::member, event.updatedAt());
    version++;
    group = effect.group();
    List<String> cameIn = new ArrayList<>();
    for (Member member : effect.members()) {
      String userId = member.userId();
      index.changed(userId, version);
      if (member(userId) == null) {
        people
            .computeIfAbsent(userId, first -> new Participant(member))
            .comeIn(member.joinedWith(event.maxSeq()), event.maxSeq() - 1);
        cameIn.add(userId);
      } else {
        Objects.requireNonNull(people.get(userId)).become(member);
      }
    }
    for (String userId : effect.removed()) {
      index.changed(userId, version);
      Objects.requireNonNull(people.get(userId)).leave(event);
    }
    return cameIn;
  }

  /** Whether the group is one of this user's groups. */
  boolean isOf(String userId) {
    return !group.dismissed() && member(userId) != null;
  }

  Membership membership(ConversationId id) {
    Map<String, Member> members = new HashMap<>();
    members().forEach(member -> members.put(member.userId(), member));
    return new Membership(id, version, !group.dismissed(), group.allMuted(), members);
  }

  MembershipDelta since(long olderVersion) {
    List<Member> changed = new ArrayList<>();
    Set<String> gone = new HashSet<>();
    index
        .since(olderVersion)
        .forEach(
            userId -> {
              Member member = member(userId);
              if (member == null) {
                gone.add(userId);
              } else {
                changed.add(member);
              }
            });
    return new MembershipDelta(version, !group.dismissed(), group.allMuted(), changed, gone);
  }

  /** A page of the members, sorted when it is asked for: a change then costs no step for order. */
  List<Member> page(int offset, int limit) {
    return members().sorted(BY_ROLE_AND_ID).skip(offset).limit(limit).toList();
  }

  /** The member; null for somebody who left, and for everybody else. */
  private @Nullable Member member(String userId) {
    Participant participant = people.get(userId);
    return participant == null || participant.left() != null ? null : participant.member();
  }

  private Stream<Member> members() {
    Collection<Participant> all = people.values();
    return all.stream().filter(person -> person.left() == null).map(Participant::member);
  }
}
