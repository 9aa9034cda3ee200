package io.embedim.testkit;

import io.embedim.core.Caller;
import io.embedim.core.ImException;
import io.embedim.core.PresenceState;
import io.embedim.core.ReviseCommand;
import io.embedim.core.SendCommand;
import io.embedim.core.SendResult;
import io.embedim.core.SyncPage;
import io.embedim.core.SyncQuery;
import io.embedim.core.session.ServerFrame;
import io.embedim.core.session.Session;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.LogEntry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user's device that is connected to an {@link ImTestEngine}. It behaves as the protocol asks of
 * a client: it keeps the logs, acknowledges what arrives, and lets itself be heard while time
 * passes, unless it is told not to.
 *
 * <p>What it expects it waits for, up to 30 s; a test that succeeds waits no longer than it has to.
 * The methods are for the test's thread; whatever is expected and does not hold is an {@link
 * AssertionError} that says what came instead.
 */
public final class FakeDevice {

  private final ImTestEngine im;
  private final DeviceOptions options;
  private final DeviceInbox inbox;
  private final DeviceLog log = new DeviceLog();
  private final DeviceLink link;

  FakeDevice(ImTestEngine im, DeviceOptions options) {
    this.im = im;
    this.options = options;
    this.inbox = new DeviceInbox(options.userId());
    this.link = new DeviceLink(im.engine(), im.format(), options, inbox, log);
  }

  // What it does.

  /** Sends a text to a user and waits until it is accepted. */
  public SendResult sends(String toUserId, String text) {
    return accepted(submits(toUserId, text));
  }

  /** Sends a message and waits until it is accepted. */
  public SendResult sends(SendCommand command) {
    return accepted(submits(command));
  }

  /** Sends a text to a user, waits for nothing, and tells the message's id. */
  public String submits(String toUserId, String text) {
    return submits(SendCommand.of(with(toUserId), Content.text(text)));
  }

  /** Sends a message, which gets an id if it has none, waits for nothing, and tells the id. */
  public String submits(SendCommand command) {
    String messageId = command.messageId() == null ? im.nextId() : command.messageId();
    ConversationId id = command.conversationId();
    SendCommand named =
        new SendCommand(id, messageId, command.content(), command.options(), command.stored());
    log.sending(
        new EntryDraft(
            id,
            id.isGroup() ? EntryType.GROUP_CHAT : EntryType.SINGLE_CHAT,
            messageId,
            userId(),
            named.content(),
            named.options(),
            null));
    Caller caller = caller();
    link.handle(
        () ->
            im.engine()
                .messages()
                .send(caller, named)
                .whenComplete((result, failure) -> link.answer(messageId, result, failure)));
    return messageId;
  }

  /**
   * Does something to a message of its log, waits for nothing, and tells the command's id, made
   * when it has none.
   */
  public String submits(ReviseCommand command) {
    String messageId = command.messageId() == null ? im.nextId() : command.messageId();
    ReviseCommand named =
        new ReviseCommand(
            command.conversationId(), command.targetMessageId(), command.change(), messageId);
    log.sending(Revising.draft(userId(), messageId, named));
    Caller caller = caller();
    link.handle(
        () ->
            im.engine()
                .messages()
                .revise(caller, named)
                .whenComplete((result, failure) -> link.answer(messageId, result, failure)));
    return messageId;
  }

  /** Tells a user that this one is typing. */
  public void types(String toUserId) {
    Caller caller = caller();
    link.handle(() -> im.engine().messages().typing(caller, with(toUserId)));
    im.settle();
  }

  /** Has read a conversation up to {@code seq}; waits until that is stored. */
  public void reads(ConversationId id, long seq) {
    im.await(im.engine().conversations().read(caller(), id, seq));
    im.settle();
  }

  /** Says that everything up to {@code seq} arrived. */
  public void acknowledges(ConversationId id, long seq) {
    Session session = session();
    link.handle(() -> session.received(id, seq));
  }

  /** From now on it acknowledges only what the test tells it to. */
  public void acknowledgesNothing() {
    link.acknowledgeNothing();
  }

  /** Follows the presence of users and gets their states. */
  public List<PresenceState> subscribes(String... userIds) {
    return im.engine().presence().subscribe(session(), List.of(userIds));
  }

  /** Follows the presence of users no longer. */
  public void unsubscribes(String... userIds) {
    im.engine().presence().unsubscribe(session(), List.of(userIds));
  }

  /** Shows a fresh token that is good until {@code expiry}. */
  public void renews(Instant expiry) {
    session().renew(new Authenticator.Result.Authenticated(userId(), expiry.toEpochMilli()));
  }

  /** Reads nothing more: what is written to it stays under way. */
  public void stopsReading() {
    link.connection().stopReading();
  }

  /** Reads what was kept waiting, and goes on reading. */
  public void readsAgain() {
    link.connection().read();
    im.settle();
  }

  /** Lets itself be heard no more. */
  public void fallsSilent() {
    link.fallSilent();
  }

  /** Its connection breaks, and the server notices. What was under way is lost. */
  public void drops() {
    link.drop();
    im.settle();
  }

  /** Connects anew, with what it knew before, and syncs. */
  public void reconnects() {
    link.connect();
    syncs();
  }

  /** Asks for what it has missed until there is nothing more. */
  public void syncs() {
    boolean more = true;
    while (more) {
      SyncQuery query = new SyncQuery(log.cursors(), options.syncLimit(), 0);
      SyncPage page = im.engine().messages().sync(userId(), query);
      page.conversations().forEach(link::take);
      more = page.hasMore();
    }
  }

  // What it expects.

  /**
   * The next message that came by itself and was not looked at yet has this text. What a sync
   * brought is in the {@link #log} only.
   */
  public EntryDraft receives(String text) {
    EntryDraft next = inbox.take("the message '" + text + "'", FakeDevice::message);
    if (!next.content().plainText().equals(text)) {
      throw unexpected("the message '" + text + "'", "'" + next.content().plainText() + "'");
    }
    return next;
  }

  /** No message came that was not looked at. */
  public void receivesNothing() {
    im.settle();
    if (!inbox.unseen(FakeDevice::message).isEmpty()) {
      throw unexpected("no message", inbox.unseen(FakeDevice::message).toString());
    }
  }

  /** The next frame of this type that was not looked at yet. */
  public <T extends ServerFrame> T hears(Class<T> type) {
    return inbox.take("a frame of type " + type.getSimpleName(), frame -> told(frame, type));
  }

  /** No frame of this type came that was not looked at; {@code ServerFrame} means any. */
  public void hearsNo(Class<? extends ServerFrame> type) {
    im.settle();
    List<?> frames = inbox.unseen(frame -> told(frame, type));
    if (!frames.isEmpty()) {
      throw unexpected("no frame of type " + type.getSimpleName(), frames.toString());
    }
  }

  /** The message is accepted; everybody who is connected and reads has it then. */
  public SendResult accepted(String messageId) {
    DeviceFrame answer = answered(messageId);
    if (answer instanceof DeviceFrame.Accepted accepted) {
      im.settle();
      return accepted.result();
    }
    throw unexpected("an ACK of " + messageId, answer.toString());
  }

  /** The message is refused. */
  public ImException refused(String messageId) {
    DeviceFrame answer = answered(messageId);
    if (answer instanceof DeviceFrame.Refused refused) {
      return refused.error();
    }
    throw unexpected("a refusal of " + messageId, answer.toString());
  }

  /** The message has not been answered so far. */
  public void hasNoAnswerTo(String messageId) {
    im.settle();
    if (!inbox.unseen(frame -> answerTo(frame, messageId)).isEmpty()) {
      throw unexpected("no answer to " + messageId, answered(messageId).toString());
    }
  }

  /** Waits until the engine closes the connection, and tells with which code. */
  public int closeCode() {
    inbox.awaitClosed();
    Integer code = link.closeCode();
    if (code == null) {
      throw unexpected("to be closed by the engine", "dropped by itself");
    }
    return code;
  }

  // What it knows.

  public String userId() {
    return options.userId();
  }

  /** The conversation with another user. */
  public ConversationId with(String otherUserId) {
    return ConversationId.direct(userId(), otherUserId);
  }

  public boolean isConnected() {
    return link.isConnected();
  }

  /** The live session, as its transport has it. */
  public Session session() {
    return link.session();
  }

  /** As whom, and as which session, this device calls the engine. */
  public Caller caller() {
    return new Caller(userId(), session().info().sessionId());
  }

  /** Everything that it was sent so far, in order, over all of its connections. */
  public List<DeviceFrame> frames() {
    return inbox.all();
  }

  /** A conversation's log, as far as it is known here, in order. */
  public List<LogEntry> log(ConversationId id) {
    return log.of(id);
  }

  /** How many logged entries came by themselves though they were known. */
  public int repeats() {
    return log.repeats();
  }

  DeviceLink link() {
    return link;
  }

  private DeviceFrame answered(String messageId) {
    return inbox.take("an answer to " + messageId, frame -> answerTo(frame, messageId));
  }

  private AssertionError unexpected(String expected, String actual) {
    return new AssertionError(
        userId()
            + " expected "
            + expected
            + ", but got "
            + actual
            + "; what else came and was not looked at: "
            + inbox.unseen(frame -> frame));
  }

  private static @Nullable DeviceFrame answerTo(DeviceFrame frame, String messageId) {
    if (frame instanceof DeviceFrame.Accepted accepted) {
      return accepted.result().messageId().equals(messageId) ? frame : null;
    }
    return frame instanceof DeviceFrame.Refused refused && refused.messageId().equals(messageId)
        ? frame
        : null;
  }

  private static @Nullable EntryDraft message(DeviceFrame frame) {
    ServerFrame.Logged logged = told(frame, ServerFrame.Logged.class);
    if (logged != null) {
      return logged.entry().draft();
    }
    ServerFrame.Transient unstored = told(frame, ServerFrame.Transient.class);
    return unstored == null ? null : unstored.draft();
  }

  private static <T extends ServerFrame> @Nullable T told(DeviceFrame frame, Class<T> type) {
    return frame instanceof DeviceFrame.Told told && type.isInstance(told.frame())
        ? type.cast(told.frame())
        : null;
  }
}
