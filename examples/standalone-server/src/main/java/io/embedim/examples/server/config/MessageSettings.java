package io.embedim.examples.server.config;

import io.embedim.core.ImSettings;
import io.embedim.core.MessageRules;
import java.time.Duration;
import java.util.function.BiFunction;

/** What users may do with messages as keys of the configuration, with the engine's defaults. */
final class MessageSettings {

  private static final MessageRules DEFAULTS = MessageRules.DEFAULTS;
  private static final Duration LONGEST = Duration.ofDays(3_650);

  private final EngineSettings settings = new EngineSettings();

  private MessageSettings() {}

  static EngineSettings all() {
    return new MessageSettings()
        .time(
            "messages.revoke_window",
            DEFAULTS.revokeWindow(),
            MessageRules.Builder::revokeWindow,
            "How long a sender may take a message back. A group's owner and admins always may.")
        .time(
            "messages.edit_window",
            DEFAULTS.editWindow(),
            MessageRules.Builder::editWindow,
            "How long a sender may change a message.")
        .flag(
            "messages.keeps_edits",
            DEFAULTS.keepsEdits(),
            MessageRules.Builder::keepsEdits,
            "true keeps what a message said before an edit, for everybody who sees the message.")
        .number(
            "messages.reaction_kinds",
            1,
            1_000,
            DEFAULTS.reactionKinds(),
            MessageRules.Builder::reactionKinds,
            "Different reactions that a message may have.")
        .number(
            "messages.pinned_messages",
            1,
            1_000,
            DEFAULTS.pinnedMessages(),
            MessageRules.Builder::pinnedMessages,
            "Messages that a conversation may have pinned.")
        .flag(
            "messages.members_mention_all",
            DEFAULTS.membersMentionAll(),
            MessageRules.Builder::membersMentionAll,
            "true lets every member of a group mention everybody at once; false only its owner and"
                + " admins.")
        .number(
            "messages.scheduled_messages",
            0,
            10_000,
            DEFAULTS.scheduledMessages(),
            MessageRules.Builder::scheduledMessages,
            "Messages that a user may have scheduled to be sent later.")
        .flag(
            "messages.silent_blocks",
            DEFAULTS.silentBlocks(),
            MessageRules.Builder::silentBlocks,
            "With true a blocked user's messages seem to be accepted, and are seen by nobody but"
                + " herself; with false they are refused.")
        .settings;
  }

  private MessageSettings time(
      String key,
      Duration byDefault,
      BiFunction<MessageRules.Builder, Duration, MessageRules.Builder> setter,
      String description) {
    return add(
        key,
        ValueTypes.duration(Duration.ZERO, LONGEST),
        ValueTypes.text(byDefault),
        setter,
        description);
  }

  private MessageSettings flag(
      String key,
      boolean byDefault,
      BiFunction<MessageRules.Builder, Boolean, MessageRules.Builder> setter,
      String description) {
    return add(key, ValueTypes.bool(), Boolean.toString(byDefault), setter, description);
  }

  private MessageSettings number(
      String key,
      int min,
      int max,
      int byDefault,
      BiFunction<MessageRules.Builder, Integer, MessageRules.Builder> setter,
      String description) {
    return add(key, ValueTypes.integer(min, max), Integer.toString(byDefault), setter, description);
  }

  private <T> MessageSettings add(
      String key,
      ValueType<T> type,
      String defaultText,
      BiFunction<MessageRules.Builder, T, MessageRules.Builder> setter,
      String description) {
    settings.add(
        key,
        type,
        defaultText,
        (ImSettings.Builder builder, T value) ->
            builder.messages(rules -> setter.apply(rules, value)),
        description);
    return this;
  }
}
