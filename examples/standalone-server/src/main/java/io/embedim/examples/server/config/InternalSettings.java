package io.embedim.examples.server.config;

import io.embedim.core.ImSettings;

/** How the engine works inside, as keys of the configuration; users notice none of it. */
final class InternalSettings {

  private InternalSettings() {}

  static EngineSettings all() {
    return new EngineSettings()
        .count(
            "engine.lanes",
            256,
            ImSettings::lanes,
            ImSettings.Builder::lanes,
            "Commits that may be under way at the same time, each with a database connection.")
        .count(
            "engine.lane_queue",
            1_000_000,
            ImSettings::laneQueue,
            ImSettings.Builder::laneQueue,
            "Messages that may wait for a commit before senders are told to try later.")
        .count(
            "engine.lane_batch",
            10_000,
            ImSettings::laneBatch,
            ImSettings.Builder::laneBatch,
            "Messages that one commit takes at most.")
        .time(
            "engine.receipt_delay",
            ImSettings::receiptDelay,
            ImSettings.Builder::receiptDelay,
            "How long receipts are gathered before they are written.")
        .time(
            "engine.commit_timeout",
            ImSettings::commitTimeout,
            ImSettings.Builder::commitTimeout,
            "How long a sender waits for the commit before it is told to try again.")
        .time(
            "engine.outbox_poll",
            ImSettings::outboxPoll,
            ImSettings.Builder::outboxPoll,
            "How often messages are looked for that others wrote into the outbox table.")
        .time(
            "engine.schedule_poll",
            ImSettings::schedulePoll,
            ImSettings.Builder::schedulePoll,
            "How often messages are looked for whose time to be sent has come.")
        .time(
            "engine.purge_poll",
            ImSettings::purgePoll,
            ImSettings.Builder::purgePoll,
            "How often messages that have destroyed themselves are taken from the storage.")
        .time(
            "engine.close_timeout",
            ImSettings::closeTimeout,
            ImSettings.Builder::closeTimeout,
            "How long the server may take to stop.");
  }
}
