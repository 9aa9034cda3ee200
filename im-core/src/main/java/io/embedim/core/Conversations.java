package io.embedim.core;

import static java.util.Objects.requireNonNull;

import io.embedim.core.internal.LimitCheck;
import io.embedim.core.internal.TextCheck;
import io.embedim.core.internal.read.FormerMember;
import io.embedim.core.internal.send.AppendLanes;
import io.embedim.core.internal.send.FanOut;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.ConversationStore;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.CursorResult;
import io.embedim.spi.store.SettingsChange;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversations of a user: list, settings, read cursors. Safe for use by many threads. Reads
 * block, and throw {@code unavailable} when the storage is away.
 */
public final class Conversations {

  private static final Logger LOG = LoggerFactory.getLogger(Conversations.class);

  /** The longest draft of a message, in characters; as long as a message's content may be. */
  private static final int MAX_DRAFT = 16_384;

  /** Members whose read cursors are asked for at once. */
  private static final int MAX_READERS = 500;

  private final ConversationStore store;
  private final AppendLanes lanes;
  private final FanOut fanOut;
  private final ImSettings settings;
  private final Clock clock;

  Conversations(
      ConversationStore store, AppendLanes lanes, FanOut fanOut, ImSettings settings, Clock clock) {
    this.store = store;
    this.lanes = lanes;
    this.fanOut = fanOut;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * A page of a user's conversations, newest activity first, without hidden ones.
   *
   * @param after the place to continue behind: the last one of the page before; null to begin
   * @param limit how many at most, 1 to 100
   * @return as many as {@code limit} unless there are no more
   * @throws ImException {@code invalid_argument}
   */
  public List<ConversationView> list(
      String userId, ConversationQuery.@Nullable Position after, int limit) {
    LimitCheck.atMost(limit, settings.conversationPage());
    return Messages.reading(
        () -> {
          List<MemberView> page =
              store.list(
                  new ConversationQuery(
                      userId, ConversationQuery.Order.NEWEST_FIRST, after, limit));
          Map<ConversationId, ConversationView> views =
              store.complete(userId, page, clock.millis());
          return page.stream()
              .map(member -> FormerMember.sees(requireNonNull(views.get(member.id()))))
              .toList();
        });
  }

  /**
   * One conversation as the user sees it.
   *
   * @throws ImException {@code conversation_not_found}, also for whoever does not belong to it
   */
  public ConversationView get(String userId, ConversationId id) {
    ConversationView view =
        Messages.reading(() -> store.views(userId, List.of(id), clock.millis())).get(id);
    if (view == null) {
      throw notFound();
    }
    return FormerMember.sees(view);
  }

  /**
   * Changes a user's settings of a conversation and tells her sessions.
   *
   * @throws ImException {@code invalid_argument} for a draft of more than 16,384 characters; {@code
   *     conversation_not_found}
   */
  public ConversationView update(Caller caller, ConversationId id, SettingsChange change) {
    TextCheck.atMost("draft", MAX_DRAFT, change.draft());
    ConversationSettings now =
        Messages.reading(() -> store.update(caller.userId(), id, change))
            .orElseThrow(this::notFound);
    tellOwn(
        caller,
        new ServerFrame.ConversationChanged(
            id,
            change.pinned() == null ? null : now.pinned(),
            change.muted() == null ? null : now.muted(),
            change.draft() == null ? null : Objects.requireNonNullElse(now.draft(), ""),
            change.hidden() == null ? null : now.hidden(),
            null,
            null));
    return get(caller.userId(), id);
  }

  /**
   * Hides a conversation's log up to now from the user.
   *
   * @return the entry up to which it is hidden
   * @throws ImException {@code conversation_not_found}
   */
  public long clear(Caller caller, ConversationId id) {
    long cleared =
        Messages.reading(() -> store.clear(caller.userId(), id))
            .orElseThrow(this::notFound)
            .clearedSeq();
    fanOut.cleared(caller.userId(), id, cleared);
    tellOwn(caller, new ServerFrame.ConversationChanged(id, null, null, null, null, cleared, null));
    return cleared;
  }

  /**
   * The user has read everything up to {@code lastReadSeq}. The other party and the user's other
   * sessions are told.
   *
   * @return done when the cursors are committed; failed with an {@link ImException} {@code
   *     invalid_argument} when the log is not that long, {@code conversation_not_found}, {@code
   *     unavailable}
   */
  public CompletionStage<Cursors> read(Caller caller, ConversationId id, long lastReadSeq) {
    if (lastReadSeq < 0) {
      return CompletableFuture.failedFuture(
          new ImException(
              ImError.INVALID_ARGUMENT,
              "last_read_seq is " + lastReadSeq + ", expected 0 or more"));
    }
    // Not thenApply, which would wrap what it fails with.
    CompletableFuture<Cursors> done = new CompletableFuture<>();
    CursorMove move = new CursorMove(id, caller.userId(), new Cursors(lastReadSeq, lastReadSeq));
    var unused =
        lanes
            .advance(move)
            .whenComplete(
                (result, failure) -> settle(done, move, caller.sessionId(), result, failure));
    return done;
  }

  /**
   * How far members have read.
   *
   * @param userIds whom to look up, at most 500; empty for all members
   * @return by user id; whoever does not belong to the conversation is left out
   * @throws ImException {@code invalid_argument}; {@code conversation_not_found} when the user does
   *     not belong to it
   */
  public Map<String, Long> readers(String userId, ConversationId id, Collection<String> userIds) {
    if (userIds.size() > MAX_READERS || !userIds.stream().allMatch(Ids::isUserId)) {
      throw new ImException(
          ImError.INVALID_ARGUMENT, "user_ids: expected at most " + MAX_READERS + " user ids");
    }
    MemberView view = Messages.reading(() -> store.memberViews(userId, List.of(id))).get(id);
    if (view == null || view.left()) {
      throw notFound();
    }
    Map<String, Long> read = new HashMap<>();
    Messages.reading(() -> store.cursors(id, userIds))
        .forEach((member, cursors) -> read.put(member, cursors.readSeq()));
    return read;
  }

  private void settle(
      CompletableFuture<Cursors> done,
      CursorMove move,
      @Nullable String exceptSession,
      @Nullable CursorResult result,
      @Nullable Throwable failure) {
    if (failure != null) {
      done.completeExceptionally(failure);
    } else if (result instanceof CursorResult.Stored stored) {
      done.complete(stored.now());
      if (stored.now().readSeq() > stored.before().readSeq()) {
        tellRead(move, stored.now().readSeq(), exceptSession);
      }
    } else if (result instanceof CursorResult.BeyondEnd beyond) {
      done.completeExceptionally(
          new ImException(
              ImError.INVALID_ARGUMENT,
              "last_read_seq is "
                  + move.to().readSeq()
                  + ", the conversation ends at "
                  + beyond.maxSeq()));
    } else {
      done.completeExceptionally(notFound());
    }
  }

  private void tellRead(CursorMove move, long readSeq, @Nullable String exceptSession) {
    ConversationId id = move.conversationId();
    try {
      fanOut.tellReceipt(
          id,
          new ServerFrame.Read(id, move.userId(), readSeq),
          new Caller(move.userId(), exceptSession));
    } catch (RuntimeException e) {
      // The cursor is stored; the others see it when they look.
      LOG.warn("a receipt in {} could not be told", id, e);
    }
  }

  private void tellOwn(Caller caller, ServerFrame frame) {
    fanOut.tell(List.of(caller.userId()), frame, caller.sessionId());
  }

  private ImException notFound() {
    return new ImException(ImError.CONVERSATION_NOT_FOUND, "there is no such conversation");
  }
}
