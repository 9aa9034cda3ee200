package io.embedim.spi.store;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.Membership;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Who has blocked whom. A block is a part of the membership of the conversation of the two: the
 * blocked side is muted until {@link Member#BLOCKED}. Each block and each unblock raises the
 * conversation's version in the same commit, so that an {@linkplain MessageStore#append append}
 * that was decided before is refused, as it is after a change of a group.
 *
 * <p>Where the two have no conversation yet, the first block creates it without an entry. Until its
 * first entry such a conversation is nowhere to be seen: the {@link ConversationStore} does not
 * know it, and its log is empty.
 *
 * <p>The store knows no permission: whether somebody may be blocked, the engine decides. Calls
 * overlap, also from several processes on one backend. Threads, nulls and errors are those of
 * {@link ImStores}.
 */
public interface ContactStore {

  /**
   * Lets one user say no more to another.
   *
   * @param userId who blocks
   * @param blockedId who is blocked
   * @return false when she was blocked already, and nothing changed
   * @throws IllegalArgumentException when both are the same
   */
  boolean block(String userId, String blockedId);

  /**
   * Takes a block back.
   *
   * @return false when there was none, and nothing changed
   * @throws IllegalArgumentException when both are the same
   */
  boolean unblock(String userId, String blockedId);

  /**
   * Whom a user has blocked, by id.
   *
   * @param afterUserId only those behind this one; empty for all
   * @param limit how many at most, 1 or more
   */
  List<String> blocked(String userId, String afterUserId, int limit);

  /**
   * Those of these users who have blocked somebody.
   *
   * @param blockedId who may be blocked
   * @param amongIds any number of users
   */
  Set<String> blockers(String blockedId, Collection<String> amongIds);

  /**
   * The two sides of a one-to-one conversation as of now; {@link Membership#ofDirect} where nobody
   * ever blocked anybody, whether or not it exists.
   *
   * @param direct a one-to-one conversation
   */
  Membership membership(ConversationId direct);
}
