package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.GroupStore;
import io.embedim.spi.store.GroupStore.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A group of the backend, and the words in which its rules are told. */
interface GroupFixture extends StoreFixture {

  ConversationId GROUP = ConversationId.group("g");

  Group.Info INFO = new Group.Info("Friends", null, null, null, 500, Group.JoinMode.FREE, false);

  default GroupStore groups() {
    return stores().groups().orElseThrow(() -> new AssertionError("this backend has no groups"));
  }

  /** Creates {@link #GROUP}, which alice owns, with the event {@code created}. */
  default LogEntry founded(String... otherMembers) {
    return founded(GROUP, otherMembers);
  }

  default LogEntry founded(ConversationId id, String... otherMembers) {
    List<Member> members = new ArrayList<>();
    members.add(member("alice", MemberRole.OWNER));
    Arrays.stream(otherMembers)
        .map(userId -> member(userId, MemberRole.MEMBER))
        .forEach(members::add);
    return isChanged(groups().create(newGroup(id), members, event(id, "created"), NOW)).event();
  }

  /** Applies a change that nothing speaks against. */
  default LogEntry changed(GroupChange change, String eventId) {
    long version = membership().version();
    Result.Changed changed = isChanged(change(version, change, eventId));
    assertThat(changed.version()).isEqualTo(version + 1);
    return changed.event();
  }

  default Result change(long expectedVersion, GroupChange change, String eventId) {
    return groups().change(GROUP, expectedVersion, change, event(GROUP, eventId), NOW);
  }

  default LogEntry joined(String userId) {
    return changed(
        new GroupChange.MembersAdded(List.of(joining(userId))), userId + "-in-" + version());
  }

  default LogEntry removed(String... userIds) {
    return changed(
        new GroupChange.MembersRemoved(List.of(userIds)), userIds[0] + "-out-" + version());
  }

  /** Logs a message that was decided on the membership of now. */
  default LogEntry said(String senderId, String messageId) {
    return StoreFixture.entryOf(send(version(), Drafts.text(GROUP, senderId, messageId)));
  }

  default AppendResult send(long expectedVersion, EntryDraft draft) {
    return messages().append(List.of(new Append(draft, expectedVersion)), NOW).get(0);
  }

  default Group group() {
    return groups().find("g").orElseThrow(() -> new AssertionError("no group"));
  }

  default Membership membership() {
    return membership(GROUP);
  }

  default Membership membership(ConversationId id) {
    return groups().membership(id).orElseThrow(() -> new AssertionError("no membership of " + id));
  }

  default long version() {
    return membership().version();
  }

  default Member memberNow(String userId) {
    return Objects.requireNonNull(membership().member(userId), userId + " does not belong to it");
  }

  /** The group's part in {@link GroupStore#create}; who owns it follows from the members. */
  static Group newGroup(ConversationId id) {
    return new Group(id.groupId(), INFO, "alice", 1, false, false, NOW, NOW);
  }

  static Member member(String userId, MemberRole role) {
    return new Member(userId, role, null, 0, NOW, null, 1);
  }

  /** Somebody who will see what is logged from her joining on. */
  static Member joining(String userId) {
    return new Member(userId, MemberRole.MEMBER, null, 0, NOW, null, Member.FROM_JOINING);
  }

  /** An event that alice caused. */
  static EntryDraft event(ConversationId id, String eventId) {
    return Drafts.event(id, "alice", eventId);
  }

  static Result.Changed isChanged(Result result) {
    assertThat(result).isInstanceOf(Result.Changed.class);
    return (Result.Changed) result;
  }
}
