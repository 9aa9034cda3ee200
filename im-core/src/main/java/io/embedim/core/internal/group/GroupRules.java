package io.embedim.core.internal.group;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.Membership;

/**
 * Who may do what in a group. Whoever does not belong to it learns nothing of it. The system, for
 * which the host speaks, may do what the owner may.
 */
final class GroupRules {

  private GroupRules() {}

  /** The role in which a user acts in a group that is not dismissed. */
  static MemberRole role(Membership membership, String userId) {
    Member member = membership.member(userId);
    boolean system = userId.equals(Ids.SYSTEM_USER);
    if (member == null && !system) {
      throw noGroup();
    }
    if (!membership.active()) {
      throw new ImException(ImError.GROUP_DISMISSED, "the group was dismissed");
    }
    return member == null ? MemberRole.OWNER : member.role();
  }

  /** The role of an admin or the owner. */
  static MemberRole adminRole(Membership membership, String userId) {
    MemberRole role = role(membership, userId);
    if (role == MemberRole.MEMBER) {
      throw new ImException(
          ImError.NOT_GROUP_ADMIN, "only the owner and the admins of the group may do this");
    }
    return role;
  }

  static void owner(Membership membership, String userId) {
    if (role(membership, userId) != MemberRole.OWNER) {
      throw new ImException(ImError.NOT_GROUP_OWNER, "only the owner of the group may do this");
    }
  }

  /** The member that somebody wants to do something to. */
  static Member target(Membership membership, String userId) {
    Member target = membership.member(userId);
    if (target == null) {
      throw new ImException(ImError.NOT_MEMBER, "the user does not belong to the group");
    }
    return target;
  }

  /** Admins act on members, the owner on everybody else, nobody on the owner. */
  static void above(MemberRole role, Member target, ImError ownerIsTarget) {
    if (target.role() == MemberRole.OWNER) {
      throw new ImException(ownerIsTarget, "this cannot be done to the owner of the group");
    }
    if (target.role().code() >= role.code()) {
      throw new ImException(
          ImError.NOT_GROUP_OWNER, "only the owner of the group may do this to an admin");
    }
  }

  /** There has to be room for so many more. */
  static void room(Group group, Membership membership, int more) {
    int max = group.info().maxMembers();
    if (membership.members().size() + more > max) {
      throw new ImException(ImError.GROUP_FULL, "the group takes at most " + max + " members");
    }
  }

  static ImException noGroup() {
    return new ImException(ImError.GROUP_NOT_FOUND, "there is no such group");
  }
}
