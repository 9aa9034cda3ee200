package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.ContactStore;
import io.embedim.store.jdbc.ContactTable.Block;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Who has blocked whom, in tables. Like an append a block begins with the lock on the row of the
 * conversation.
 */
final class JdbcContactStore implements ContactStore {

  private final Transactions transactions;
  private final ConversationTable conversations;
  private final MemberTable members;
  private final Memberships memberships;
  private final ContactTable contacts;

  JdbcContactStore(Transactions transactions, Dialect dialect, Tables tables) {
    this.transactions = transactions;
    this.conversations = new ConversationTable(dialect, tables);
    this.members = new MemberTable(dialect, tables);
    this.memberships = new Memberships(dialect, tables);
    this.contacts = new ContactTable(dialect, tables);
  }

  @Override
  public boolean block(String userId, String blockedId) {
    return change(new Block(userId, blockedId, true));
  }

  @Override
  public boolean unblock(String userId, String blockedId) {
    return change(new Block(userId, blockedId, false));
  }

  @Override
  public List<String> blocked(String userId, String afterUserId, int limit) {
    return transactions.read(handle -> contacts.list(handle, userId, afterUserId, limit));
  }

  @Override
  public Set<String> blockers(String blockedId, Collection<String> amongIds) {
    return amongIds.isEmpty()
        ? Set.of()
        : transactions.read(handle -> contacts.blockers(handle, blockedId, amongIds));
  }

  @Override
  public Membership membership(ConversationId direct) {
    return transactions
        .read(handle -> memberships.all(handle, direct))
        .orElseGet(() -> Membership.ofDirect(direct));
  }

  private boolean change(Block block) {
    if (block.userId().equals(block.blockedId())) {
      throw new IllegalArgumentException("nobody can block herself");
    }
    return transactions.write(handle -> change(handle, block));
  }

  private boolean change(Handle handle, Block block) throws SQLException {
    ConversationId id = ConversationId.direct(block.userId(), block.blockedId());
    LogEnd end = conversations.lock(handle, new TreeSet<>(List.of(id))).values().iterator().next();
    if (contacts.isSo(handle, block)) {
      return false;
    }
    Connection connection = handle.getConnection();
    end.changeMembership(end.membership().next());
    if (end.isStored()) {
      Map<String, MemberRow> rows =
          members.lock(handle, id, new TreeSet<>(List.of(block.blockedId())));
      members.update(
          handle, end, rows.values().stream().map(row -> row.with(muted(row, block))).toList());
      conversations.updateMembership(connection, end);
    } else {
      List<MemberRow> sides = new ArrayList<>();
      for (String userId : id.directMembers()) {
        MemberRow row = new MemberRow(Member.ofDirect(userId), Cursors.NONE, null);
        sides.add(userId.equals(block.blockedId()) ? row.with(muted(row, block)) : row);
      }
      conversations.insert(connection, List.of(end));
      members.insert(connection, end, sides);
    }
    contacts.write(connection, block);
    return true;
  }

  private static Member muted(MemberRow row, Block block) {
    return row.member().withMutedUntil(block.on() ? Member.BLOCKED : 0);
  }
}
