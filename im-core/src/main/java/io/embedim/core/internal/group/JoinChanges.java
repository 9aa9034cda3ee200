package io.embedim.core.internal.group;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.InvitePolicy;
import io.embedim.core.JoinResult;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.JoinRequest;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.GroupStore;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides on who comes into a group: by herself, by an invitation, or because she asked. */
public final class JoinChanges {

  private final GroupStore store;
  private final GroupEvents events;
  private final InvitePolicy invitePolicy;
  private final Clock clock;

  public JoinChanges(GroupStore store, GroupEvents events, InvitePolicy invitePolicy, Clock clock) {
    this.store = store;
    this.events = events;
    this.invitePolicy = invitePolicy;
    this.clock = clock;
  }

  /** The user joins by herself, or has to ask. */
  public GroupStep<JoinResult> join(Group group, Membership membership, String userId) {
    if (membership.member(userId) != null) {
      throw new ImException(ImError.ALREADY_MEMBER, "you belong to the group already");
    }
    if (!membership.active()) {
      throw GroupRules.noGroup();
    }
    return switch (group.info().joinMode()) {
      case FREE -> {
        GroupRules.room(group, membership, 1);
        yield GroupStep.change(
            JoinResult.JOINED,
            added(group, List.of(userId), null),
            events.about(EntryType.GROUP_MEMBER_JOIN, group.groupId(), userId, List.of(userId)));
      }
      case APPROVAL -> {
        GroupRules.room(group, membership, 1);
        yield GroupStep.done(JoinResult.PENDING);
      }
      case CLOSED ->
          throw new ImException(ImError.JOIN_CLOSED, "the group takes members by invitation only");
    };
  }

  /** Somebody brings users in, who are users of the host; those who belong to it are left out. */
  public GroupStep<List<String>> invite(
      Group group, Membership membership, String userId, Collection<String> userIds) {
    MemberRole role = GroupRules.role(membership, userId);
    if (role == MemberRole.MEMBER && !membersInvite(group)) {
      throw new ImException(
          ImError.NOT_GROUP_ADMIN, "only the owner and the admins may invite to this group");
    }
    List<String> invited =
        userIds.stream().distinct().filter(id -> membership.member(id) == null).toList();
    if (invited.isEmpty()) {
      throw new ImException(ImError.ALREADY_MEMBER, "all of them belong to the group already");
    }
    GroupRules.room(group, membership, invited.size());
    return GroupStep.change(
        invited,
        added(group, invited, userId),
        events.about(EntryType.GROUP_MEMBER_JOIN, group.groupId(), userId, invited));
  }

  private boolean membersInvite(Group group) {
    return switch (invitePolicy) {
      case BY_JOIN_MODE -> group.info().joinMode() == Group.JoinMode.FREE;
      case MEMBERS -> true;
      case ADMINS -> false;
    };
  }

  /**
   * @throws ImException for whoever is neither the owner nor an admin
   */
  public void requireAdmin(Membership membership, String userId) {
    var unused = GroupRules.adminRole(membership, userId);
  }

  /**
   * A request that is open.
   *
   * @throws ImException {@code join_request_not_found}
   */
  public JoinRequest openRequest(String groupId, String requestId) {
    return store
        .findRequest(requestId, clock.millis())
        .filter(request -> request.groupId().equals(groupId))
        .orElseThrow(
            () ->
                new ImException(
                    ImError.JOIN_REQUEST_NOT_FOUND, "there is no such open request to join"));
  }

  /** Somebody who may lets in a user who asked. */
  public GroupStep<Boolean> approve(
      Group group, Membership membership, String userId, String requestId) {
    requireAdmin(membership, userId);
    String applicant = openRequest(group.groupId(), requestId).userId();
    if (membership.member(applicant) != null) {
      return GroupStep.done(false);
    }
    GroupRules.room(group, membership, 1);
    return GroupStep.change(
        true,
        added(group, List.of(applicant), null),
        events.about(EntryType.GROUP_MEMBER_JOIN, group.groupId(), userId, List.of(applicant)));
  }

  private GroupChange added(Group group, List<String> userIds, @Nullable String invitedBy) {
    long now = clock.millis();
    long from = group.info().pastVisible() ? 1 : Member.FROM_JOINING;
    return new GroupChange.MembersAdded(
        userIds.stream()
            .map(id -> new Member(id, MemberRole.MEMBER, null, 0, now, invitedBy, from))
            .toList());
  }
}
