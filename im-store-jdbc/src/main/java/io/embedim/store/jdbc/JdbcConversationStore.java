package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.ConversationStore;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.CursorResult;
import io.embedim.spi.store.SettingsChange;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What belongs to members, in tables. */
final class JdbcConversationStore implements ConversationStore {

  private final Transactions transactions;
  private final ConversationTable conversations;
  private final MemberStates members;
  private final MemberViews memberViews;
  private final ConversationViews views;
  private final CursorMoves cursorMoves;
  private final DeletedEntries deletedEntries;

  JdbcConversationStore(Transactions transactions, Dialect dialect, Tables tables) {
    this.transactions = transactions;
    this.conversations = new ConversationTable(dialect, tables);
    this.members = new MemberStates(dialect, tables);
    this.memberViews = new MemberViews(dialect, tables);
    this.views = new ConversationViews(dialect, tables);
    this.cursorMoves = new CursorMoves(members);
    this.deletedEntries = new DeletedEntries(dialect, tables);
  }

  @Override
  public Map<ConversationId, ConversationHead> heads(Collection<ConversationId> ids) {
    return transactions.read(handle -> conversations.heads(handle, ids));
  }

  @Override
  public List<MemberView> list(ConversationQuery query) {
    return transactions.read(handle -> memberViews.list(handle, query));
  }

  @Override
  public Map<ConversationId, MemberView> memberViews(
      String userId, Collection<ConversationId> ids) {
    return transactions.read(handle -> memberViews.named(handle, userId, ids)).stream()
        .collect(Collectors.toMap(MemberView::id, Function.identity()));
  }

  @Override
  public Map<ConversationId, ConversationView> complete(
      String userId, Collection<MemberView> members, long now) {
    return members.isEmpty()
        ? Map.of()
        : transactions.read(handle -> views.complete(handle, userId, members, now));
  }

  @Override
  public List<CursorResult> advance(List<CursorMove> moves) {
    return transactions.write(handle -> cursorMoves.advance(handle, moves));
  }

  @Override
  public Map<String, Cursors> cursors(ConversationId id, Collection<String> userIds) {
    return transactions.read(handle -> members.cursors(handle, id, userIds));
  }

  @Override
  public Optional<ConversationSettings> update(
      String userId, ConversationId id, SettingsChange change) {
    return change(userId, id, member -> member.changedBy(change));
  }

  @Override
  public Optional<ConversationSettings> clear(String userId, ConversationId id) {
    return change(userId, id, MemberState::cleared);
  }

  @Override
  public void delete(String userId, ConversationId id, Set<Long> seqs) {
    MemberKey member = new MemberKey(id, userId);
    transactions.write(
        handle -> {
          Optional<MemberState> state = members.lock(handle, member);
          state.ifPresent(locked -> deletedEntries.add(handle, locked, seqs));
          return state;
        });
  }

  @Override
  public Set<Long> deleted(String userId, ConversationId id, long fromSeq, long toSeq) {
    return transactions.read(handle -> deletedEntries.between(handle, userId, id, fromSeq, toSeq));
  }

  private Optional<ConversationSettings> change(
      String userId, ConversationId id, UnaryOperator<MemberState> change) {
    return transactions.write(
        handle -> {
          Optional<MemberState> member =
              members.lock(handle, new MemberKey(id, userId)).map(change);
          if (member.isPresent()) {
            members.write(handle.getConnection(), member.get());
          }
          return member.map(MemberState::settings);
        });
  }
}
