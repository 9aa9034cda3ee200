package io.embedim.spi.store;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.MemberView;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What belongs to a member of a conversation: cursors, settings, and the views that follow from
 * them. Unread counts are derived when asked for, never counted up and down.
 *
 * <p>Somebody who left a group, or was removed from it, keeps what its log had said to her: for her
 * it ends with the event that tells of it, which is its head and which her cursors do not pass. She
 * is in nobody else's results. A one-to-one conversation is absent here before its first entry, for
 * everybody, also when one side has blocked the other before.
 *
 * <p>What a call returns stands at one moment for each conversation, and is as new as everything
 * that was committed before the call. Calls overlap, also from several processes on one backend.
 * Threads, nulls and errors are those of {@link ImStores}.
 */
public interface ConversationStore {

  /** The ends of these logs, whoever asks; conversations that do not exist are left out. */
  Map<ConversationId, ConversationHead> heads(Collection<ConversationId> ids);

  /** A page of the conversations that a user belongs to. */
  List<MemberView> list(ConversationQuery query);

  /**
   * What the user has to do with these conversations; those that she does not belong to are left
   * out.
   */
  Map<ConversationId, MemberView> memberViews(String userId, Collection<ConversationId> ids);

  /**
   * Looks into the logs for what a view has beside these, up to the heads that they name.
   *
   * @param members what belongs to the user, as this store gave it
   * @param now the time that decides what has expired, in ms since the epoch
   * @return a view for each
   */
  Map<ConversationId, ConversationView> complete(
      String userId, Collection<MemberView> members, long now);

  /**
   * These conversations as the user sees them; those that she does not belong to are left out.
   *
   * @param now the time that decides what has expired, in ms since the epoch
   */
  default Map<ConversationId, ConversationView> views(
      String userId, Collection<ConversationId> ids, long now) {
    return complete(userId, memberViews(userId, ids).values(), now);
  }

  /**
   * Moves cursors forward, all in one commit. Reading implies receiving. Several moves of one
   * member in a batch add up.
   *
   * @param moves one or more
   * @return a result for each move, in the order of the batch
   */
  List<CursorResult> advance(List<CursorMove> moves);

  /**
   * How far these users have come; those who do not belong to the conversation are left out.
   *
   * @param userIds whom to look up; empty for all members
   */
  Map<String, Cursors> cursors(ConversationId id, Collection<String> userIds);

  /**
   * Changes a member's settings.
   *
   * @return the settings of now; empty when the user does not belong to the conversation
   */
  Optional<ConversationSettings> update(String userId, ConversationId id, SettingsChange change);

  /**
   * Hides the log up to its present end from one member, whose cursors move there too.
   *
   * @return the settings of now; empty when the user does not belong to the conversation
   */
  Optional<ConversationSettings> clear(String userId, ConversationId id);

  /**
   * Hides entries from one member. Sequences that do not exist are ignored, and so is a user who
   * does not belong to the conversation.
   */
  void delete(String userId, ConversationId id, Set<Long> seqs);

  /** Which entries from {@code fromSeq} to {@code toSeq}, both inclusive, the member deleted. */
  Set<Long> deleted(String userId, ConversationId id, long fromSeq, long toSeq);
}
