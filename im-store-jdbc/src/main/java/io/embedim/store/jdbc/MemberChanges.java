package io.embedim.store.jdbc;

import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.GroupChange.AllMuted;
import io.embedim.spi.model.GroupChange.Dismissed;
import io.embedim.spi.model.GroupChange.InfoChanged;
import io.embedim.spi.model.GroupChange.MemberMuted;
import io.embedim.spi.model.GroupChange.MembersAdded;
import io.embedim.spi.model.GroupChange.MembersRemoved;
import io.embedim.spi.model.GroupChange.NicknameChanged;
import io.embedim.spi.model.GroupChange.OwnerChanged;
import io.embedim.spi.model.GroupChange.RoleChanged;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What a change of a group makes of its members' rows. It touches no database. Whatever contradicts
 * the rows is an {@link IllegalArgumentException}.
 */
final class MemberChanges {

  private final Map<String, MemberRow> rows;
  private final long seq;
  private final long time;
  private final List<MemberRow> inserted = new ArrayList<>();
  private final List<MemberRow> updated = new ArrayList<>();

  private MemberChanges(Map<String, MemberRow> rows, long seq, long time) {
    this.rows = rows;
    this.seq = seq;
    this.time = time;
  }

  /**
   * Decides on a change.
   *
   * @param ownerId who owns the group now
   * @param rows the rows of those whom the change is {@link #about}, as far as they have any
   * @param seq the entry that tells of the change
   * @param time its time, in ms since the epoch
   */
  static MemberChanges of(
      GroupChange change, String ownerId, Map<String, MemberRow> rows, long seq, long time) {
    MemberChanges changes = new MemberChanges(rows, seq, time);
    changes.apply(change, ownerId);
    return changes;
  }

  /** Whose rows the change has to do with. */
  static SortedSet<String> about(GroupChange change, String ownerId) {
    Collection<String> userIds = List.of();
    if (change instanceof MembersAdded added) {
      userIds = added.members().stream().map(Member::userId).toList();
    } else if (change instanceof MembersRemoved removed) {
      userIds = removed.userIds();
    } else if (change instanceof RoleChanged changed) {
      userIds = List.of(changed.userId());
    } else if (change instanceof OwnerChanged changed) {
      userIds = List.of(changed.newOwnerId(), ownerId);
    } else if (change instanceof MemberMuted muted) {
      userIds = List.of(muted.userId());
    } else if (change instanceof NicknameChanged changed) {
      userIds = List.of(changed.userId());
    }
    return new TreeSet<>(userIds);
  }

  /** Rows that are new. */
  List<MemberRow> inserted() {
    return inserted;
  }

  /** Rows that were there and are otherwise now. */
  List<MemberRow> updated() {
    return updated;
  }

  private void apply(GroupChange change, String ownerId) {
    if (change instanceof MembersAdded added) {
      requireOnce(added.members().stream().map(Member::userId).toList());
      added.members().forEach(this::add);
    } else if (change instanceof MembersRemoved removed) {
      requireOnce(removed.userIds());
      removed.userIds().forEach(userId -> updated.add(notOwner(userId).left(seq, time)));
    } else if (change instanceof RoleChanged changed) {
      change(notOwner(changed.userId()), member -> member.withRole(notOwner(changed.role())));
    } else if (change instanceof OwnerChanged changed) {
      change(notOwner(changed.newOwnerId()), member -> member.withRole(MemberRole.OWNER));
      change(member(ownerId), member -> member.withRole(notOwner(changed.formerOwnerRole())));
    } else if (change instanceof MemberMuted muted) {
      change(member(muted.userId()), member -> member.withMutedUntil(muted.mutedUntil()));
    } else if (change instanceof NicknameChanged changed) {
      change(member(changed.userId()), member -> member.withNickname(changed.nickname()));
    } else if (!(change instanceof AllMuted
        || change instanceof InfoChanged
        || change instanceof Dismissed)) {
      throw new IllegalArgumentException("unknown change: " + change.getClass());
    }
  }

  private void change(MemberRow row, UnaryOperator<Member> change) {
    updated.add(row.with(change.apply(row.member())));
  }

  private void add(Member member) {
    MemberRole unused = notOwner(member.role());
    MemberRow row = rows.get(member.userId());
    if (row == null) {
      inserted.add(MemberRow.joined(member, seq));
    } else if (row.former()) {
      long muted = Math.max(member.mutedUntil(), row.member().mutedUntil());
      updated.add(MemberRow.joined(member.withMutedUntil(muted), seq));
    } else {
      throw new IllegalArgumentException(member.userId() + " belongs to the group already");
    }
  }

  private MemberRow member(String userId) {
    MemberRow row = rows.get(userId);
    if (row == null || row.former()) {
      throw new IllegalArgumentException(userId + " does not belong to the group");
    }
    return row;
  }

  private MemberRow notOwner(String userId) {
    MemberRow row = member(userId);
    if (row.owns()) {
      throw new IllegalArgumentException(userId + " owns the group");
    }
    return row;
  }

  private static MemberRole notOwner(MemberRole role) {
    if (role == MemberRole.OWNER) {
      throw new IllegalArgumentException("a group has one owner");
    }
    return role;
  }

  private static void requireOnce(Collection<String> userIds) {
    if (userIds.isEmpty() || new TreeSet<>(userIds).size() < userIds.size()) {
      throw new IllegalArgumentException("expected one user or more, each of them once");
    }
  }
}
