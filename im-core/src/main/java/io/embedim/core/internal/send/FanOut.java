package io.embedim.core.internal.send;

import io.embedim.core.Caller;
import io.embedim.core.internal.session.LiveSession;
import io.embedim.core.internal.session.SessionRegistry;
import io.embedim.core.internal.session.SharedFrame;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands frames to the live sessions of those they are for. Each frame is encoded once per wire
 * format, however many sessions it goes to. Nothing here blocks.
 */
public final class FanOut {

  /** Members up to which read receipts are sent to all of them. */
  private static final int SMALL_GROUP = 100;

  private final SessionRegistry sessions;
  private final MembershipCache memberships;

  public FanOut(SessionRegistry sessions, MembershipCache memberships) {
    this.sessions = sessions;
    this.memberships = memberships;
  }

  /** Delivers a committed entry to every session of every member. */
  void deliver(LogEntry entry, @Nullable String originSession) {
    ConversationId id = entry.conversationId();
    SharedFrame frame = new SharedFrame(new ServerFrame.Logged(entry));
    forEachSession(
        memberships.memberIds(id),
        session -> {
          if (session.info().sessionId().equals(originSession)) {
            session.acknowledged(id, entry.seq());
          } else {
            session.deliver(id, entry.seq(), frame);
          }
        });
  }

  /** A user hid a log up to here from herself. */
  public void cleared(String userId, ConversationId id, long seq) {
    forEachSession(List.of(userId), session -> session.cleared(id, seq));
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
    forEachSession(
        userIds,
        session -> {
          if (!session.info().sessionId().equals(exceptSession)) {
            session.tell(shared);
          }
        });
  }

  private void forEachSession(Collection<String> userIds, Consumer<LiveSession> action) {
    for (String userId : userIds) {
      for (LiveSession session : sessions.of(userId)) {
        action.accept(session);
      }
    }
  }
}
