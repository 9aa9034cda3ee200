package io.embedim.core.internal.session;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.internal.time.Allowance;
import io.embedim.core.internal.time.Mailbox;
import io.embedim.core.internal.time.TimingWheel;
import io.embedim.core.session.CloseReason;
import io.embedim.core.session.Connection;
import io.embedim.core.session.Encoded;
import io.embedim.core.session.ServerFrame;
import io.embedim.core.session.Session;
import io.embedim.core.session.SessionRequest;
import io.embedim.core.session.WireFormat;
import io.embedim.spi.cluster.SessionInfo;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.ConversationId;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A session on this node: a mailbox for what comes, an outbox for what goes, and one time-out in
 * the engine's wheel that looks after all that depends on time.
 */
public final class LiveSession extends TimingWheel.Timeout implements Session, Outbox.Owner {

  /** How long a client may take to read the last frames before its connection is cut. */
  private static final long FAREWELL_MILLIS = 2_000;

  private final SessionInfo info;
  private final SessionContext context;
  private final WireFormat format;
  private final Connection connection;
  private final Mailbox mailbox;
  private final Outbox outbox;
  private final Allowance frames;
  private final Allowance errors;
  private final AtomicBoolean gone = new AtomicBoolean();
  private volatile long lastHeard;
  private volatile long expiresAt;
  private volatile long wakeAt = Long.MAX_VALUE;
  private volatile int closeCode;
  private volatile String closePhrase = "";

  public LiveSession(
      SessionInfo info, SessionRequest request, Connection connection, SessionContext context) {
    this.info = info;
    this.context = context;
    this.format = request.format();
    this.connection = connection;
    this.mailbox = new Mailbox(context.executor(), context.settings().mailboxFrames());
    this.outbox =
        new Outbox(
            connection, format, request.batched(), context.settings(), context.clock(), this);
    this.frames =
        new Allowance(
            context.settings().framesPerSecond(), 1_000, context.settings().framesBurst());
    this.errors =
        new Allowance(
            context.settings().errorsPerMinute(), 60_000, context.settings().errorsPerMinute());
    this.lastHeard = context.clock().millis();
    this.expiresAt = request.identity().expiresAt();
    outbox.answer(request.greeting().apply(info));
  }

  /** Begins to write and to keep time. */
  public void start() {
    outbox.start();
    tick(context.clock().millis());
  }

  @Override
  public SessionInfo info() {
    return info;
  }

  @Override
  public boolean submit(Runnable task) {
    if (mailbox.offer(task)) {
      return true;
    }
    close(CloseReason.TOO_MANY);
    return false;
  }

  @Override
  public void reply(Encoded frame) {
    outbox.answer(frame);
  }

  @Override
  public void received(ConversationId id, long seq) {
    outbox.received(id, seq);
    if (id.isGroup() || id.isOf(info.userId())) {
      context.receivedCursors().note(id, info.userId(), seq);
    }
  }

  @Override
  public long heard() {
    long now = context.clock().millis();
    lastHeard = now;
    return frames.take(now);
  }

  @Override
  public boolean erred() {
    if (errors.take(context.clock().millis()) == 0) {
      return false;
    }
    close(CloseReason.TOO_MANY);
    return true;
  }

  @Override
  public void renew(Authenticator.Result.Authenticated fresh) {
    if (!fresh.userId().equals(info.userId())) {
      throw new ImException(
          ImError.UNAUTHENTICATED, "the token is another user's; open a connection of its own");
    }
    expiresAt = fresh.expiresAt();
    wakeAt(expiresAt);
  }

  /** Hands over a logged entry, which is written after {@link #flush} at the latest. */
  public void deliver(ConversationId id, long seq, SharedFrame frame) {
    outbox.deliver(id, seq, frame);
  }

  /** The user hid the log up to here from herself: none of it is sent again. */
  public void cleared(ConversationId id, long seq) {
    outbox.received(id, seq);
  }

  /** Writes what was handed over. */
  public void flush() {
    outbox.pump();
  }

  /** As {@link #deliver}, for an entry that the client knows from the answer to its own frame. */
  public void acknowledged(ConversationId id, long seq) {
    outbox.known(id, seq);
  }

  /** Hands over a frame that is not logged. */
  public void tell(SharedFrame frame) {
    outbox.tell(frame);
  }

  @Override
  public void close(CloseReason reason) {
    if (!gone.compareAndSet(false, true)) {
      return;
    }
    closeCode = reason.code();
    closePhrase = reason.phrase();
    leave();
    boolean told = reason == CloseReason.REPLACED || reason == CloseReason.BANNED;
    outbox.finish(
        told ? format.encode(new ServerFrame.Kicked(reason)) : null,
        () -> {
          context.wheel().disarm(this);
          connection.close(closeCode, closePhrase);
        });
    context.wheel().arm(this, context.clock().millis() + FAREWELL_MILLIS);
  }

  @Override
  public void disconnected() {
    if (gone.compareAndSet(false, true)) {
      leave();
      outbox.finish(null, () -> {});
    }
    context.wheel().disarm(this);
  }

  /** Whether the session has ended. */
  boolean gone() {
    return gone.get();
  }

  private void leave() {
    mailbox.close();
    context.registry().remove(this);
  }

  @Override
  protected void fire(long now) {
    wakeAt = Long.MAX_VALUE;
    tick(now);
  }

  private void tick(long now) {
    if (gone.get()) {
      connection.close(closeCode, closePhrase);
    } else if (expiresAt <= now) {
      close(CloseReason.UNAUTHENTICATED);
    } else if (lastHeard + context.settings().silence().toMillis() <= now) {
      close(CloseReason.SILENT);
    } else if (outbox.tick(now)) {
      close(CloseReason.SLOW_CONSUMER);
    } else {
      wakeAt(Math.min(expiresAt, lastHeard + context.settings().silence().toMillis()));
    }
  }

  @Override
  public void wakeAt(long time) {
    // Nearly every call finds an earlier time armed and costs one read.
    if (time < wakeAt) {
      synchronized (mailbox) {
        if (time < wakeAt && !gone.get()) {
          wakeAt = time;
          context.wheel().arm(this, time);
        }
      }
    }
  }

  @Override
  public void outboxFull() {
    mailbox.pause();
  }

  @Override
  public void outboxDrained() {
    mailbox.resume();
  }

  @Override
  public void catchUp() {
    context.catchUp().begin(info.userId(), outbox);
  }

  @Override
  public void connectionLost() {
    disconnected();
    connection.close(CloseReason.SILENT.code(), "the connection is broken");
  }
}
