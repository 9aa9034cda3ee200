package io.embedim.core.internal.send;

import io.embedim.core.Caller;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.SendResult;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.cluster.RateLimiter;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.MessageStore;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/**
 * The way of a message: rate limit, interceptors, authorization on the membership snapshot, append
 * lane. Whoever holds the returned future acknowledges when it completes; delivery follows by
 * itself.
 */
public final class SendPath {

  private final DraftBuilder drafts;
  private final RateLimiter rateLimiter;
  private final InterceptorChain interceptors;
  private final MembershipCache memberships;
  private final MessageStore messages;
  private final SendRules rules;
  private final AppendLanes lanes;
  private final FanOut fanOut;
  private final Clock clock;

  public SendPath(
      LaneContext context,
      DraftBuilder drafts,
      RateLimiter rateLimiter,
      InterceptorChain interceptors,
      AppendLanes lanes,
      FanOut fanOut) {
    this.drafts = drafts;
    this.rateLimiter = rateLimiter;
    this.interceptors = interceptors;
    this.memberships = context.memberships();
    this.messages = context.stores().messages();
    this.rules = context.rules();
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
    EntryDraft accepted = admit(caller, draft);
    Membership membership =
        checked(accepted, memberships.of(caller.userId(), accepted.conversationId()));
    checkReply(accepted);
    return lanes.append(accepted, membership, caller.sessionId());
  }

  /**
   * Sends a message to live sessions only.
   *
   * @throws ImException when it is refused
   */
  public SendResult sendTransient(Caller caller, EntryDraft draft) {
    EntryDraft accepted = admit(caller, draft);
    var unused = checked(accepted, memberships.of(caller.userId(), accepted.conversationId()));
    long now = clock.millis();
    fanOut.tellMembers(
        accepted.conversationId(), new ServerFrame.Transient(accepted, now), caller.sessionId());
    return new SendResult(accepted.messageId(), accepted.conversationId(), 0, now, false);
  }

  /**
   * Sends a message that the host wrote in its own transaction: as any other, but no rate limit
   * concerns it. May block as {@link #send}.
   *
   * @throws ImException when it is refused before it reaches a lane
   */
  CompletableFuture<SendResult> relay(EntryDraft draft) {
    refuseWhenClosed();
    drafts.check(draft);
    EntryDraft accepted = intercepted(draft);
    Membership membership = memberships.get(accepted.conversationId());
    if (accepted.type() != EntryType.SYSTEM) {
      membership = checked(accepted, membership);
      checkReply(accepted);
    }
    return lanes.append(accepted, membership, null);
  }

  /** Sends what the host says as the system, which no rule and no limit concerns. */
  public CompletableFuture<SendResult> sendSystem(EntryDraft draft) {
    refuseWhenClosed();
    // With a version all the same: it refuses a message to nobody, and keeps it in its place.
    Membership membership = memberships.get(draft.conversationId());
    return lanes.append(draft, membership, null);
  }

  /** The membership on which the draft is allowed; a refusal is decided on a fresh one. */
  private Membership checked(EntryDraft draft, Membership known) {
    try {
      rules.check(draft, known, clock.millis());
      return known;
    } catch (ImException refused) {
      if (!draft.conversationId().isGroup() || refused.error() == ImError.REJECTED_BY_HOST) {
        throw refused;
      }
      Membership now = memberships.reload(draft.conversationId());
      if (now.version() == known.version()) {
        throw refused;
      }
      rules.check(draft, now, clock.millis());
      return now;
    }
  }

  /** After the rules, so that nobody learns what exists in a conversation of others. */
  private void checkReply(EntryDraft draft) {
    String replyTo = draft.options().replyTo();
    if (replyTo != null && messages.find(draft.conversationId(), replyTo).isEmpty()) {
      throw new ImException(
          ImError.MESSAGE_NOT_FOUND, "reply_to names no message of this conversation");
    }
  }

  private EntryDraft admit(Caller caller, EntryDraft draft) {
    refuseWhenClosed();
    long retryAfter = rateLimiter.tryAcquire(caller.userId(), clock.millis());
    if (retryAfter > 0) {
      throw ImException.rateLimited(retryAfter);
    }
    return intercepted(draft);
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
