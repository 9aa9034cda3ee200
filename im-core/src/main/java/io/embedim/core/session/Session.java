package io.embedim.core.session;

import io.embedim.spi.cluster.SessionInfo;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.ConversationId;

/**
 * A live session, as its transport sees it. All methods may be called by any thread and none of
 * them blocks.
 */
public interface Session {

  SessionInfo info();

  /**
   * Hands over the handling of a client's frame. Tasks of one session run one after the other, in
   * the order of this call, on the engine's executor. While the client does not read what it was
   * sent, they wait.
   *
   * @return false when the session is closed, or when too many frames wait: then the engine has
   *     closed it with {@link CloseReason#TOO_MANY}
   */
  boolean submit(Runnable task);

  /** Queues the answer to one of the client's own frames. Answers are never dropped. */
  void reply(Encoded frame);

  /**
   * The client has everything of this conversation up to {@code seq}. What it cannot have received
   * is ignored.
   */
  void received(ConversationId conversationId, long seq);

  /**
   * Notes that something was heard from the client.
   *
   * @return 0 when it may be handled; otherwise the client sends faster than allowed, and this is
   *     after how many ms it should try again
   */
  long heard();

  /**
   * Counts an error of the client against its allowance.
   *
   * @return whether that was one too many: the session is then closed with {@link
   *     CloseReason#TOO_MANY}
   */
  boolean erred();

  /**
   * Prolongs the session by a fresh token.
   *
   * @throws io.embedim.core.ImException with {@code unauthenticated} when it is another user's
   */
  void renew(Authenticator.Result.Authenticated fresh);

  /** Closes the session from the server's side. Idempotent. */
  void close(CloseReason reason);

  /** Tells that the connection is gone. Idempotent. */
  void disconnected();
}
