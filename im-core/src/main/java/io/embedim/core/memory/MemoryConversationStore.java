package io.embedim.core.memory;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.Cursors;
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

/** What belongs to the members of conversations, in memory. */
final class MemoryConversationStore implements ConversationStore {

  private static final Comparator<ConversationHead> NEWEST_FIRST =
      Comparator.comparingLong(ConversationHead::updatedAt)
          .reversed()
          .thenComparing(ConversationHead::id);

  private static final Comparator<ConversationHead> OLDEST_FIRST =
      Comparator.comparingLong(ConversationHead::updatedAt).thenComparing(ConversationHead::id);

  private final ConversationDirectory directory;

  MemoryConversationStore(ConversationDirectory directory) {
    this.directory = directory;
  }

  @Override
  public Map<ConversationId, ConversationHead> heads(Collection<ConversationId> ids) {
    Map<ConversationId, ConversationHead> heads = new LinkedHashMap<>();
    for (ConversationId id : ids) {
      Conversation conversation = directory.find(id);
      ConversationHead head = conversation == null ? null : conversation.head();
      if (head != null) {
        heads.put(id, head);
      }
    }
    return heads;
  }

  /**
   * Sorted when it is asked for: a list that is kept in order would cost each append a step for
   * each member.
   */
  @Override
  public List<ConversationHead> list(ConversationQuery query) {
    boolean newestFirst = query.order() == Order.NEWEST_FIRST;
    Comparator<ConversationHead> order = newestFirst ? NEWEST_FIRST : OLDEST_FIRST;
    ConversationQuery.Position after = query.after();
    ConversationHead place =
        after == null ? null : new ConversationHead(after.id(), 0, after.updatedAt());
    List<ConversationHead> heads = new ArrayList<>();
    for (Conversation conversation : directory.of(query.userId())) {
      ConversationHead head = conversation.head();
      if (head != null
          && (place == null || order.compare(head, place) > 0)
          && !(newestFirst && conversation.hiddenFrom(query.userId()))) {
        heads.add(head);
      }
    }
    heads.sort(order);
    return List.copyOf(heads.subList(0, Math.min(query.limit(), heads.size())));
  }

  @Override
  public Map<ConversationId, ConversationView> views(
      String userId, Collection<ConversationId> ids, long now) {
    Map<ConversationId, ConversationView> views = new LinkedHashMap<>();
    for (ConversationId id : ids) {
      Conversation conversation = directory.find(id);
      ConversationView view = conversation == null ? null : conversation.view(userId, now);
      if (view != null) {
        views.put(id, view);
      }
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
}
