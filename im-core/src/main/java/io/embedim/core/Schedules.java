package io.embedim.core;

import io.embedim.core.internal.send.DraftBuilder;
import io.embedim.core.internal.send.SendPath;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.store.ScheduleStore;
import io.embedim.spi.store.ScheduleStore.Outcome;
import io.embedim.spi.store.ScheduleStore.Scheduled;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Messages to be sent later. They survive a restart, and are sent once, by whichever node gets to
 * it, within {@link ImSettings#schedulePoll()} of their time. Whether they may be sent is decided
 * when they are scheduled, and again when their time has come; those that are refused then are told
 * to the host's listeners, and stay here with the reason until their user takes them back. Safe for
 * use by many threads; methods block, and throw {@code unavailable} when the storage is away.
 */
public final class Schedules {

  private static final Duration MOST_AHEAD = Duration.ofDays(365);

  private final ScheduleStore store;
  private final DraftBuilder drafts;
  private final SendPath sendPath;
  private final MessageRules rules;
  private final Clock clock;

  Schedules(
      ScheduleStore store,
      DraftBuilder drafts,
      SendPath sendPath,
      MessageRules rules,
      Clock clock) {
    this.store = store;
    this.drafts = drafts;
    this.sendPath = sendPath;
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * Keeps a message until its time comes. A repeated command with the same message id is the first
   * one again.
   *
   * @param command a stored message
   * @param sendAt in ms since the epoch; later than now, and within 365 days
   * @return what was kept
   * @throws ImException {@code invalid_argument}, also when the user has as many as allowed; {@code
   *     message_id_taken} when another message is scheduled with this id; and as sending does
   */
  public Scheduled schedule(Caller caller, SendCommand command, long sendAt) {
    long now = clock.millis();
    if (sendAt <= now || sendAt - now > MOST_AHEAD.toMillis()) {
      throw invalid("send_at is " + sendAt + ", expected a time to come, within a year");
    }
    if (!command.stored()) {
      throw invalid("qos is 0, expected 1: what is not stored cannot be sent later");
    }
    if (rules.scheduledMessages() == 0) {
      throw invalid("no messages are sent later here");
    }
    EntryDraft draft = drafts.chat(caller, command);
    return Messages.reading(
        () -> {
          sendPath.checkAllowed(caller, draft);
          return keep(new Scheduled(scheduleId(draft), draft, sendAt));
        });
  }

  /**
   * Takes a message back, or away when it was refused.
   *
   * @throws ImException {@code message_not_found} when the user has none with this id, or it is
   *     being sent
   */
  public void cancel(String userId, String scheduleId) {
    if (!Messages.reading(() -> store.cancel(userId, scheduleId))) {
      throw new ImException(ImError.MESSAGE_NOT_FOUND, "there is no such message to be sent later");
    }
  }

  /** What a user has scheduled and is not sent, by time; among it what was refused at its time. */
  public List<Scheduled> pending(String userId) {
    return Messages.reading(() -> store.pending(userId, Math.max(1, rules.scheduledMessages())));
  }

  private Scheduled keep(Scheduled message) {
    Outcome outcome = store.schedule(message, rules.scheduledMessages());
    if (outcome instanceof Outcome.TooMany) {
      throw invalid("at most " + rules.scheduledMessages() + " messages can be scheduled");
    }
    if (outcome instanceof Outcome.IdTaken taken) {
      if (!taken.first().draft().equals(message.draft())) {
        throw new ImException(
            ImError.MESSAGE_ID_TAKEN, "another message is scheduled with this message id");
      }
      return taken.first();
    }
    return message;
  }

  /** The same for the same message of the same user, so that a command can be repeated. */
  private static String scheduleId(EntryDraft draft) {
    String name = draft.senderId() + '\n' + draft.conversationId() + '\n' + draft.messageId();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static ImException invalid(String message) {
    return new ImException(ImError.INVALID_ARGUMENT, message);
  }
}
