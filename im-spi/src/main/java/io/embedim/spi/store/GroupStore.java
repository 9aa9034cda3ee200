package io.embedim.spi.store;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.JoinRequest;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.Membership;
import io.embedim.spi.model.MembershipDelta;
import java.util.List;
import java.util.Optional;

/**
 * Groups and who belongs to them. The store knows no permission: the engine decides on a {@link
 * Membership}, and each change names the version that was decided on.
 *
 * <p>A change and an {@linkplain MessageStore#append append} to the group's log take the same lock:
 * whatever was decided on a membership is committed while that membership lasts, or not at all. A
 * group that exists has a version of 1 or more, and never again {@link Membership#NO_CONVERSATION};
 * its log begins with the event of its creation.
 *
 * <p>Calls overlap, also from several processes on one backend. Threads, nulls and errors are those
 * of {@link ImStores}.
 */
public interface GroupStore {

  /**
   * Creates a group with its first members and logs the event, in one commit: the change from
   * version {@link Membership#NO_CONVERSATION} to 1.
   *
   * @param group what it is; who owns it and how many belong to it follow from {@code members}
   * @param members one or more, exactly one of them the owner
   * @param event the entry that tells of it
   * @param now in ms since the epoch
   * @return {@link Result.Changed}, or {@link Result.MembershipChanged} when the group's id is
   *     taken, by a dismissed group or by this very call before too
   * @throws IllegalArgumentException when the members have no owner or several, or one is there
   *     twice
   */
  Result create(Group group, List<Member> members, EntryDraft event, long now);

  /**
   * Applies a change, raises the version by one and logs the event, in one commit.
   *
   * <p>The answers are given in this order: {@link Result.Duplicate} or {@link Result.KeyTaken} for
   * a message id that the log has, {@link Result.MembershipChanged}, an exception, {@link
   * Result.Changed}.
   *
   * @param id a group's conversation
   * @param expectedVersion the version that was decided on
   * @param change what changes
   * @param event the entry that tells of it
   * @param now in ms since the epoch
   * @throws IllegalArgumentException when the change contradicts the membership of that version, or
   *     the group was dismissed
   */
  Result change(
      ConversationId id, long expectedVersion, GroupChange change, EntryDraft event, long now);

  /** What became of a change. */
  sealed interface Result {

    /** It is committed, with this event and this version. */
    record Changed(LogEntry event, long version) implements Result {}

    /**
     * The membership is not the one that was decided on; nothing was written.
     *
     * @param currentVersion the version of now; {@link Membership#NO_CONVERSATION} when there is no
     *     such group
     */
    record MembershipChanged(long currentVersion) implements Result {}

    /**
     * The same sender had committed this event before; nothing was written.
     *
     * @param seq the first one's sequence
     * @param timestamp the first one's time, in ms since the epoch
     */
    record Duplicate(long seq, long timestamp) implements Result {}

    /** Another sender had committed an entry with this message id; nothing was written. */
    record KeyTaken() implements Result {}
  }

  /** A group, a dismissed one too; empty when there is none with this id. */
  Optional<Group> find(String groupId);

  /**
   * Who belongs to the group now; empty when there is no such group. Of a dismissed group those who
   * belonged to it at its end.
   */
  Optional<Membership> membership(ConversationId id);

  /**
   * What became of a membership since a version, so that a large one need not be loaded whole;
   * empty when there is no such group.
   *
   * @param version 1 or more
   */
  Optional<MembershipDelta> membershipSince(ConversationId id, long version);

  /**
   * A page of members: the owner, then admins, then members, each by user id.
   *
   * @param offset how many to leave out, 0 or more
   * @param limit how many at most, 1 or more
   */
  List<Member> members(String groupId, int offset, int limit);

  /**
   * The groups that a user belongs to, by id, without the dismissed ones.
   *
   * @param afterGroupId only those behind this one; empty for all
   * @param limit how many at most, 1 or more
   */
  List<Group> groupsOf(String userId, String afterGroupId, int limit);

  /**
   * Keeps a request to join. Requests to the group that had expired when this one was made are
   * deleted; of many of them, the oldest.
   *
   * @return the open request of this user to this group: this one, or the one that was open before
   *     and had not expired when this one was made
   */
  JoinRequest request(JoinRequest request);

  /** A request that is open and has not expired at {@code now} (ms since the epoch). */
  Optional<JoinRequest> findRequest(String requestId, long now);

  /**
   * The open requests of a group that have not expired, oldest first, among equals by id.
   *
   * @param now in ms since the epoch
   * @param limit how many at most, 1 or more
   */
  List<JoinRequest> requests(String groupId, long now, int limit);

  /** Closes a request; false when it was not open any more at {@code now} (ms since the epoch). */
  boolean closeRequest(String requestId, long now);
}
