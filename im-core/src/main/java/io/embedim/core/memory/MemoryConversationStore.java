package io.embedim.core.memory;

import static java.util.Objects.requireNonNull;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.ConversationQuery.Order;
import io.embedim.spi.store.ConversationStore;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.CursorResult;
import io.embedim.spi.store.SettingsChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What belongs to the members of conversations, in memory. */
final class MemoryConversationStore implements ConversationStore {

  private final ConversationDirectory directory;

  MemoryConversationStore(ConversationDirectory directory) {
    this.directory = directory;
  }

  @Override
  public Map<ConversationId, ConversationHead> heads(Collection<ConversationId> ids) {
    return each(ids, Conversation::head);
  }

  /**
   * Sorted when it is asked for: a list that is kept in order would cost each append a step for
   * each member.
   */
  @Override
  public List<MemberView> list(ConversationQuery query) {
    boolean newestFirst = query.order() == Order.NEWEST_FIRST;
    Comparator<ConversationHead> order = query.order().comparator();
    ConversationQuery.Position after = query.after();
    ConversationHead place =
        after == null ? null : new ConversationHead(after.id(), 0, after.updatedAt());
    List<MemberView> found = new ArrayList<>();
    for (Conversation conversation : directory.of(query.userId())) {
      MemberView member = conversation.memberView(query.userId());
      if (member != null
          && (place == null || order.compare(member.head(), place) > 0)
          && !(newestFirst && member.settings().hidden())) {
        found.add(member);
      }
    }
    found.sort(Comparator.comparing(MemberView::head, order));
    return List.copyOf(found.subList(0, Math.min(query.limit(), found.size())));
  }

  @Override
  public Map<ConversationId, MemberView> memberViews(
      String userId, Collection<ConversationId> ids) {
    return each(ids, conversation -> conversation.memberView(userId));
  }

  @Override
  public Map<ConversationId, ConversationView> complete(
      String userId, Collection<MemberView> members, long now) {
    Map<ConversationId, ConversationView> views = new LinkedHashMap<>();
    for (MemberView member : members) {
      Conversation conversation = requireNonNull(directory.find(member.id()));
      views.put(member.id(), conversation.view(userId, member, now));
    }
    return views;
  }

  @Override
  public List<CursorResult> advance(List<CursorMove> moves) {
    // A null in the batch has to be found before anything is moved.
    List<CursorMove> all = List.copyOf(moves);
    List<CursorResult> results = new ArrayList<>(all.size());
    for (CursorMove move : all) {
      Conversation conversation = directory.find(move.conversationId());
      results.add(
          conversation == null
              ? new CursorResult.NotMember()
              : conversation.advance(move.userId(), move.to()));
    }
    return results;
  }

  @Override
  public Map<String, Cursors> cursors(ConversationId id, Collection<String> userIds) {
    Conversation conversation = directory.find(id);
    return conversation == null ? Map.of() : conversation.cursors(userIds);
  }

  @Override
  public Optional<ConversationSettings> update(
      String userId, ConversationId id, SettingsChange change) {
    return Optional.ofNullable(directory.find(id))
        .flatMap(conversation -> conversation.update(userId, change));
  }

  @Override
  public Optional<ConversationSettings> clear(String userId, ConversationId id) {
    return Optional.ofNullable(directory.find(id))
        .flatMap(conversation -> conversation.clear(userId));
  }

  @Override
  public void delete(String userId, ConversationId id, Set<Long> seqs) {
    Conversation conversation = directory.find(id);
    if (conversation != null) {
      conversation.delete(userId, seqs);
    }
  }

  @Override
  public Set<Long> deleted(String userId, ConversationId id, long fromSeq, long toSeq) {
    Conversation conversation = directory.find(id);
    return conversation == null ? Set.of() : conversation.deleted(userId, fromSeq, toSeq);
  }

  /** What is found of each conversation; those without it are left out. */
  private <T> Map<ConversationId, T> each(
      Collection<ConversationId> ids, Function<Conversation, @Nullable T> find) {
    Map<ConversationId, T> found = new LinkedHashMap<>();
    for (ConversationId id : ids) {
      Conversation conversation = directory.find(id);
      T one = conversation == null ? null : find.apply(conversation);
      if (one != null) {
        found.put(id, one);
      }
    }
    return found;
  }
}
