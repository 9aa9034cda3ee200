package io.embedim.core.internal.send;

import static java.util.Objects.requireNonNull;

import io.embedim.core.Caller;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.SendResult;
import io.embedim.core.internal.read.VisibleMessages;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.MessageStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The way of a message: rate limit, interceptors, authorization on the membership snapshot, append
 * lane. Whoever holds the returned future acknowledges when it completes; delivery follows by
 * itself.
 */
public final class SendPath {

  private final DraftBuilder drafts;
  private final Permits permits;
  private final InterceptorChain interceptors;
  private final MembershipCache memberships;
  private final VisibleMessages visible;
  private final MessageStore messages;
  private final SendRules rules;
  private final RevisionRules revisionRules;
  private final AppendLanes lanes;
  private final FanOut fanOut;
  private final Clock clock;

  public SendPath(
      LaneContext context,
      SendRules rules,
      DraftBuilder drafts,
      Permits permits,
      InterceptorChain interceptors,
      AppendLanes lanes,
      FanOut fanOut) {
    this.drafts = drafts;
    this.permits = permits;
    this.interceptors = interceptors;
    this.memberships = context.memberships();
    this.visible = new VisibleMessages(context.stores(), context.clock());
    this.messages = context.stores().messages();
    this.rules = rules;
    this.revisionRules = new RevisionRules(rules, context.settings().messageRules());
    this.lanes = lanes;
    this.fanOut = fanOut;
    this.clock = context.clock();
  }

  /**
   * Sends a message that is stored. May block in the host's hooks and in loading a membership.
   *
   * @throws ImException when it is refused before it reaches a lane
   */
  public CompletableFuture<SendResult> send(Caller caller, EntryDraft draft) {
    return append(admit(caller, draft), caller.sessionId());
  }

  /**
   * Does something to an earlier message. May block as {@link #send}, and in looking the message
   * up.
   *
   * @throws ImException when it is refused before it reaches a lane
   */
  public CompletableFuture<SendResult> revise(Caller caller, EntryDraft draft) {
    boolean system = caller.userId().equals(Ids.SYSTEM_USER);
    if (system) {
      refuseWhenClosed();
    }
    EntryDraft accepted = system ? draft : admit(caller, draft);
    ConversationId id = accepted.conversationId();
    Membership known = system ? memberships.get(id) : memberships.of(caller.userId(), id);
    try {
      String target = requireNonNull(accepted.revision()).targetMessageId();
      SendCheck check = revisionRules.revision(accepted, visible.get(caller.userId(), id, target));
      return lanes.append(accepted, check, allowed(check, known), caller.sessionId());
    } catch (ImException refused) {
      return CompletableFuture.completedFuture(sentBefore(accepted, refused));
    }
  }

  /**
   * Whether a message could be sent now; for one that is to be sent later. The interceptors are
   * asked when it is sent.
   *
   * @throws ImException as for {@link #send}
   */
  public void checkAllowed(Caller caller, EntryDraft draft) {
    takePermit(caller);
    var unused =
        allowed(rules.message(draft), memberships.of(caller.userId(), draft.conversationId()));
    checkReply(draft);
  }

  /**
   * Sends messages of one conversation together. Whatever refuses one of them before it reaches the
   * lane refuses all.
   *
   * @param drafts one or more
   * @throws ImException when one is refused before it reaches a lane
   */
  public CompletableFuture<List<SendResult>> sendAll(Caller caller, List<EntryDraft> drafts) {
    drafts.forEach(draft -> takePermit(caller));
    List<EntryDraft> accepted = drafts.stream().map(this::intercepted).toList();
    Membership known = memberships.of(caller.userId(), drafts.get(0).conversationId());
    for (EntryDraft draft : accepted) {
      known = allowed(rules.message(draft), known);
    }
    List<CompletableFuture<SendResult>> results = new ArrayList<>(accepted.size());
    for (EntryDraft draft : accepted) {
      results.add(lanes.append(draft, rules.message(draft), known, caller.sessionId()));
    }
    return CompletableFuture.allOf(results.toArray(new CompletableFuture<?>[0]))
        .thenApply(done -> results.stream().map(CompletableFuture::join).toList());
  }

  /**
   * Sends a message to live sessions only.
   *
   * @throws ImException when it is refused
   */
  public SendResult sendTransient(Caller caller, EntryDraft draft) {
    EntryDraft accepted = admit(caller, draft);
    ConversationId id = accepted.conversationId();
    Membership membership = allowed(rules.message(accepted), memberships.of(caller.userId(), id));
    long now = clock.millis();
    ServerFrame frame = new ServerFrame.Transient(accepted, now);
    if (SendRules.hiddenFrom(accepted, membership) == null) {
      fanOut.tellMembers(id, frame, caller.sessionId());
    } else {
      fanOut.tell(List.of(caller.userId()), frame, caller.sessionId());
    }
    return new SendResult(accepted.messageId(), id, 0, now, false);
  }

  /**
   * Sends a message that the host wrote in its own transaction: as any other, but no rate limit
   * concerns it. May block as {@link #send}.
   *
   * @return fails with whatever went wrong
   */
  CompletableFuture<SendResult> relay(EntryDraft draft) {
    try {
      refuseWhenClosed();
      drafts.check(draft);
      EntryDraft accepted = intercepted(draft);
      return accepted.type() == EntryType.SYSTEM ? appendSystem(accepted) : append(accepted, null);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Sends what the host says as the system, which no rule and no limit concerns. */
  public CompletableFuture<SendResult> sendSystem(EntryDraft draft) {
    refuseWhenClosed();
    return appendSystem(draft);
  }

  private CompletableFuture<SendResult> append(EntryDraft draft, @Nullable String originSession) {
    Membership known = memberships.of(draft.senderId(), draft.conversationId());
    try {
      SendCheck check = rules.message(draft);
      Membership allowed = allowed(check, known);
      checkReply(draft);
      return lanes.append(draft, check, allowed, originSession);
    } catch (ImException refused) {
      return CompletableFuture.completedFuture(sentBefore(draft, refused));
    }
  }

  private CompletableFuture<SendResult> appendSystem(EntryDraft draft) {
    // With a version all the same: it refuses a message to nobody, and keeps it in its place.
    return lanes.append(draft, rules.system(), memberships.get(draft.conversationId()), null);
  }

  /** The membership on which something is allowed; a refusal is decided on a fresh one. */
  private Membership allowed(SendCheck check, Membership known) {
    try {
      check.check(known, clock.millis());
      return known;
    } catch (ImException refused) {
      if (refused.error() == ImError.REJECTED_BY_HOST) {
        throw refused;
      }
      Membership now = memberships.reload(known.conversationId());
      if (now.version() == known.version()) {
        throw refused;
      }
      check.check(now, clock.millis());
      return now;
    }
  }

  /** After the rules, so that nobody learns what exists in a conversation of others. */
  private void checkReply(EntryDraft draft) {
    String replyTo = draft.options().replyTo();
    if (replyTo != null
        && visible.get(draft.senderId(), draft.conversationId(), replyTo).state().revoked()) {
      throw new ImException(ImError.MESSAGE_NOT_FOUND, "the message of reply_to was revoked");
    }
  }

  /**
   * Whoever repeats a command that was committed is told so, also when it would be refused by now:
   * she may not have heard the first answer.
   *
   * @param messageIds what the command sends; empty when it cannot be a repeated one
   * @throws ImException what it is refused with, when one of these was not committed
   */
  public List<SendResult> sentBefore(
      String senderId, ConversationId id, List<String> messageIds, ImException refused) {
    if (messageIds.isEmpty()) {
      throw refused;
    }
    List<SendResult> results = new ArrayList<>(messageIds.size());
    for (String messageId : messageIds) {
      LogEntry first =
          messages
              .find(id, messageId)
              .filter(entry -> entry.draft().senderId().equals(senderId))
              .orElseThrow(() -> refused);
      results.add(new SendResult(messageId, id, first.seq(), first.timestamp(), true));
    }
    return results;
  }

  private SendResult sentBefore(EntryDraft draft, ImException refused) {
    return sentBefore(draft.senderId(), draft.conversationId(), List.of(draft.messageId()), refused)
        .get(0);
  }

  private EntryDraft admit(Caller caller, EntryDraft draft) {
    takePermit(caller);
    return intercepted(draft);
  }

  private void takePermit(Caller caller) {
    refuseWhenClosed();
    permits.take(caller);
  }

  /** What the host's interceptors make of a draft that was checked before. */
  private EntryDraft intercepted(EntryDraft draft) {
    EntryDraft accepted = interceptors.apply(draft);
    if (!accepted.equals(draft)) {
      drafts.check(accepted);
    }
    return accepted;
  }

  private void refuseWhenClosed() {
    if (lanes.isStopped()) {
      throw new ImException(ImError.UNAVAILABLE, "the server is going away, try again");
    }
  }
}
