package io.embedim.core;

import io.embedim.core.internal.read.HistoryReader;
import io.embedim.core.internal.read.Synchronizer;
import io.embedim.core.internal.send.DraftBuilder;
import io.embedim.core.internal.send.FanOut;
import io.embedim.core.internal.send.MembershipCache;
import io.embedim.core.internal.send.SendPath;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.store.StoreException;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sending and reading messages. Safe for use by many threads. */
public final class Messages {

  private final DraftBuilder drafts;
  private final SendPath sendPath;
  private final FanOut fanOut;
  private final MembershipCache memberships;
  private final HistoryReader history;
  private final Synchronizer synchronizer;

  Messages(
      DraftBuilder drafts,
      SendPath sendPath,
      FanOut fanOut,
      MembershipCache memberships,
      HistoryReader history,
      Synchronizer synchronizer) {
    this.drafts = drafts;
    this.sendPath = sendPath;
    this.fanOut = fanOut;
    this.memberships = memberships;
    this.history = history;
    this.synchronizer = synchronizer;
  }

  /**
   * Sends a message. The host's hooks run on the calling thread.
   *
   * @return done when the message is committed, on a thread that must not be blocked; or failed
   *     with an {@link ImException}, and then nothing was committed, except that after {@code
   *     unavailable} nothing is known: the same id may be sent again. It fails with what one of the
   *     host's hooks threw, and then nothing was committed either
   */
  public CompletionStage<SendResult> send(Caller caller, SendCommand command) {
    try {
      EntryDraft draft = drafts.chat(caller, command);
      return command.stored()
          ? sendPath.send(caller, draft)
          : CompletableFuture.completedFuture(sendPath.sendTransient(caller, draft));
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(storeIsAway(e));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Sends a message of the system, which no rule and no rate limit concerns.
   *
   * @return as for {@link #send}
   */
  public CompletionStage<SendResult> sendSystem(SendCommand command) {
    try {
      return sendPath.sendSystem(drafts.system(command));
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(storeIsAway(e));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Reads a stretch of a conversation. Blocks.
   *
   * @throws ImException {@code invalid_argument}; {@code conversation_not_found} also for whoever
   *     does not belong to it; {@code unavailable}
   */
  public HistoryPage history(String userId, HistoryQuery query) {
    try {
      return history.read(userId, query);
    } catch (StoreException e) {
      throw storeIsAway(e);
    }
  }

  /**
   * Finds a message's position in its conversation's log. Blocks. Who may know it is for the caller
   * to decide.
   *
   * @return empty when the conversation has no such message
   * @throws ImException {@code unavailable}
   */
  public OptionalLong seqOf(ConversationId id, String messageId) {
    try {
      return history.seqOf(id, messageId);
    } catch (StoreException e) {
      throw storeIsAway(e);
    }
  }

  /**
   * Finds what a client has missed. Blocks.
   *
   * @throws ImException {@code invalid_argument} or {@code unavailable}
   */
  public SyncPage sync(String userId, SyncQuery query) {
    try {
      return synchronizer.sync(userId, query);
    } catch (StoreException e) {
      throw storeIsAway(e);
    }
  }

  /**
   * Tells the other members' live sessions that somebody is typing.
   *
   * @throws ImException {@code conversation_not_found} or {@code group_not_found} for whoever does
   *     not belong to it; {@code user_not_found}; {@code unavailable}
   */
  public void typing(Caller caller, ConversationId id) {
    try {
      // Also finds out that the other party is no user any more.
      var unused = memberships.of(caller.userId(), id);
    } catch (StoreException e) {
      throw storeIsAway(e);
    }
    fanOut.tellOthers(id, new ServerFrame.Typing(id, caller.userId()), caller.userId());
  }

  static ImException storeIsAway(StoreException cause) {
    return ImException.unavailable("the storage cannot be reached, try again", cause);
  }
}
