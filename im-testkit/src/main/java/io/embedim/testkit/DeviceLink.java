package io.embedim.testkit;

import io.embedim.core.ImEngine;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.SendResult;
import io.embedim.core.SyncPage;
import io.embedim.core.session.ServerFrame;
import io.embedim.core.session.Session;
import io.embedim.core.session.SessionRequest;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.ConversationId;
import io.embedim.testkit.DeviceOptions.Acknowledgement;
import io.embedim.testkit.DeviceOptions.Frames;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A device's side of its connections: what a client and a transport do without being asked. It
 * takes what is written, acknowledges it, and is heard while time passes.
 */
final class DeviceLink implements FakeConnection.Device {

  private final ImEngine engine;
  private final RecordingFormat format;
  private final DeviceOptions options;
  private final DeviceInbox inbox;
  private final DeviceLog log;
  private volatile boolean acknowledging;
  private volatile @Nullable Session session;
  private volatile @Nullable Integer closeCode;
  private volatile FakeConnection connection;

  /** What came while the session was being opened, up to where it was complete. */
  private final Map<ConversationId, Long> unacknowledged = new ConcurrentHashMap<>();

  private boolean silent;
  private long lastHeard;

  DeviceLink(
      ImEngine engine,
      RecordingFormat format,
      DeviceOptions options,
      DeviceInbox inbox,
      DeviceLog log) {
    this.engine = engine;
    this.format = format;
    this.options = options;
    this.inbox = inbox;
    this.log = log;
    this.acknowledging = options.acknowledgement() == Acknowledgement.AUTOMATIC;
    this.connection = new FakeConnection(format, this);
  }

  void connect() {
    if (session != null) {
      throw new AssertionError(options.userId() + " is connected");
    }
    FakeConnection fresh = new FakeConnection(format, this);
    connection = fresh;
    closeCode = null;
    inbox.opened();
    lastHeard = engine.clock().millis();
    Session opened =
        engine
            .sessions()
            .open(
                new SessionRequest(
                    new Authenticator.Result.Authenticated(options.userId(), options.expiresAt()),
                    options.deviceId(),
                    options.platform(),
                    options.frames() == Frames.JOINED,
                    format,
                    info -> format.encode(new DeviceFrame.Welcome(info))),
                fresh);
    session = opened;
    if (closeCode != null) {
      // It was closed while it was being opened.
      session = null;
      opened.disconnected();
    }
    unacknowledged.forEach(opened::received);
    unacknowledged.clear();
  }

  /** The connection breaks; the server notices. */
  void drop() {
    Session live = session();
    connection.drop();
    session = null;
    inbox.closed("the connection was dropped");
    live.disconnected();
  }

  /** As a transport does with a frame: it is heard, and handled in the session's turn. */
  void handle(Runnable frame) {
    Session live = session();
    lastHeard = engine.clock().millis();
    long retryAfter = live.heard();
    if (retryAfter > 0) {
      throw new AssertionError(
          options.userId() + " sends too many frames, try again in " + retryAfter + " ms");
    }
    live.submit(frame);
  }

  /** Answers a message as a transport does. */
  void answer(String messageId, @Nullable SendResult result, @Nullable Throwable failure) {
    DeviceFrame answer =
        result == null
            ? new DeviceFrame.Refused(messageId, refusal(Objects.requireNonNull(failure)))
            : new DeviceFrame.Accepted(result);
    if (result != null && result.seq() == 0) {
      // The protocol has no answer to what is not stored; the test is told all the same.
      inbox.add(answer);
    } else {
      reply(answer);
    }
  }

  void reply(DeviceFrame answer) {
    Session live = session;
    if (live != null) {
      live.reply(format.encode(answer));
    }
  }

  /** Lets itself be heard, when it is time. */
  void beat(long now) {
    Session live = session;
    if (live != null && !silent && now - lastHeard >= engine.settings().heartbeat().toMillis()) {
      lastHeard = now;
      live.heard();
    }
  }

  void fallSilent() {
    silent = true;
  }

  void acknowledgeNothing() {
    acknowledging = false;
  }

  void take(SyncPage.Missed missed) {
    acknowledge(missed.conversation().id(), log.add(missed));
  }

  FakeConnection connection() {
    return connection;
  }

  boolean isConnected() {
    return session != null;
  }

  /** With which code the engine closed the connection; null when it did not. */
  @Nullable Integer closeCode() {
    return closeCode;
  }

  Session session() {
    Session live = session;
    if (live == null) {
      throw new AssertionError(
          options.userId()
              + " is not connected"
              + (closeCode == null ? "" : ", the engine closed with " + closeCode));
    }
    return live;
  }

  @Override
  public void received(DeviceFrame frame) {
    if (frame instanceof DeviceFrame.Told told
        && told.frame() instanceof ServerFrame.Logged logged) {
      acknowledge(logged.entry().conversationId(), log.add(logged.entry()));
    } else if (frame instanceof DeviceFrame.Accepted accepted) {
      log.sent(accepted.result());
    }
    // Last, so that a test that was waiting for the frame finds everything else done.
    inbox.add(frame);
  }

  @Override
  public void closed(int code, String phrase) {
    closeCode = code;
    Session ended = session;
    session = null;
    inbox.closed("the engine closed with " + code + ", " + phrase);
    if (ended != null) {
      ended.disconnected();
    }
  }

  private void acknowledge(ConversationId id, long upTo) {
    Session live = session;
    if (acknowledging && live != null) {
      live.received(id, upTo);
    } else if (acknowledging) {
      unacknowledged.put(id, upTo);
    }
  }

  /** What a stage failed with, as a client would see it. */
  static ImException refusal(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof ImException refusal
        ? refusal
        : new ImException(ImError.INTERNAL, cause.toString());
  }
}
