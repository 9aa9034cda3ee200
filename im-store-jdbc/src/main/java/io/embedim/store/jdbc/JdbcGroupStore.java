package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.JoinRequest;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.Membership;
import io.embedim.spi.model.MembershipDelta;
import io.embedim.spi.store.GroupStore;
import java.util.List;
import java.util.Optional;

/** Groups and their members, in tables. */
final class JdbcGroupStore implements GroupStore {

  private final Transactions transactions;
  private final GroupWriter writer;
  private final GroupTable groups;
  private final Memberships memberships;
  private final JoinRequestTable requests;

  JdbcGroupStore(Transactions transactions, Dialect dialect, Tables tables) {
    this.transactions = transactions;
    this.writer = new GroupWriter(dialect, tables);
    this.groups = new GroupTable(dialect, tables);
    this.memberships = new Memberships(dialect, tables);
    this.requests = new JoinRequestTable(dialect, tables);
  }

  @Override
  public Result create(Group group, List<Member> members, EntryDraft event, long now) {
    requireEventOf(ConversationId.group(group.groupId()), event);
    List<String> owners =
        members.stream()
            .filter(member -> member.role() == MemberRole.OWNER)
            .map(Member::userId)
            .toList();
    if (owners.size() != 1
        || members.stream().map(Member::userId).distinct().count() < members.size()) {
      throw new IllegalArgumentException("expected members, each once, and one of them the owner");
    }
    Group created = group.ownedBy(owners.get(0), members.size());
    return transactions.write(handle -> writer.create(handle, created, members, event, now));
  }

  @Override
  public Result change(
      ConversationId id, long expectedVersion, GroupChange change, EntryDraft event, long now) {
    requireEventOf(id, event);
    return transactions.write(handle -> writer.change(handle, expectedVersion, change, event, now));
  }

  @Override
  public Optional<Group> find(String groupId) {
    ConversationId id = ConversationId.group(groupId);
    return transactions.read(handle -> groups.find(handle, id));
  }

  @Override
  public Optional<Membership> membership(ConversationId id) {
    return transactions.read(handle -> memberships.all(handle, id));
  }

  @Override
  public Optional<MembershipDelta> membershipSince(ConversationId id, long version) {
    return transactions.read(handle -> memberships.changedSince(handle, id, version));
  }

  @Override
  public List<Member> members(String groupId, int offset, int limit) {
    ConversationId id = ConversationId.group(groupId);
    return transactions.read(handle -> memberships.page(handle, id, offset, limit));
  }

  @Override
  public List<Group> groupsOf(String userId, String afterGroupId, int limit) {
    return transactions.read(handle -> groups.ofUser(handle, userId, afterGroupId, limit));
  }

  @Override
  public JoinRequest request(JoinRequest request) {
    return transactions.write(handle -> requests.open(handle, request));
  }

  @Override
  public Optional<JoinRequest> findRequest(String requestId, long now) {
    return transactions.read(handle -> requests.find(handle, requestId, now));
  }

  @Override
  public List<JoinRequest> requests(String groupId, long now, int limit) {
    ConversationId id = ConversationId.group(groupId);
    return transactions.read(handle -> requests.list(handle, id, now, limit));
  }

  @Override
  public boolean closeRequest(String requestId, long now) {
    return transactions.write(handle -> requests.close(handle, requestId, now));
  }

  private static void requireEventOf(ConversationId id, EntryDraft event) {
    if (!id.isGroup() || !event.conversationId().equals(id) || event.revision() != null) {
      throw new IllegalArgumentException("expected an event for the log of a group, " + id);
    }
  }
}
