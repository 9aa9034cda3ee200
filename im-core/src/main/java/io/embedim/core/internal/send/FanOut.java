package io.embedim.core.internal.send;

import io.embedim.core.Caller;
import io.embedim.core.internal.session.SessionRegistry;
import io.embedim.core.internal.session.SharedFrame;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.ConversationId;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands frames to the live sessions of those they are for. Each frame is encoded once per wire
 * format, however many sessions it goes to. Nothing here blocks.
 */
public final class FanOut {

  /** Members up to which read receipts are sent to all of them. */
  private static final int SMALL_GROUP = 100;

  private static final Logger LOG = LoggerFactory.getLogger(FanOut.class);

  private final SessionRegistry sessions;
  private final MembershipCache memberships;

  public FanOut(SessionRegistry sessions, MembershipCache memberships) {
    this.sessions = sessions;
    this.memberships = memberships;
  }

  /**
   * Delivers what was committed together to every session of every member. What is next to each
   * other and of one conversation reaches a session at once, which may join it.
   */
  void deliver(List<Committed> committed) {
    for (int from = 0, to; from < committed.size(); from = to) {
      ConversationId id = committed.get(from).entry().conversationId();
      to = from + 1;
      Collection<String> recipients = committed.get(from).recipients();
      while (to < committed.size()
          && committed.get(to).entry().conversationId().equals(id)
          && committed.get(to).recipients() == recipients) {
        to++;
      }
      try {
        deliver(id, recipients, committed.subList(from, to));
      } catch (RuntimeException e) {
        // The log has it; a client that notices the gap fills it.
        LOG.error("{} entries of {} could not be delivered live", to - from, id, e);
      }
    }
  }

  private void deliver(
      ConversationId id, @Nullable Collection<String> recipients, List<Committed> run) {
    SharedFrame[] frames = new SharedFrame[run.size()];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = new SharedFrame(new ServerFrame.Logged(run.get(i).entry()));
    }
    sessions.forEach(
        recipients == null ? memberships.memberIds(id) : recipients,
        session -> {
          for (int i = 0; i < frames.length; i++) {
            Committed one = run.get(i);
            long seq = one.entry().seq();
            if (session.info().sessionId().equals(one.originSession())) {
              session.acknowledged(id, seq);
            } else {
              session.deliver(id, seq, frames[i]);
            }
          }
          session.flush();
        });
  }

  /** A user hid a log up to here from herself. */
  public void cleared(String userId, ConversationId id, long seq) {
    sessions.forEach(List.of(userId), session -> session.cleared(id, seq));
  }

  /** Sends a frame that is not logged to every member's sessions but one. */
  public void tellMembers(ConversationId id, ServerFrame frame, @Nullable String exceptSession) {
    tell(memberships.memberIds(id), frame, exceptSession);
  }

  /** Sends a frame that is not logged to the other members' sessions. */
  public void tellOthers(ConversationId id, ServerFrame frame, String userId) {
    tell(
        memberships.memberIds(id).stream().filter(member -> !member.equals(userId)).toList(),
        frame,
        null);
  }

  /**
   * Tells of a member's reading: her own other sessions always, the other members while they are
   * few.
   */
  public void tellReceipt(ConversationId id, ServerFrame frame, Caller reader) {
    Collection<String> members = memberships.memberIds(id);
    tell(
        members.size() <= SMALL_GROUP ? members : List.of(reader.userId()),
        frame,
        reader.sessionId());
  }

  /** Sends a frame that is not logged to these users' sessions but one. */
  public void tell(Collection<String> userIds, ServerFrame frame, @Nullable String exceptSession) {
    SharedFrame shared = new SharedFrame(frame);
    sessions.forEach(
        userIds,
        session -> {
          if (!session.info().sessionId().equals(exceptSession)) {
            session.tell(shared);
          }
        });
  }
}
