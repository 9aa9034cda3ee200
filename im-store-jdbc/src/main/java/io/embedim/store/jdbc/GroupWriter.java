package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.GroupChange.AllMuted;
import io.embedim.spi.model.GroupChange.Dismissed;
import io.embedim.spi.model.GroupChange.MembersAdded;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.GroupStore.Result;
import io.embedim.spi.store.GroupStore.Result.Changed;
import io.embedim.spi.store.GroupStore.Result.Duplicate;
import io.embedim.spi.store.GroupStore.Result.KeyTaken;
import io.embedim.spi.store.GroupStore.Result.MembershipChanged;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Changes groups, each time in a transaction, together with the entry that tells of it. Like an
 * append it begins with the lock on the conversation's row. It reads and writes the rows of those
 * whom the change is about and of nobody else, in a number of statements that does not depend on
 * how many they are.
 */
final class GroupWriter {

  private final ConversationTable conversations;
  private final MemberTable members;
  private final MessageTable messages;
  private final GroupTable groups;
  private final JoinRequestTable requests;

  GroupWriter(Dialect dialect, Tables tables) {
    this.conversations = new ConversationTable(dialect, tables);
    this.members = new MemberTable(dialect, tables);
    this.messages = new MessageTable(dialect, tables);
    this.groups = new GroupTable(dialect, tables);
    this.requests = new JoinRequestTable(dialect, tables);
  }

  Result create(Handle handle, Group group, List<Member> first, EntryDraft event, long now)
      throws SQLException {
    LogEnd end = lock(handle, event.conversationId());
    if (end.isStored()) {
      return new MembershipChanged(end.version());
    }
    end.changeMembership(
        new MembershipState(Membership.NO_CONVERSATION + 1, !group.dismissed(), group.allMuted()));
    long seq = end.next(now);

    Connection connection = handle.getConnection();
    conversations.insert(connection, List.of(end));
    LogEntry entry = log(connection, end, event);
    members.insert(
        connection, end, first.stream().map(member -> MemberRow.joined(member, seq)).toList());
    groups.insert(connection, group);
    return new Changed(entry, end.version());
  }

  Result change(Handle handle, long expectedVersion, GroupChange change, EntryDraft event, long now)
      throws SQLException {
    ConversationId id = event.conversationId();
    LogEnd end = lock(handle, id);
    if (!end.isStored()) {
      return new MembershipChanged(Membership.NO_CONVERSATION);
    }
    EntryKey key = new EntryKey(id, event.messageId());
    LoggedEntry same = messages.find(handle, Set.of(key)).get(key);
    if (same != null) {
      return same.senderId().equals(event.senderId())
          ? new Duplicate(same.seq(), same.timestamp())
          : new KeyTaken();
    }
    if (end.version() != expectedVersion) {
      return new MembershipChanged(end.version());
    }
    if (!end.takesEntries()) {
      throw new IllegalArgumentException("the group was dismissed");
    }
    return write(handle, end, change, event, now);
  }

  private Result write(Handle handle, LogEnd end, GroupChange change, EntryDraft event, long now)
      throws SQLException {
    Connection connection = handle.getConnection();
    Group group =
        groups
            .find(handle, end.id())
            .orElseThrow(() -> new IllegalStateException("the group has no row of its own"));
    Map<String, MemberRow> rows =
        members.lock(handle, end.id(), MemberChanges.about(change, group.ownerId()));
    end.changeMembership(changed(end.membership(), change));
    long seq = end.next(now);
    MemberChanges changes = MemberChanges.of(change, group.ownerId(), rows, seq, end.updatedAt());
    Group changed = group.after(change, end.updatedAt());

    LogEntry entry = log(connection, end, event);
    members.insert(connection, end, changes.inserted());
    members.update(handle, end, changes.updated());
    if (change instanceof MembersAdded added) {
      requests.close(handle, end.id(), added.members());
    }
    if (!changed.equals(group)) {
      groups.update(connection, changed);
    }
    conversations.updateMembership(connection, end);
    return new Changed(entry, end.version());
  }

  private LogEnd lock(Handle handle, ConversationId id) {
    return conversations.lock(handle, new TreeSet<>(Set.of(id))).values().iterator().next();
  }

  private LogEntry log(Connection connection, LogEnd end, EntryDraft event) throws SQLException {
    messages.insert(
        connection, List.of(LoggedEntry.created(event, end.maxSeq(), end.updatedAt(), null)));
    return new LogEntry(end.maxSeq(), end.updatedAt(), event, EntryState.UNREVISED);
  }

  private static MembershipState changed(MembershipState before, GroupChange change) {
    MembershipState next = before.next();
    if (change instanceof AllMuted all) {
      return next.withAllMuted(all.muted());
    }
    return change instanceof Dismissed ? next.dismissed() : next;
  }
}
