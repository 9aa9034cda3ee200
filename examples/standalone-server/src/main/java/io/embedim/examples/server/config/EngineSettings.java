package io.embedim.examples.server.config;

import io.embedim.core.ImSettings;
import io.embedim.core.InvitePolicy;
import io.embedim.core.LoginPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The engine's own settings as keys of the configuration, with the engine's defaults. */
public final class EngineSettings {

  private static final ImSettings DEFAULTS = ImSettings.defaults();

  static final EngineSettings LIMITS = limits();
  static final EngineSettings MESSAGES = MessageSettings.all();
  static final EngineSettings SESSIONS = sessions();
  static final EngineSettings INTERNALS = InternalSettings.all();

  static final List<EngineSettings> ALL = List.of(LIMITS, MESSAGES, SESSIONS, INTERNALS);

  private final List<Binding<?>> bindings = new ArrayList<>();

  /** A key and the engine's setting behind it. */
  private record Binding<T>(Setting<T> setting, BiConsumer<ImSettings.Builder, T> setter) {

    void apply(Configuration configuration, ImSettings.Builder builder) {
      setter.accept(builder, configuration.get(setting));
    }
  }

  /**
   * Builds the engine's settings.
   *
   * @throws ConfigurationException when they do not fit together
   */
  public static ImSettings of(Configuration configuration) {
    ImSettings.Builder builder = ImSettings.builder();
    for (EngineSettings part : ALL) {
      part.bindings.forEach(binding -> binding.apply(configuration, builder));
    }
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "limits.*, messages.*, session.*, engine.* do not fit together: " + e.getMessage());
    }
  }

  List<Setting<?>> settings() {
    return bindings.stream().<Setting<?>>map(Binding::setting).toList();
  }

  private static EngineSettings limits() {
    return new EngineSettings()
        .count(
            "limits.messages_per_second",
            1_000_000,
            ImSettings::messagesPerSecond,
            ImSettings.Builder::messagesPerSecond,
            "Messages that a user may send in a second, over a longer time. What is done to"
                + " messages, changes of groups and blocks count as well.")
        .count(
            "limits.messages_burst",
            1_000_000,
            ImSettings::messagesBurst,
            ImSettings.Builder::messagesBurst,
            "Messages that a user may send at once after a pause.")
        .count(
            "limits.frames_per_second",
            1_000_000,
            ImSettings::framesPerSecond,
            ImSettings.Builder::framesPerSecond,
            "Frames of any type that a connection may send in a second, over a longer time.")
        .count(
            "limits.frames_burst",
            1_000_000,
            ImSettings::framesBurst,
            ImSettings.Builder::framesBurst,
            "Frames that a connection may send at once after a pause.")
        .count(
            "limits.errors_per_minute",
            1_000_000,
            ImSettings::errorsPerMinute,
            ImSettings.Builder::errorsPerMinute,
            "Errors that a connection may make in a minute before it is closed.")
        .number(
            "limits.max_frame_bytes",
            1_024,
            16_777_216,
            ImSettings::maxFrameBytes,
            ImSettings.Builder::maxFrameBytes,
            "The largest frame from a client.")
        .number(
            "limits.max_content_bytes",
            64,
            1_048_576,
            ImSettings::maxContentBytes,
            ImSettings.Builder::maxContentBytes,
            "The largest content of a message.")
        .count(
            "limits.sessions_per_user",
            10_000,
            ImSettings::sessionsPerUser,
            ImSettings.Builder::sessionsPerUser,
            "Connections that a user may have at a time.")
        .number(
            "limits.queue_bytes",
            16_384,
            67_108_864,
            ImSettings::queueBytes,
            ImSettings.Builder::queueBytes,
            "Bytes that may wait for a client that reads slowly.")
        .time(
            "limits.queue_age",
            ImSettings::queueAge,
            ImSettings.Builder::queueAge,
            "How long they may wait before they are dropped and later read from the log.")
        .time(
            "limits.stalled_after",
            ImSettings::stalledAfter,
            ImSettings.Builder::stalledAfter,
            "A client that has read nothing for this long is disconnected.")
        .count(
            "limits.mailbox_frames",
            100_000,
            ImSettings::mailboxFrames,
            ImSettings.Builder::mailboxFrames,
            "Frames of a connection that may wait to be handled.")
        .count(
            "limits.history_page",
            1_000,
            ImSettings::historyPage,
            ImSettings.Builder::historyPage,
            "Entries of a page of history at most.")
        .count(
            "limits.sync_page",
            1_000,
            ImSettings::syncPage,
            ImSettings.Builder::syncPage,
            "Entries of a conversation in one answer to sync at most.")
        .count(
            "limits.conversation_page",
            1_000,
            ImSettings::conversationPage,
            ImSettings.Builder::conversationPage,
            "Conversations of a page of a list, or of one answer to sync, at most.")
        .number(
            "limits.page_bytes",
            16_384,
            16_777_216,
            ImSettings::pageBytes,
            ImSettings.Builder::pageBytes,
            "Content in one page of history or sync at most, in bytes.")
        .number(
            "limits.presence_subscriptions",
            0,
            10_000,
            ImSettings::presenceSubscriptions,
            ImSettings.Builder::presenceSubscriptions,
            "Users whose presence a connection may follow.")
        .count(
            "limits.group_members",
            100_000,
            ImSettings::groupMembers,
            ImSettings.Builder::groupMembers,
            "Members that a group may have, whatever it says of itself.")
        .add(
            "limits.join_request_expiry",
            ValueTypes.duration(Duration.ofSeconds(1), Duration.ofDays(365)),
            ValueTypes.text(DEFAULTS.joinRequestExpiry()),
            ImSettings.Builder::joinRequestExpiry,
            "How long a request to join a group stays open.")
        .choice(
            "limits.invite_policy",
            InvitePolicy.class,
            ImSettings::invitePolicy,
            ImSettings.Builder::invitePolicy,
            "Who may bring users into a group beside its owner and admins: members as its join mode"
                + " allows, all members, or nobody else.");
  }

  private static EngineSettings sessions() {
    return new EngineSettings()
        .choice(
            "login_policy",
            LoginPolicy.class,
            ImSettings::loginPolicy,
            ImSettings.Builder::loginPolicy,
            "How many connections a user may have: all that limits.sessions_per_user allows, one of"
                + " each platform, or one in all. A new one takes the place of an old one.")
        .time(
            "session.auth_timeout",
            ImSettings::authTimeout,
            ImSettings.Builder::authTimeout,
            "How long a connection may take to show who it is.")
        .time(
            "session.heartbeat",
            ImSettings::heartbeat,
            ImSettings.Builder::heartbeat,
            "How often clients are asked to be heard.")
        .time(
            "session.silence",
            ImSettings::silence,
            ImSettings.Builder::silence,
            "A client that was not heard for this long is disconnected.")
        .time(
            "session.redeliver_after",
            ImSettings::redeliverAfter,
            ImSettings.Builder::redeliverAfter,
            "When a message that the receiver did not acknowledge is sent again.")
        .number(
            "session.redeliveries",
            0,
            100,
            ImSettings::redeliveries,
            ImSettings.Builder::redeliveries,
            "How often it is sent again before it is left to sync.");
  }

  private EngineSettings number(
      String key,
      int min,
      int max,
      Function<ImSettings, Integer> getter,
      BiConsumer<ImSettings.Builder, Integer> setter,
      String description) {
    return add(
        key,
        ValueTypes.integer(min, max),
        Integer.toString(getter.apply(DEFAULTS)),
        setter,
        description);
  }

  EngineSettings count(
      String key,
      int max,
      Function<ImSettings, Integer> getter,
      BiConsumer<ImSettings.Builder, Integer> setter,
      String description) {
    return number(key, 1, max, getter, setter, description);
  }

  EngineSettings time(
      String key,
      Function<ImSettings, Duration> getter,
      BiConsumer<ImSettings.Builder, Duration> setter,
      String description) {
    return add(
        key,
        ValueTypes.duration(Duration.ofMillis(10), Duration.ofDays(1)),
        ValueTypes.text(getter.apply(DEFAULTS)),
        setter,
        description);
  }

  private <E extends Enum<E>> EngineSettings choice(
      String key,
      Class<E> values,
      Function<ImSettings, E> getter,
      BiConsumer<ImSettings.Builder, E> setter,
      String description) {
    return add(
        key,
        ValueTypes.choice(values),
        getter.apply(DEFAULTS).name().toLowerCase(Locale.ROOT),
        setter,
        description);
  }

  <T> EngineSettings add(
      String key,
      ValueType<T> type,
      String defaultText,
      BiConsumer<ImSettings.Builder, T> setter,
      String description) {
    bindings.add(new Binding<>(Setting.of(key, type, defaultText, description), setter));
    return this;
  }
}
