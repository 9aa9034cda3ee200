package io.embedim.testkit.contract;

import static java.util.Objects.requireNonNull;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.JoinRequest;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.Membership;
import io.embedim.spi.model.MembershipDelta;
import io.embedim.spi.store.GroupStore;
import io.embedim.testkit.contract.ModelConversation.Committed;
import io.embedim.testkit.contract.ModelConversation.Person;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The groups of a {@link StoreModel}: every version that there was, and nothing that follows. */
final class ModelGroups implements GroupStore {

  private final Object lock;
  private final Map<ConversationId, ModelConversation> conversations;
  private final List<JoinRequest> requests = new ArrayList<>();

  ModelGroups(Object lock, Map<ConversationId, ModelConversation> conversations) {
    this.lock = lock;
    this.conversations = conversations;
  }

  @Override
  public Result create(Group group, List<Member> members, EntryDraft event, long now) {
    synchronized (lock) {
      ConversationId id = ConversationId.group(group.groupId());
      Map<String, Member> first = new HashMap<>();
      members.forEach(member -> require(first.put(member.userId(), member.joinedWith(1)) == null));
      Membership membership = new Membership(id, 1, true, group.allMuted(), first);
      require(owners(membership).size() == 1);
      if (conversations.containsKey(id)) {
        return new Result.MembershipChanged(requireNonNull(conversations.get(id)).versions.size());
      }
      ModelConversation conversation = new ModelConversation(id);
      conversations.put(id, conversation);
      conversation.group = group;
      return commit(conversation, membership, null, event, now);
    }
  }

  @Override
  public Result change(
      ConversationId id, long expectedVersion, GroupChange change, EntryDraft event, long now) {
    synchronized (lock) {
      ModelConversation conversation = conversations.get(id);
      if (conversation == null) {
        return new Result.MembershipChanged(0);
      }
      int known = conversation.indexOf(event.messageId());
      if (known >= 0) {
        Committed first = conversation.committed.get(known);
        return first.draft().senderId().equals(event.senderId())
            ? new Result.Duplicate(known + 1, first.timestamp())
            : new Result.KeyTaken();
      }
      if (expectedVersion != conversation.versions.size()) {
        return new Result.MembershipChanged(conversation.versions.size());
      }
      Membership before = last(conversation.versions);
      require(before.active());
      Membership after = after(conversation.versions, change, conversation.committed.size() + 1L);
      require(owners(after).size() == 1);
      requests.removeIf(
          request ->
              request.groupId().equals(id.groupId())
                  && before.member(request.userId()) == null
                  && after.member(request.userId()) != null);
      return commit(conversation, after, change, event, now);
    }
  }

  @Override
  public Optional<Group> find(String groupId) {
    synchronized (lock) {
      return Optional.ofNullable(conversations.get(ConversationId.group(groupId)))
          .map(conversation -> requireNonNull(conversation.group));
    }
  }

  @Override
  public Optional<Membership> membership(ConversationId id) {
    synchronized (lock) {
      return Optional.ofNullable(conversations.get(id))
          .map(conversation -> last(conversation.versions));
    }
  }

  @Override
  public Optional<MembershipDelta> membershipSince(ConversationId id, long version) {
    synchronized (lock) {
      return membership(id)
          .map(
              now -> {
                Map<String, Member> older =
                    requireNonNull(conversations.get(id)).versions.get((int) version - 1).members();
                Set<String> gone = new HashSet<>(older.keySet());
                gone.removeAll(now.members().keySet());
                List<Member> changed = new ArrayList<>(now.members().values());
                changed.removeAll(older.values());
                return new MembershipDelta(
                    now.version(), now.active(), now.allMuted(), changed, gone);
              });
    }
  }

  @Override
  public List<Member> members(String groupId, int offset, int limit) {
    return membership(ConversationId.group(groupId)).stream()
        .flatMap(membership -> membership.members().values().stream())
        .sorted(
            Comparator.comparingInt((Member member) -> -member.role().code())
                .thenComparing(Member::userId))
        .skip(offset)
        .limit(limit)
        .toList();
  }

  @Override
  public List<Group> groupsOf(String userId, String afterGroupId, int limit) {
    synchronized (lock) {
      return conversations.values().stream()
          .filter(conversation -> conversation.id.isGroup())
          .filter(conversation -> last(conversation.versions).active())
          .filter(conversation -> last(conversation.versions).member(userId) != null)
          .map(conversation -> requireNonNull(conversation.group))
          .filter(group -> group.groupId().compareTo(afterGroupId) > 0)
          .sorted(Comparator.comparing(Group::groupId))
          .limit(limit)
          .toList();
    }
  }

  @Override
  public JoinRequest request(JoinRequest request) {
    synchronized (lock) {
      for (JoinRequest other : requests) {
        if (other.groupId().equals(request.groupId())
            && other.userId().equals(request.userId())
            && other.expiresAt() > request.createdAt()) {
          return other;
        }
      }
      requests.removeIf(
          other ->
              other.groupId().equals(request.groupId())
                  && other.expiresAt() <= request.createdAt());
      requests.add(request);
      return request;
    }
  }

  @Override
  public Optional<JoinRequest> findRequest(String requestId, long now) {
    synchronized (lock) {
      return requests.stream()
          .filter(request -> request.requestId().equals(requestId) && request.expiresAt() > now)
          .findFirst();
    }
  }

  @Override
  public List<JoinRequest> requests(String groupId, long now, int limit) {
    synchronized (lock) {
      return requests.stream()
          .filter(request -> request.groupId().equals(groupId) && request.expiresAt() > now)
          .sorted(
              Comparator.comparingLong(JoinRequest::createdAt)
                  .thenComparing(JoinRequest::requestId))
          .limit(limit)
          .toList();
    }
  }

  @Override
  public boolean closeRequest(String requestId, long now) {
    synchronized (lock) {
      return requests.removeIf(
          request -> request.requestId().equals(requestId) && request.expiresAt() > now);
    }
  }

  /** Writes down the next version of a group and the event of it, and who came and went. */
  private static Result commit(
      ModelConversation conversation,
      Membership after,
      @Nullable GroupChange change,
      EntryDraft event,
      long now) {
    long seq = conversation.committed.size() + 1L;
    long timestamp = seq == 1 ? now : Math.max(now, last(conversation.committed).timestamp());
    conversation.people.forEach(
        (userId, person) -> {
          if (person.leftAtSeq == 0 && after.member(userId) == null) {
            person.leftAtSeq = seq;
          }
        });
    after
        .members()
        .forEach(
            (userId, member) -> {
              Person person = conversation.people.computeIfAbsent(userId, first -> new Person(seq));
              if (person.leftAtSeq > 0) {
                long read = Math.max(person.cursors.readSeq(), seq - 1);
                person.cursors = new Cursors(read, Math.max(person.cursors.receivedSeq(), read));
                person.leftAtSeq = 0;
              }
              person.visibleFromSeq = member.visibleFromSeq();
            });
    conversation.committed.add(new Committed(event, timestamp));
    conversation.versions.add(after);
    Group group = requireNonNull(conversation.group);
    conversation.group =
        new Group(
            group.groupId(),
            change instanceof GroupChange.InfoChanged changed ? changed.info() : group.info(),
            owners(after).get(0).userId(),
            after.members().size(),
            after.allMuted(),
            !after.active(),
            group.createdAt(),
            isOfTheGroupItself(change) ? timestamp : group.updatedAt());
    return new Result.Changed(
        new LogEntry(seq, timestamp, event, EntryState.UNREVISED), after.version());
  }

  private static Membership after(List<Membership> versions, GroupChange change, long seq) {
    Membership before = last(versions);
    Map<String, Member> members = new HashMap<>(before.members());
    boolean active = true;
    boolean allMuted = before.allMuted();
    if (change instanceof GroupChange.MembersAdded added) {
      require(!added.members().isEmpty());
      for (Member member : added.members()) {
        long muted = Math.max(member.mutedUntil(), mutedBefore(versions, member.userId()));
        require(members.put(member.userId(), member.joinedWith(seq).withMutedUntil(muted)) == null);
      }
    } else if (change instanceof GroupChange.MembersRemoved removed) {
      require(!removed.userIds().isEmpty());
      for (String userId : removed.userIds()) {
        require(members.remove(userId) != null);
      }
    } else if (change instanceof GroupChange.RoleChanged role) {
      require(role.role() != MemberRole.OWNER);
      replace(members, role.userId(), member -> member.withRole(role.role()));
    } else if (change instanceof GroupChange.OwnerChanged over) {
      String owner = owners(before).get(0).userId();
      require(!owner.equals(over.newOwnerId()));
      replace(members, owner, member -> member.withRole(over.formerOwnerRole()));
      replace(members, over.newOwnerId(), member -> member.withRole(MemberRole.OWNER));
    } else if (change instanceof GroupChange.MemberMuted muted) {
      replace(members, muted.userId(), member -> member.withMutedUntil(muted.mutedUntil()));
    } else if (change instanceof GroupChange.NicknameChanged name) {
      replace(members, name.userId(), member -> member.withNickname(name.nickname()));
    } else if (change instanceof GroupChange.AllMuted muted) {
      allMuted = muted.muted();
    } else if (change instanceof GroupChange.Dismissed) {
      active = false;
    }
    return new Membership(before.conversationId(), before.version() + 1, active, allMuted, members);
  }

  /** Until when somebody was muted when she was last a member; 0 when she never was. */
  private static long mutedBefore(List<Membership> versions, String userId) {
    long mutedUntil = 0;
    for (Membership version : versions) {
      Member member = version.member(userId);
      mutedUntil = member == null ? mutedUntil : member.mutedUntil();
    }
    return mutedUntil;
  }

  private static boolean isOfTheGroupItself(@Nullable GroupChange change) {
    return change instanceof GroupChange.InfoChanged
        || change instanceof GroupChange.OwnerChanged
        || change instanceof GroupChange.AllMuted
        || change instanceof GroupChange.Dismissed;
  }

  private static List<Member> owners(Membership membership) {
    return membership.members().values().stream()
        .filter(member -> member.role() == MemberRole.OWNER)
        .toList();
  }

  private static void replace(
      Map<String, Member> members, String userId, UnaryOperator<Member> change) {
    require(members.computeIfPresent(userId, (key, member) -> change.apply(member)) != null);
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("the change contradicts the group");
    }
  }
}
