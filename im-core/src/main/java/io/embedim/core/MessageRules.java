package io.embedim.core;

import java.time.Duration;

/**
 * What users may do with messages. The defaults are those of the project's requirements.
 *
 * @param revokeWindow how long a sender may take a message back, 0 to 10 years; 2 min. A group's
 *     owner and admins are not bound by it
 * @param editWindow how long a sender may change a message, 0 to 10 years; 24 h
 * @param keepsEdits whether what a message said before an edit stays in the store, for {@link
 *     Messages#pastContents}; false: an edit leaves no trace of it
 * @param reactionKinds how many different reactions a message may have, 1 to 1,000; 20
 * @param pinnedMessages how many messages a conversation may have pinned, 1 to 1,000; 50
 * @param membersMentionAll whether every member of a group may mention everybody at once; false:
 *     only its owner and admins
 * @param scheduledMessages how many messages a user may have scheduled, 0 to 10,000; 100
 * @param silentBlocks whether a blocked user's messages seem to be accepted, and are seen by nobody
 *     but herself; false: they are refused
 */
public record MessageRules(
    Duration revokeWindow,
    Duration editWindow,
    boolean keepsEdits,
    int reactionKinds,
    int pinnedMessages,
    boolean membersMentionAll,
    int scheduledMessages,
    boolean silentBlocks) {

  private static final Duration LONGEST = Duration.ofDays(3_650);

  public static final MessageRules DEFAULTS =
      new MessageRules(
          Duration.ofMinutes(2), Duration.ofHours(24), false, 20, 50, false, 100, false);

  /**
   * @throws IllegalArgumentException when a value is out of its range
   */
  public MessageRules {
    check("revokeWindow", revokeWindow);
    check("editWindow", editWindow);
    check("reactionKinds", reactionKinds, 1, 1_000);
    check("pinnedMessages", pinnedMessages, 1, 1_000);
    check("scheduledMessages", scheduledMessages, 0, 10_000);
  }

  /** Begins with these rules. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  private static void check(String name, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          name + " is " + value + ", expected 0 to " + LONGEST.toDays() + " days");
    }
  }

  private static void check(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " is " + value + ", expected " + min + " to " + max);
    }
  }

  /** Gathers rules; what makes no sense is refused by {@link #build()}. */
  public static final class Builder {

    private Duration revokeWindow;
    private Duration editWindow;
    private boolean keepsEdits;
    private int reactionKinds;
    private int pinnedMessages;
    private boolean membersMentionAll;
    private int scheduledMessages;
    private boolean silentBlocks;

    private Builder(MessageRules rules) {
      revokeWindow = rules.revokeWindow;
      editWindow = rules.editWindow;
      keepsEdits = rules.keepsEdits;
      reactionKinds = rules.reactionKinds;
      pinnedMessages = rules.pinnedMessages;
      membersMentionAll = rules.membersMentionAll;
      scheduledMessages = rules.scheduledMessages;
      silentBlocks = rules.silentBlocks;
    }

    /** See {@link MessageRules#revokeWindow()}. */
    public Builder revokeWindow(Duration value) {
      revokeWindow = value;
      return this;
    }

    /** See {@link MessageRules#editWindow()}. */
    public Builder editWindow(Duration value) {
      editWindow = value;
      return this;
    }

    /** See {@link MessageRules#keepsEdits()}. */
    public Builder keepsEdits(boolean value) {
      keepsEdits = value;
      return this;
    }

    /** See {@link MessageRules#reactionKinds()}. */
    public Builder reactionKinds(int value) {
      reactionKinds = value;
      return this;
    }

    /** See {@link MessageRules#pinnedMessages()}. */
    public Builder pinnedMessages(int value) {
      pinnedMessages = value;
      return this;
    }

    /** See {@link MessageRules#membersMentionAll()}. */
    public Builder membersMentionAll(boolean value) {
      membersMentionAll = value;
      return this;
    }

    /** See {@link MessageRules#scheduledMessages()}. */
    public Builder scheduledMessages(int value) {
      scheduledMessages = value;
      return this;
    }

    /** See {@link MessageRules#silentBlocks()}. */
    public Builder silentBlocks(boolean value) {
      silentBlocks = value;
      return this;
    }

    /**
     * @throws IllegalArgumentException when a value is out of its range
     */
    public MessageRules build() {
      return new MessageRules(
          revokeWindow,
          editWindow,
          keepsEdits,
          reactionKinds,
          pinnedMessages,
          membersMentionAll,
          scheduledMessages,
          silentBlocks);
    }
  }
}
