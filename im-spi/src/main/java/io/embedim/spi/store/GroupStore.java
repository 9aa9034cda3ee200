package io.embedim.spi.store;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.JoinRequest;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.Membership;
import java.util.List;
import java.util.Optional;

/**
 * Groups and who belongs to them. The store knows no permission: the engine decides on a {@link
 * Membership}, and each change names the version that was decided on.
 */
public interface GroupStore {

  /**
   * Creates a group with its first members and logs the event, in one commit. The membership's
   * first version is 1.
   *
   * @return the event as it was logged; empty when the group's id is taken
   */
  Optional<LogEntry> create(Group group, List<Member> members, EntryDraft event, long now);

  /**
   * Applies a change, raises the version by one and logs the event, in one commit.
   *
   * @param id a group's conversation
   * @param expectedVersion the version that was decided on
   * @param change what changes
   * @param event the entry that tells of it
   * @param now in ms since the epoch
   */
  Result change(
      ConversationId id, long expectedVersion, GroupChange change, EntryDraft event, long now);

  /** What became of a change. */
  sealed interface Result {

    /** It is committed, with this event and this version. */
    record Changed(LogEntry event, long version) implements Result {}

    /** The membership is not the one that was decided on; nothing was written. 0: no such group. */
    record MembershipChanged(long currentVersion) implements Result {}

    /** This event was committed before, by a change with the same message id. */
    record Duplicate(long seq, long timestamp) implements Result {}
  }

  Optional<Group> find(String groupId);

  /** Who belongs to the group now; empty when there is no such group. */
  Optional<Membership> membership(ConversationId id);

  /**
   * The changes that led from one version to the present one, oldest first, so that a large
   * snapshot need not be loaded whole.
   *
   * @return empty when there were more than {@code limit}, or they are no longer known
   */
  Optional<List<Versioned>> changesAfter(ConversationId id, long version, int limit);

  /** A change and the version that it made. */
  record Versioned(long version, GroupChange change) {}

  /** A page of members: the owner, then admins, then members, each by user id. */
  List<Member> members(String groupId, int offset, int limit);

  /** The groups that a user belongs to, by id, from behind {@code afterGroupId} (empty: all). */
  List<Group> groupsOf(String userId, String afterGroupId, int limit);

  /**
   * Keeps a request to join.
   *
   * @return the open request of this user to this group: this one, or the one that was open before
   */
  JoinRequest request(JoinRequest request);

  Optional<JoinRequest> findRequest(String requestId, long now);

  /** The open requests of a group that have not expired, oldest first. */
  List<JoinRequest> requests(String groupId, long now, int limit);

  /** Closes a request; false when it was not open. */
  boolean closeRequest(String requestId);
}
