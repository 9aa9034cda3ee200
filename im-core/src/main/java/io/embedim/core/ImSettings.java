package io.embedim.core;

import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * The engine's limits and times. The defaults are those of the project's requirements; each can be
 * changed on the {@linkplain #builder() builder}, which refuses what makes no sense.
 */
public final class ImSettings {

  private final Builder values;

  private ImSettings(Builder values) {
    this.values = values;
  }

  public static ImSettings defaults() {
    return builder().build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * Stored and unstored messages that a user may send in a second; 10. What is done to messages,
   * changes of groups and blocks count as one each.
   */
  public int messagesPerSecond() {
    return values.messagesPerSecond;
  }

  /** Messages that a user may send at once after a pause; 20. */
  public int messagesBurst() {
    return values.messagesBurst;
  }

  /** Frames of any type that a session may send in a second; 100. */
  public int framesPerSecond() {
    return values.framesPerSecond;
  }

  /** Frames that a session may send at once after a pause; 500. */
  public int framesBurst() {
    return values.framesBurst;
  }

  /** Errors that a session may make in a minute before it is closed; 100. */
  public int errorsPerMinute() {
    return values.errorsPerMinute;
  }

  /** The largest frame from a client, in bytes; 65,536. */
  public int maxFrameBytes() {
    return values.maxFrameBytes;
  }

  /** The largest content of a message, in bytes of UTF-8; 16,384. */
  public int maxContentBytes() {
    return values.maxContentBytes;
  }

  /** How many sessions a user may have open on this node; 20. */
  public int sessionsPerUser() {
    return values.sessionsPerUser;
  }

  /** How many bytes may wait for a session that reads slowly; 524,288. */
  public int queueBytes() {
    return values.queueBytes;
  }

  /** How long they may wait before they are dropped and later read from the log; 10 s. */
  public Duration queueAge() {
    return values.queueAge;
  }

  /** After which time without any progress a session that does not read is closed; 60 s. */
  public Duration stalledAfter() {
    return values.stalledAfter;
  }

  /** How many of a session's frames may wait to be handled; 1,024. */
  public int mailboxFrames() {
    return values.mailboxFrames;
  }

  /** Entries of a page of history at most; 100. */
  public int historyPage() {
    return values.historyPage;
  }

  /** Entries of a conversation in one answer to sync at most; 200. */
  public int syncPage() {
    return values.syncPage;
  }

  /** Conversations of a page of a list, or of an answer to sync, at most; 100. */
  public int conversationPage() {
    return values.conversationPage;
  }

  /** Content in one page of history or sync at most, in bytes; 262,144. */
  public int pageBytes() {
    return values.pageBytes;
  }

  /** Users whose presence a session may follow at most; 500. */
  public int presenceSubscriptions() {
    return values.presenceSubscriptions;
  }

  /** Members that a group may have at most, whatever it says of itself; 500. */
  public int groupMembers() {
    return values.groupMembers;
  }

  /** How long a request to join a group stays open; 7 days. */
  public Duration joinRequestExpiry() {
    return values.joinRequestExpiry;
  }

  /** Who may bring users into a group; {@link InvitePolicy#BY_JOIN_MODE}. */
  public InvitePolicy invitePolicy() {
    return values.invitePolicy;
  }

  /** What users may do with messages; {@link MessageRules#DEFAULTS}. */
  public MessageRules messageRules() {
    return values.messageRules;
  }

  /** How long a connection may take to show who it is; 10 s. */
  public Duration authTimeout() {
    return values.authTimeout;
  }

  /** How often a client should be heard; 30 s. */
  public Duration heartbeat() {
    return values.heartbeat;
  }

  /** After which silence a session is closed; 90 s. */
  public Duration silence() {
    return values.silence;
  }

  /** When a frame that was not acknowledged is sent again; 10 s. */
  public Duration redeliverAfter() {
    return values.redeliverAfter;
  }

  /** How often it is sent again before it is left to sync; 3. */
  public int redeliveries() {
    return values.redeliveries;
  }

  /** How long received cursors are gathered before they are written; 1 s. */
  public Duration receiptDelay() {
    return values.receiptDelay;
  }

  /**
   * How long a sender waits for a commit before the answer is {@code unavailable}; 9 s, which with
   * the time between two looks at the clock is told before a client sends again, after 10 s.
   */
  public Duration commitTimeout() {
    return values.commitTimeout;
  }

  /** How long {@link ImEngine#close()} may take; 10 s. */
  public Duration closeTimeout() {
    return values.closeTimeout;
  }

  /** How often the host's outbox is looked at; 500 ms. */
  public Duration outboxPoll() {
    return values.outboxPoll;
  }

  /** How often messages that are scheduled are looked at; 1 s. */
  public Duration schedulePoll() {
    return values.schedulePoll;
  }

  /** How often messages that have destroyed themselves are taken from the store; 1 min. */
  public Duration purgePoll() {
    return values.purgePoll;
  }

  /** How many appends may be committed at the same time; 4. */
  public int lanes() {
    return values.lanes;
  }

  /** How many messages may wait for a lane before the answer is {@code unavailable}; 10,000. */
  public int laneQueue() {
    return values.laneQueue;
  }

  /** How many messages a lane commits together at most; 1,000. */
  public int laneBatch() {
    return values.laneBatch;
  }

  /** How many sessions a user may have at a time; {@link LoginPolicy#ALL}. */
  public LoginPolicy loginPolicy() {
    return values.loginPolicy;
  }

  @Override
  public String toString() {
    return values.toString();
  }

  /**
   * Gathers settings; each setter refuses a value that makes no sense and names what is allowed.
   */
  public static final class Builder {

    private int messagesPerSecond = 10;
    private int messagesBurst = 20;
    private int framesPerSecond = 100;
    private int framesBurst = 500;
    private int errorsPerMinute = 100;
    private int maxFrameBytes = 64 * 1024;
    private int maxContentBytes = 16 * 1024;
    private int sessionsPerUser = 20;
    private int queueBytes = 512 * 1024;
    private Duration queueAge = Duration.ofSeconds(10);
    private Duration stalledAfter = Duration.ofSeconds(60);
    private int mailboxFrames = 1024;
    private int historyPage = 100;
    private int syncPage = 200;
    private int conversationPage = 100;
    private int pageBytes = 256 * 1024;
    private int presenceSubscriptions = 500;
    private int groupMembers = 500;
    private Duration joinRequestExpiry = Duration.ofDays(7);
    private InvitePolicy invitePolicy = InvitePolicy.BY_JOIN_MODE;
    private MessageRules messageRules = MessageRules.DEFAULTS;
    private Duration authTimeout = Duration.ofSeconds(10);
    private Duration heartbeat = Duration.ofSeconds(30);
    private Duration silence = Duration.ofSeconds(90);
    private Duration redeliverAfter = Duration.ofSeconds(10);
    private int redeliveries = 3;
    private Duration receiptDelay = Duration.ofSeconds(1);
    private Duration commitTimeout = Duration.ofSeconds(9);
    private Duration closeTimeout = Duration.ofSeconds(10);
    private Duration outboxPoll = Duration.ofMillis(500);
    private Duration schedulePoll = Duration.ofSeconds(1);
    private Duration purgePoll = Duration.ofMinutes(1);
    private int lanes = 4;
    private int laneQueue = 10_000;
    private int laneBatch = 1_000;
    private LoginPolicy loginPolicy = LoginPolicy.ALL;

    private Builder() {}

    private Builder(Builder other) {
      messagesPerSecond = other.messagesPerSecond;
      messagesBurst = other.messagesBurst;
      framesPerSecond = other.framesPerSecond;
      framesBurst = other.framesBurst;
      errorsPerMinute = other.errorsPerMinute;
      maxFrameBytes = other.maxFrameBytes;
      maxContentBytes = other.maxContentBytes;
      sessionsPerUser = other.sessionsPerUser;
      queueBytes = other.queueBytes;
      queueAge = other.queueAge;
      stalledAfter = other.stalledAfter;
      mailboxFrames = other.mailboxFrames;
      historyPage = other.historyPage;
      syncPage = other.syncPage;
      conversationPage = other.conversationPage;
      pageBytes = other.pageBytes;
      presenceSubscriptions = other.presenceSubscriptions;
      groupMembers = other.groupMembers;
      joinRequestExpiry = other.joinRequestExpiry;
      invitePolicy = other.invitePolicy;
      messageRules = other.messageRules;
      authTimeout = other.authTimeout;
      heartbeat = other.heartbeat;
      silence = other.silence;
      redeliverAfter = other.redeliverAfter;
      redeliveries = other.redeliveries;
      receiptDelay = other.receiptDelay;
      commitTimeout = other.commitTimeout;
      closeTimeout = other.closeTimeout;
      outboxPoll = other.outboxPoll;
      schedulePoll = other.schedulePoll;
      purgePoll = other.purgePoll;
      lanes = other.lanes;
      laneQueue = other.laneQueue;
      laneBatch = other.laneBatch;
      loginPolicy = other.loginPolicy;
    }

    public ImSettings build() {
      if (silence.compareTo(heartbeat) <= 0) {
        throw new IllegalArgumentException(
            "silence is " + silence + ", expected more than the heartbeat of " + heartbeat);
      }
      return new ImSettings(new Builder(this));
    }

    /** See {@link ImSettings#messagesPerSecond()}; 1 to 1,000,000. */
    public Builder messagesPerSecond(int value) {
      messagesPerSecond = inRange("messagesPerSecond", value, 1, 1_000_000);
      return this;
    }

    /** See {@link ImSettings#messagesBurst()}; 1 to 1,000,000. */
    public Builder messagesBurst(int value) {
      messagesBurst = inRange("messagesBurst", value, 1, 1_000_000);
      return this;
    }

    /** See {@link ImSettings#framesPerSecond()}; 1 to 1,000,000. */
    public Builder framesPerSecond(int value) {
      framesPerSecond = inRange("framesPerSecond", value, 1, 1_000_000);
      return this;
    }

    /** See {@link ImSettings#framesBurst()}; 1 to 1,000,000. */
    public Builder framesBurst(int value) {
      framesBurst = inRange("framesBurst", value, 1, 1_000_000);
      return this;
    }

    /** See {@link ImSettings#errorsPerMinute()}; 1 to 1,000,000. */
    public Builder errorsPerMinute(int value) {
      errorsPerMinute = inRange("errorsPerMinute", value, 1, 1_000_000);
      return this;
    }

    /** See {@link ImSettings#maxFrameBytes()}; 1,024 to 16,777,216. */
    public Builder maxFrameBytes(int value) {
      maxFrameBytes = inRange("maxFrameBytes", value, 1_024, 16_777_216);
      return this;
    }

    /** See {@link ImSettings#maxContentBytes()}; 64 to 1,048,576. */
    public Builder maxContentBytes(int value) {
      maxContentBytes = inRange("maxContentBytes", value, 64, 1_048_576);
      return this;
    }

    /** See {@link ImSettings#sessionsPerUser()}; 1 to 10,000. */
    public Builder sessionsPerUser(int value) {
      sessionsPerUser = inRange("sessionsPerUser", value, 1, 10_000);
      return this;
    }

    /** See {@link ImSettings#queueBytes()}; 16,384 to 67,108,864. */
    public Builder queueBytes(int value) {
      queueBytes = inRange("queueBytes", value, 16_384, 67_108_864);
      return this;
    }

    /** See {@link ImSettings#queueAge()}; 10 ms to 1 day. */
    public Builder queueAge(Duration value) {
      queueAge = inRange("queueAge", value, Duration.ofMillis(10), Duration.ofDays(1));
      return this;
    }

    /** See {@link ImSettings#stalledAfter()}; 10 ms to 1 day. */
    public Builder stalledAfter(Duration value) {
      stalledAfter = inRange("stalledAfter", value, Duration.ofMillis(10), Duration.ofDays(1));
      return this;
    }

    /** See {@link ImSettings#mailboxFrames()}; 1 to 100,000. */
    public Builder mailboxFrames(int value) {
      mailboxFrames = inRange("mailboxFrames", value, 1, 100_000);
      return this;
    }

    /** See {@link ImSettings#historyPage()}; 1 to 1,000. */
    public Builder historyPage(int value) {
      historyPage = inRange("historyPage", value, 1, 1_000);
      return this;
    }

    /** See {@link ImSettings#syncPage()}; 1 to 1,000. */
    public Builder syncPage(int value) {
      syncPage = inRange("syncPage", value, 1, 1_000);
      return this;
    }

    /** See {@link ImSettings#conversationPage()}; 1 to 1,000. */
    public Builder conversationPage(int value) {
      conversationPage = inRange("conversationPage", value, 1, 1_000);
      return this;
    }

    /** See {@link ImSettings#pageBytes()}; 16,384 to 16,777,216. */
    public Builder pageBytes(int value) {
      pageBytes = inRange("pageBytes", value, 16_384, 16_777_216);
      return this;
    }

    /** See {@link ImSettings#presenceSubscriptions()}; 0 to 10,000. */
    public Builder presenceSubscriptions(int value) {
      presenceSubscriptions = inRange("presenceSubscriptions", value, 0, 10_000);
      return this;
    }

    /** See {@link ImSettings#groupMembers()}; 1 to 100,000. */
    public Builder groupMembers(int value) {
      groupMembers = inRange("groupMembers", value, 1, 100_000);
      return this;
    }

    /** See {@link ImSettings#joinRequestExpiry()}; 1 s to 365 days. */
    public Builder joinRequestExpiry(Duration value) {
      joinRequestExpiry =
          inRange("joinRequestExpiry", value, Duration.ofSeconds(1), Duration.ofDays(365));
      return this;
    }

    /** See {@link ImSettings#invitePolicy()}. */
    public Builder invitePolicy(InvitePolicy value) {
      invitePolicy = value;
      return this;
    }

    /**
     * Changes some of {@link ImSettings#messageRules()}, for example {@code messages(rules ->
     * rules.reactionKinds(5))}.
     *
     * @throws IllegalArgumentException when a value is out of its range
     */
    public Builder messages(UnaryOperator<MessageRules.Builder> change) {
      messageRules = change.apply(messageRules.toBuilder()).build();
      return this;
    }

    /** See {@link ImSettings#authTimeout()}; 10 ms to 1 day. */
    public Builder authTimeout(Duration value) {
      authTimeout = inRange("authTimeout", value, Duration.ofMillis(10), Duration.ofDays(1));
      return this;
    }

    /** See {@link ImSettings#heartbeat()}; 10 ms to 1 day. */
    public Builder heartbeat(Duration value) {
      heartbeat = inRange("heartbeat", value, Duration.ofMillis(10), Duration.ofDays(1));
      return this;
    }

    /** See {@link ImSettings#silence()}; 10 ms to 1 day. */
    public Builder silence(Duration value) {
      silence = inRange("silence", value, Duration.ofMillis(10), Duration.ofDays(1));
      return this;
    }

    /** See {@link ImSettings#redeliverAfter()}; 10 ms to 1 day. */
    public Builder redeliverAfter(Duration value) {
      redeliverAfter = inRange("redeliverAfter", value, Duration.ofMillis(10), Duration.ofDays(1));
      return this;
    }

    /** See {@link ImSettings#redeliveries()}; 0 to 100. */
    public Builder redeliveries(int value) {
      redeliveries = inRange("redeliveries", value, 0, 100);
      return this;
    }

    /** See {@link ImSettings#receiptDelay()}; 10 ms to 1 day. */
    public Builder receiptDelay(Duration value) {
      receiptDelay = inRange("receiptDelay", value, Duration.ofMillis(10), Duration.ofDays(1));
      return this;
    }

    /** See {@link ImSettings#commitTimeout()}; 10 ms to 1 day. */
    public Builder commitTimeout(Duration value) {
      commitTimeout = inRange("commitTimeout", value, Duration.ofMillis(10), Duration.ofDays(1));
      return this;
    }

    /** See {@link ImSettings#closeTimeout()}; 10 ms to 1 day. */
    public Builder closeTimeout(Duration value) {
      closeTimeout = inRange("closeTimeout", value, Duration.ofMillis(10), Duration.ofDays(1));
      return this;
    }

    /** See {@link ImSettings#outboxPoll()}; 10 ms to 1 day. */
    public Builder outboxPoll(Duration value) {
      outboxPoll = inRange("outboxPoll", value, Duration.ofMillis(10), Duration.ofDays(1));
      return this;
    }

    /** See {@link ImSettings#schedulePoll()}; 10 ms to 1 day. */
    public Builder schedulePoll(Duration value) {
      schedulePoll = inRange("schedulePoll", value, Duration.ofMillis(10), Duration.ofDays(1));
      return this;
    }

    /** See {@link ImSettings#purgePoll()}; 10 ms to 1 day. */
    public Builder purgePoll(Duration value) {
      purgePoll = inRange("purgePoll", value, Duration.ofMillis(10), Duration.ofDays(1));
      return this;
    }

    /** See {@link ImSettings#lanes()}; 1 to 256. */
    public Builder lanes(int value) {
      lanes = inRange("lanes", value, 1, 256);
      return this;
    }

    /** See {@link ImSettings#laneQueue()}; 1 to 1,000,000. */
    public Builder laneQueue(int value) {
      laneQueue = inRange("laneQueue", value, 1, 1_000_000);
      return this;
    }

    /** See {@link ImSettings#laneBatch()}; 1 to 10,000. */
    public Builder laneBatch(int value) {
      laneBatch = inRange("laneBatch", value, 1, 10_000);
      return this;
    }

    /** See {@link ImSettings#loginPolicy()}. */
    public Builder loginPolicy(LoginPolicy value) {
      loginPolicy = value;
      return this;
    }

    private static int inRange(String name, int value, int min, int max) {
      if (value < min || value > max) {
        throw new IllegalArgumentException(
            name + " is " + value + ", expected " + min + " to " + max);
      }
      return value;
    }

    private static Duration inRange(String name, Duration value, Duration min, Duration max) {
      if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
        throw new IllegalArgumentException(
            name + " is " + value + ", expected " + min + " to " + max);
      }
      return value;
    }

    @Override
    public String toString() {
      return "messagesPerSecond="
          + messagesPerSecond
          + ", messagesBurst="
          + messagesBurst
          + ", framesPerSecond="
          + framesPerSecond
          + ", framesBurst="
          + framesBurst
          + ", errorsPerMinute="
          + errorsPerMinute
          + ", maxFrameBytes="
          + maxFrameBytes
          + ", maxContentBytes="
          + maxContentBytes
          + ", sessionsPerUser="
          + sessionsPerUser
          + ", queueBytes="
          + queueBytes
          + ", queueAge="
          + queueAge
          + ", stalledAfter="
          + stalledAfter
          + ", mailboxFrames="
          + mailboxFrames
          + ", historyPage="
          + historyPage
          + ", syncPage="
          + syncPage
          + ", conversationPage="
          + conversationPage
          + ", pageBytes="
          + pageBytes
          + ", presenceSubscriptions="
          + presenceSubscriptions
          + ", groupMembers="
          + groupMembers
          + ", joinRequestExpiry="
          + joinRequestExpiry
          + ", invitePolicy="
          + invitePolicy
          + ", "
          + messageRules
          + ", authTimeout="
          + authTimeout
          + ", heartbeat="
          + heartbeat
          + ", silence="
          + silence
          + ", redeliverAfter="
          + redeliverAfter
          + ", redeliveries="
          + redeliveries
          + ", receiptDelay="
          + receiptDelay
          + ", commitTimeout="
          + commitTimeout
          + ", closeTimeout="
          + closeTimeout
          + ", outboxPoll="
          + outboxPoll
          + ", schedulePoll="
          + schedulePoll
          + ", purgePoll="
          + purgePoll
          + ", lanes="
          + lanes
          + ", laneQueue="
          + laneQueue
          + ", laneBatch="
          + laneBatch
          + ", loginPolicy="
          + loginPolicy;
    }
  }
}
