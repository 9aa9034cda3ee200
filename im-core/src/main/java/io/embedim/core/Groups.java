package io.embedim.core;

import io.embedim.core.internal.group.GroupChanges;
import io.embedim.core.internal.group.GroupDecision;
import io.embedim.core.internal.group.GroupEvents;
import io.embedim.core.internal.group.GroupInput;
import io.embedim.core.internal.group.GroupLanes;
import io.embedim.core.internal.group.JoinChanges;
import io.embedim.core.internal.send.FanOut;
import io.embedim.core.internal.send.LaneContext;
import io.embedim.core.internal.send.Permits;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.JoinRequest;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.GroupStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Groups and who belongs to them. Whoever does not belong to a group gets {@code group_not_found},
 * as if there was none; in a dismissed group every change is refused with {@code group_dismissed}.
 * A change counts as a message for the rate limit: {@code rate_limited}. The caller {@code system},
 * which is nobody but the host itself, may do what an owner may.
 *
 * <p>What changes a group is committed in the order in which the messages to it are: the stages
 * that are returned fail with an {@link ImException}, {@code unavailable} among others, and then
 * nothing is known of the change. Reading blocks and throws the same. Safe for use by many threads.
 */
public final class Groups {

  /** The longest name, in characters; requirements of the project. */
  public static final int MAX_NAME = 64;

  /** Open requests to join that an answer lists. */
  private static final int REQUESTS = 200;

  private final GroupStore store;
  private final GroupLanes lanes;
  private final GroupChanges changes;
  private final JoinChanges joins;
  private final GroupEvents events;
  private final GroupInput input;
  private final LaneContext context;
  private final Permits permits;
  private final FanOut fanOut;
  private final Executor executor;
  private final Supplier<String> ids;

  Groups(
      GroupStore store,
      GroupLanes lanes,
      LaneContext context,
      Permits permits,
      FanOut fanOut,
      Executor executor,
      Supplier<String> ids) {
    this.store = store;
    this.lanes = lanes;
    this.events = new GroupEvents(ids);
    this.changes = new GroupChanges(events);
    this.joins = new JoinChanges(store, events, context.settings().invitePolicy(), context.clock());
    this.context = context;
    this.permits = permits;
    this.input = new GroupInput(context);
    this.fanOut = fanOut;
    this.executor = executor;
    this.ids = ids;
  }

  /**
   * Makes a group. Asks the host's directory for the members, so it may block.
   *
   * @return fails with {@code invalid_argument}; {@code user_not_found}; {@code blocked} when one
   *     of the members has blocked the caller; {@code group_full} when there are more members than
   *     it may have; {@code group_exists}
   */
  public CompletionStage<Group> create(Caller caller, CreateGroup command) {
    return Messages.attempt(
        () -> {
          if (!Ids.isUserId(caller.userId())) {
            throw invalid("a group needs a user as its owner");
          }
          input.check(command.info());
          String groupId = command.groupId() == null ? ids.get() : command.groupId();
          input.checkGroupId(groupId);
          permits.take(caller);
          Set<String> others = new LinkedHashSet<>(command.memberIds());
          others.remove(caller.userId());
          if (others.size() >= command.info().maxMembers()) {
            throw new ImException(
                ImError.GROUP_FULL,
                "the group takes at most " + command.info().maxMembers() + " members");
          }
          input.checkUsers(caller, others);
          long now = context.clock().millis();
          List<Member> members = new ArrayList<>();
          members.add(new Member(caller.userId(), MemberRole.OWNER, null, 0, now, null, 1));
          for (String other : others) {
            members.add(new Member(other, MemberRole.MEMBER, null, 0, now, caller.userId(), 1));
          }
          Group group =
              new Group(
                  groupId, command.info(), caller.userId(), members.size(), false, false, now, now);
          return lanes.create(
              group,
              members,
              events.about(
                  EntryType.GROUP_CREATED,
                  groupId,
                  caller.userId(),
                  members.stream().map(Member::userId).toList(),
                  Map.of("name", command.info().name())));
        });
  }

  /**
   * A group as one of its members sees it, or somebody who could join it.
   *
   * @throws ImException {@code group_not_found} also when it takes members by invitation only and
   *     the user is none
   */
  public Group get(String userId, String groupId) {
    return Messages.reading(
        () -> {
          Group group = known(groupId);
          boolean open = group.info().joinMode() != Group.JoinMode.CLOSED && !group.dismissed();
          if (!open) {
            requireMember(groupId, userId);
          }
          return group;
        });
  }

  /** Somebody's membership; empty when the group does not exist, or not have her. */
  public Optional<Member> member(String groupId, String userId) {
    return Messages.reading(
        () ->
            store.find(groupId).isPresent()
                ? Optional.ofNullable(membership(groupId).member(userId))
                : Optional.empty());
  }

  /**
   * A page of the members, for one of them.
   *
   * @param page 1 or more
   * @param pageSize 1 to 200
   */
  public MemberPage members(String userId, String groupId, int page, int pageSize) {
    input.checkPage(page, pageSize);
    return Messages.reading(
        () -> {
          requireMember(groupId, userId);
          long offset = (page - 1L) * pageSize;
          return new MemberPage(
              offset > Integer.MAX_VALUE
                  ? List.of()
                  : store.members(groupId, (int) offset, pageSize),
              known(groupId).memberCount());
        });
  }

  /**
   * The groups that a user belongs to, by id, without the dismissed ones.
   *
   * @param afterGroupId only those behind this one; empty to begin
   * @param limit 1 to 200
   */
  public List<Group> list(String userId, String afterGroupId, int limit) {
    input.checkLimit(limit);
    return Messages.reading(() -> store.groupsOf(userId, afterGroupId, limit));
  }

  /**
   * Changes what the group is, one event for each field.
   *
   * @return fails with {@code invalid_argument} and {@code not_group_admin}
   */
  public CompletionStage<Group> update(Caller caller, String groupId, UpdateGroup command) {
    return Messages.attempt(
        () -> {
          input.check(command);
          return commit(
              caller,
              groupId,
              (group, members) -> changes.update(group, members, caller.userId(), command));
        });
  }

  /**
   * Joins a group, or asks to: then its owner and admins are told, and have {@link
   * ImSettings#joinRequestExpiry()} to answer.
   *
   * @param note what she says to it, at most 256 characters
   * @return fails with {@code join_closed}, {@code already_member}, {@code group_full}
   */
  public CompletionStage<JoinResult> join(Caller caller, String groupId, String note) {
    return Messages.attempt(
        () -> {
          input.checkNote(note);
          return commit(
                  caller, groupId, (group, members) -> joins.join(group, members, caller.userId()))
              .thenApplyAsync(
                  result -> {
                    if (result == JoinResult.PENDING) {
                      request(groupId, caller.userId(), note);
                    }
                    return result;
                  },
                  executor);
        });
  }

  private void request(String groupId, String userId, String note) {
    long now = context.clock().millis();
    long expiresAt = now + context.settings().joinRequestExpiry().toMillis();
    JoinRequest request = new JoinRequest(ids.get(), groupId, userId, note, now, expiresAt);
    JoinRequest open = Messages.reading(() -> store.request(request));
    if (!open.requestId().equals(request.requestId())) {
      // They were told before; whoever asks again and again is not heard again and again.
      return;
    }
    List<String> admins =
        context.memberships().get(ConversationId.group(groupId)).members().values().stream()
            .filter(member -> member.role() != MemberRole.MEMBER)
            .map(Member::userId)
            .toList();
    fanOut.tell(admins, new ServerFrame.JoinRequested(open), null);
  }

  /**
   * The open requests to join, oldest first, at most 200; for the owner and the admins.
   *
   * @throws ImException {@code not_group_admin}
   */
  public List<JoinRequest> requests(String userId, String groupId) {
    return Messages.reading(
        () -> {
          joins.requireAdmin(membership(groupId), userId);
          return store.requests(groupId, context.clock().millis(), REQUESTS);
        });
  }

  /**
   * Lets in somebody who asked.
   *
   * @return fails with {@code join_request_not_found}, {@code not_group_admin}, {@code group_full}
   */
  public CompletionStage<Void> approve(Caller caller, String groupId, String requestId) {
    return done(
        caller,
        groupId,
        (group, members) -> joins.approve(group, members, caller.userId(), requestId));
  }

  /**
   * Closes the request of somebody who asked, who is not told.
   *
   * @throws ImException {@code join_request_not_found}, {@code not_group_admin}
   */
  public void reject(Caller caller, String groupId, String requestId) {
    Messages.reading(
        () -> {
          joins.requireAdmin(membership(groupId), caller.userId());
          joins.openRequest(groupId, requestId);
          return store.closeRequest(requestId, context.clock().millis());
        });
  }

  /**
   * Brings users in: the owner and admins may, and members as {@link ImSettings#invitePolicy()}
   * says. Asks the host's directory for them, so it may block.
   *
   * @return who is new; fails with {@code not_group_admin}, {@code user_not_found}, {@code blocked}
   *     when one of them has blocked the caller, {@code already_member} when nobody would be new,
   *     {@code group_full}
   */
  public CompletionStage<List<String>> invite(
      Caller caller, String groupId, Collection<String> userIds) {
    return Messages.attempt(
        () -> {
          Set<String> invited = input.distinct("user_ids", userIds);
          // Before the users are looked up, so that strangers cannot ask who is one.
          requireMember(groupId, caller.userId());
          input.checkUsers(caller, invited);
          return commit(
              caller,
              groupId,
              (group, members) -> joins.invite(group, members, caller.userId(), invited));
        });
  }

  /**
   * Removes members: admins remove members, the owner admins too, nobody the owner.
   *
   * @return who was removed and who was not; fails with the reason of the first when none was:
   *     {@code not_member}, {@code cannot_kick_owner}, {@code not_group_owner}; or with {@code
   *     not_group_admin}
   */
  public CompletionStage<KickResult> kick(
      Caller caller, String groupId, Collection<String> targetIds) {
    return Messages.attempt(
        () -> {
          Set<String> targets = input.distinct("target_ids", targetIds);
          return commit(
              caller,
              groupId,
              (group, members) -> changes.kick(group, members, caller.userId(), targets));
        });
  }

  /**
   * Leaves a group.
   *
   * @return fails with {@code owner_must_transfer}
   */
  public CompletionStage<Void> leave(Caller caller, String groupId) {
    return done(
        caller, groupId, (group, members) -> changes.leave(group, members, caller.userId()));
  }

  /**
   * Ends a group for good; its log stays readable.
   *
   * @return fails with {@code not_group_owner}
   */
  public CompletionStage<Void> dismiss(Caller caller, String groupId) {
    return done(
        caller, groupId, (group, members) -> changes.dismiss(group, members, caller.userId()));
  }

  /**
   * Makes a member an admin, or an admin a member.
   *
   * @param role not {@link MemberRole#OWNER}
   * @return fails with {@code not_group_owner}, {@code not_member}
   */
  public CompletionStage<Void> setRole(
      Caller caller, String groupId, String targetId, MemberRole role) {
    return Messages.attempt(
        () -> {
          if (role == MemberRole.OWNER) {
            throw invalid("the owner hands the group over instead");
          }
          return done(
              caller,
              groupId,
              (group, members) -> changes.setRole(group, members, caller.userId(), targetId, role));
        });
  }

  /**
   * Hands the group over; the former owner stays as a member.
   *
   * @return fails with {@code not_group_owner}, {@code not_member}
   */
  public CompletionStage<Void> transfer(Caller caller, String groupId, String newOwnerId) {
    return done(
        caller,
        groupId,
        (group, members) -> changes.transfer(group, members, caller.userId(), newOwnerId));
  }

  /**
   * Keeps a member from speaking.
   *
   * @param duration up to ten years; zero lets her speak again
   * @return fails with {@code not_group_admin}, {@code not_group_owner}, {@code not_member}, {@code
   *     invalid_argument}
   */
  public CompletionStage<Void> mute(
      Caller caller, String groupId, String targetId, Duration duration) {
    return Messages.attempt(
        () -> {
          input.checkMute(duration);
          long until = duration.isZero() ? 0 : context.clock().millis() + duration.toMillis();
          return done(
              caller,
              groupId,
              (group, members) -> changes.mute(group, members, caller.userId(), targetId, until));
        });
  }

  /**
   * Lets only the owner and the admins speak.
   *
   * @return fails with {@code not_group_admin}
   */
  public CompletionStage<Void> muteAll(Caller caller, String groupId) {
    return muteAll(caller, groupId, true);
  }

  /** Lets everybody speak again; as {@link #muteAll}. */
  public CompletionStage<Void> unmuteAll(Caller caller, String groupId) {
    return muteAll(caller, groupId, false);
  }

  private CompletionStage<Void> muteAll(Caller caller, String groupId, boolean muted) {
    return done(
        caller,
        groupId,
        (group, members) -> changes.muteAll(group, members, caller.userId(), muted));
  }

  /**
   * Gives the caller a name in the group.
   *
   * @param nickname at most 64 characters; empty removes it
   */
  public CompletionStage<Void> nickname(Caller caller, String groupId, String nickname) {
    return Messages.attempt(
        () -> {
          input.checkNickname(nickname);
          return done(
              caller,
              groupId,
              (group, members) ->
                  changes.nickname(
                      group, members, caller.userId(), nickname.isEmpty() ? null : nickname));
        });
  }

  /** Fails with {@code rate_limited} as well: a change is told to as many as a message is. */
  private <R> CompletableFuture<R> commit(
      Caller caller, String groupId, GroupDecision<R> decision) {
    if (!Ids.isGroupId(groupId)) {
      return CompletableFuture.failedFuture(noGroup());
    }
    try {
      permits.take(caller);
    } catch (ImException limited) {
      return CompletableFuture.failedFuture(limited);
    }
    return lanes.commit(groupId, decision);
  }

  private CompletionStage<Void> done(
      Caller caller, String groupId, GroupDecision<Boolean> decision) {
    return commit(caller, groupId, decision).thenApply(changed -> null);
  }

  private Group known(String groupId) {
    return store.find(groupId).orElseThrow(Groups::noGroup);
  }

  /** Not from the cache, which may be older than what the caller has heard of. */
  private Membership membership(String groupId) {
    if (!Ids.isGroupId(groupId)) {
      throw noGroup();
    }
    return context.memberships().reload(ConversationId.group(groupId));
  }

  private void requireMember(String groupId, String userId) {
    if (!userId.equals(Ids.SYSTEM_USER) && membership(groupId).member(userId) == null) {
      throw noGroup();
    }
  }

  private static ImException invalid(String message) {
    return new ImException(ImError.INVALID_ARGUMENT, message);
  }

  private static ImException noGroup() {
    return new ImException(ImError.GROUP_NOT_FOUND, "there is no such group");
  }
}
