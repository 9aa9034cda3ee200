package io.embedim.core;

import io.embedim.core.internal.read.HistoryReader;
import io.embedim.core.internal.read.MessageSearch;
import io.embedim.core.internal.read.Synchronizer;
import io.embedim.core.internal.read.VisibleMessages;
import io.embedim.core.internal.send.DraftBuilder;
import io.embedim.core.internal.send.FanOut;
import io.embedim.core.internal.send.Forwarding;
import io.embedim.core.internal.send.LaneContext;
import io.embedim.core.internal.send.MembershipCache;
import io.embedim.core.internal.send.RevisionBuilder;
import io.embedim.core.internal.send.SendPath;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.PastContent;
import io.embedim.spi.store.ConversationStore;
import io.embedim.spi.store.SearchableMessageStore;
import io.embedim.spi.store.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sending and reading messages. Safe for use by many threads. */
public final class Messages {

  /** Messages that one call can delete or forward. */
  private static final int MAX_NAMED = 100;

  /** Entries that one call can ask about. */
  private static final int MAX_RANGE = 10_000;

  private final DraftBuilder drafts;
  private final RevisionBuilder revisions;
  private final Forwarding forwarding;
  private final SendPath sendPath;
  private final FanOut fanOut;
  private final MembershipCache memberships;
  private final ConversationStore conversations;
  private final VisibleMessages visible;
  private final HistoryReader history;
  private final Synchronizer synchronizer;
  private final @Nullable MessageSearch search;

  Messages(
      LaneContext context,
      DraftBuilder drafts,
      RevisionBuilder revisions,
      SendPath sendPath,
      FanOut fanOut) {
    this.drafts = drafts;
    this.revisions = revisions;
    this.forwarding = new Forwarding(drafts);
    this.sendPath = sendPath;
    this.fanOut = fanOut;
    this.memberships = context.memberships();
    this.conversations = context.stores().conversations();
    this.visible = new VisibleMessages(context.stores(), context.clock());
    this.history = new HistoryReader(context.stores(), context.settings(), context.clock());
    this.synchronizer = new Synchronizer(context.stores(), context.settings(), context.clock());
    this.search =
        context.stores().messages() instanceof SearchableMessageStore searchable
            ? new MessageSearch(searchable, conversations, context.settings(), context.clock())
            : null;
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
    return attempt(
        () -> {
          EntryDraft draft = drafts.chat(caller, command);
          return command.stored()
              ? sendPath.send(caller, draft)
              : CompletableFuture.completedFuture(sendPath.sendTransient(caller, draft));
        });
  }

  /**
   * Revokes, edits, reacts to or pins a message that the caller may see. Blocks while it looks the
   * message up, and the host's hooks run on the calling thread; for what the system does, no hook
   * and no limit is asked.
   *
   * @param caller a user, or {@code Caller.user("system")} for the host
   * @return as for {@link #send}; fails with {@code message_not_found}, {@code not_sender}, {@code
   *     revoke_window_passed}, {@code edit_window_passed}, {@code not_group_admin}, {@code
   *     invalid_argument}, and as sending does
   */
  public CompletionStage<SendResult> revise(Caller caller, ReviseCommand command) {
    return attempt(() -> sendPath.revise(caller, revisions.revision(caller, command)));
  }

  /**
   * Passes messages on that the caller may see. Blocks while it looks them up, and the host's hooks
   * run on the calling thread. Each message that is sent counts for the rate limit.
   *
   * @return the messages that were sent; fails as for {@link #send}, and with {@code
   *     message_not_found} when one of them is not there or was revoked. When it fails before
   *     anything reaches the store, nothing is sent; where a store fails in the midst, what was
   *     sent stays sent, and the command can be repeated with its id
   */
  public CompletionStage<List<SendResult>> forward(Caller caller, ForwardCommand command) {
    return attempt(
        () -> {
          checkNamed(command.messageIds());
          try {
            List<LogEntry> messages =
                visible.get(caller.userId(), command.conversationId(), command.messageIds());
            return sendPath.sendAll(caller, forwarding.drafts(caller, command, messages));
          } catch (ImException refused) {
            return CompletableFuture.completedFuture(
                sendPath.sentBefore(caller.userId(), command.to(), command.sentIds(), refused));
          }
        });
  }

  /**
   * Deletes messages for one user, for good; her other sessions are told. The others keep them.
   * Blocks.
   *
   * @param messageIds 1 to 100; those that she deleted before may be among them
   * @throws ImException {@code message_not_found} when she may not see one of them, and then
   *     nothing is deleted; {@code conversation_not_found}, {@code invalid_argument}, {@code
   *     unavailable}
   */
  public void delete(Caller caller, ConversationId id, Collection<String> messageIds) {
    checkNamed(messageIds);
    try {
      Set<Long> seqs = visible.seqs(caller.userId(), id, messageIds);
      conversations.delete(caller.userId(), id, seqs);
      fanOut.tell(
          List.of(caller.userId()), new ServerFrame.MessagesDeleted(id, seqs), caller.sessionId());
    } catch (StoreException e) {
      throw storeIsAway(e);
    }
  }

  /**
   * Which entries a user deleted for herself, for a device that was away when she did. Blocks.
   *
   * @param fromSeq the first one that is asked about, 1 or more
   * @param toSeq the last one, at most 9,999 further
   * @throws ImException {@code invalid_argument}, {@code unavailable}
   */
  public Set<Long> deleted(String userId, ConversationId id, long fromSeq, long toSeq) {
    if (fromSeq < 1 || toSeq < fromSeq || toSeq - fromSeq >= MAX_RANGE) {
      throw new ImException(
          ImError.INVALID_ARGUMENT,
          "from_seq and to_seq: expected 1 or more, and at most " + MAX_RANGE + " entries");
    }
    return reading(() -> conversations.deleted(userId, id, fromSeq, toSeq));
  }

  /**
   * Sends a message of the system, which no rule and no rate limit concerns.
   *
   * @return as for {@link #send}
   */
  public CompletionStage<SendResult> sendSystem(SendCommand command) {
    return attempt(() -> sendPath.sendSystem(drafts.system(command)));
  }

  /**
   * Reads a stretch of a conversation. Blocks.
   *
   * @throws ImException {@code invalid_argument}; {@code conversation_not_found} also for whoever
   *     does not belong to it; {@code unavailable}
   */
  public HistoryPage history(String userId, HistoryQuery query) {
    return reading(() -> history.read(userId, query));
  }

  /**
   * Finds a message's position in its conversation's log. Blocks. Who may know it is for the caller
   * to decide.
   *
   * @return empty when the conversation has no such message
   * @throws ImException {@code unavailable}
   */
  public OptionalLong seqOf(ConversationId id, String messageId) {
    return reading(() -> history.seqOf(id, messageId));
  }

  /**
   * The pinned messages of a conversation that a user may see, what was pinned last first. Blocks.
   *
   * @throws ImException {@code conversation_not_found} for whoever does not belong to it; {@code
   *     unavailable}
   */
  public List<LogEntry> pinned(String userId, ConversationId id) {
    return reading(() -> visible.pinned(userId, id));
  }

  /**
   * What a message said before its edits, oldest first; empty unless {@link
   * MessageRules#keepsEdits()}. Blocks.
   *
   * @throws ImException {@code message_not_found} when the user may not see the message; {@code
   *     conversation_not_found}; {@code unavailable}
   */
  public List<PastContent> pastContents(String userId, ConversationId id, String messageId) {
    return reading(() -> visible.pastContents(userId, id, messageId));
  }

  /** Whether the storage backend can look for text. */
  public boolean canSearch() {
    return search != null;
  }

  /**
   * Finds messages that a user may see and that say something, the newest first. Blocks.
   *
   * @return fewer than asked for only where there are no more
   * @throws ImException {@code invalid_argument}; {@code conversation_not_found}; {@code
   *     unavailable}
   * @throws IllegalStateException unless {@link #canSearch()}
   */
  public List<LogEntry> search(String userId, SearchQuery query) {
    if (search == null) {
      throw new IllegalStateException("this backend cannot look for text");
    }
    return reading(() -> search.search(userId, query));
  }

  /**
   * Finds what a client has missed. Blocks.
   *
   * @throws ImException {@code invalid_argument} or {@code unavailable}
   */
  public SyncPage sync(String userId, SyncQuery query) {
    return reading(() -> synchronizer.sync(userId, query));
  }

  /**
   * Tells the other members' live sessions that somebody is typing, unless they want to hear
   * nothing from her.
   *
   * @throws ImException {@code conversation_not_found} or {@code group_not_found} for whoever does
   *     not belong to it; {@code user_not_found}; {@code unavailable}
   */
  public void typing(Caller caller, ConversationId id) {
    try {
      Member member = memberships.of(caller.userId(), id).member(caller.userId());
      if (member != null && member.mutedUntil() != Member.BLOCKED) {
        fanOut.tellOthers(id, new ServerFrame.Typing(id, caller.userId()), caller.userId());
      }
    } catch (StoreException e) {
      throw storeIsAway(e);
    }
  }

  private static void checkNamed(Collection<String> messageIds) {
    if (messageIds.isEmpty()
        || messageIds.size() > MAX_NAMED
        || !messageIds.stream().allMatch(Ids::isMessageId)) {
      throw new ImException(
          ImError.INVALID_ARGUMENT, "message_ids: expected 1 to " + MAX_NAMED + " message ids");
    }
  }

  /** Whatever goes wrong fails the stage. */
  static <T> CompletionStage<T> attempt(Supplier<? extends CompletionStage<T>> operation) {
    try {
      return operation.get();
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(storeIsAway(e));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** What a store tells; where it cannot, the caller hears {@code unavailable}. */
  static <T> T reading(Supplier<T> read) {
    try {
      return read.get();
    } catch (StoreException e) {
      throw storeIsAway(e);
    }
  }

  private static ImException storeIsAway(StoreException cause) {
    return ImException.unavailable("the storage cannot be reached, try again", cause);
  }
}
