package io.embedim.core;

import io.embedim.core.internal.LimitCheck;
import io.embedim.core.internal.send.FanOut;
import io.embedim.core.internal.send.MembershipCache;
import io.embedim.core.internal.send.Permits;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Ids;
import io.embedim.spi.store.ContactStore;
import java.util.List;
import java.util.Set;

/**
 * Who wants to hear no more from whom. A block ends what one user can say to another in the
 * conversation of the two, from its commit on and on every node; groups it does not concern. Safe
 * for use by many threads; methods block, and throw {@code unavailable} when the storage is away.
 */
public final class Contacts {

  /** The largest page of blocked users. */
  private static final int MAX_PAGE = 200;

  private final ContactStore store;
  private final Permits permits;
  private final MembershipCache memberships;
  private final FanOut fanOut;

  Contacts(ContactStore store, Permits permits, MembershipCache memberships, FanOut fanOut) {
    this.store = store;
    this.permits = permits;
    this.memberships = memberships;
    this.fanOut = fanOut;
  }

  /**
   * From now on the other user's messages are refused, or seen by nobody but herself: {@link
   * MessageRules#silentBlocks()}. Blocking whom one has blocked changes nothing.
   *
   * @throws ImException {@code invalid_argument} for oneself, {@code user_not_found}
   */
  public void block(Caller caller, String userId) {
    check(caller, userId);
    permits.take(caller);
    if (!memberships.existing(Set.of(userId)).contains(userId)) {
      throw new ImException(ImError.USER_NOT_FOUND, "there is no such user");
    }
    if (Messages.reading(() -> store.block(caller.userId(), userId))) {
      changed(caller, userId, true);
    }
  }

  /**
   * The other user may write again. What she wrote meanwhile stays unseen.
   *
   * @throws ImException {@code invalid_argument}
   */
  public void unblock(Caller caller, String userId) {
    check(caller, userId);
    permits.take(caller);
    if (Messages.reading(() -> store.unblock(caller.userId(), userId))) {
      changed(caller, userId, false);
    }
  }

  /**
   * Whom a user has blocked, by id.
   *
   * @param afterUserId only those behind this one; empty to begin
   * @param limit 1 to 200
   * @throws ImException {@code invalid_argument}
   */
  public List<String> blocked(String userId, String afterUserId, int limit) {
    LimitCheck.atMost(limit, MAX_PAGE);
    return Messages.reading(() -> store.blocked(userId, afterUserId, limit));
  }

  private void changed(Caller caller, String userId, boolean blocked) {
    ConversationId id = ConversationId.direct(caller.userId(), userId);
    memberships.forget(id);
    fanOut.tell(
        List.of(caller.userId()), new ServerFrame.BlockChanged(id, blocked), caller.sessionId());
  }

  private static void check(Caller caller, String userId) {
    if (!Ids.isUserId(userId) || userId.equals(caller.userId())) {
      throw new ImException(ImError.INVALID_ARGUMENT, "user_id: expected that of another user");
    }
  }
}
