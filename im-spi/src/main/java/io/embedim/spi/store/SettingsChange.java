package io.embedim.spi.store;

import org.jspecify.annotations.Nullable;

/**
 * What a member changes about a conversation; null leaves a setting as it is.
 *
 * @param pinned see {@link io.embedim.spi.model.ConversationSettings#pinned()}
 * @param muted see {@link io.embedim.spi.model.ConversationSettings#muted()}
 * @param draft the new draft; empty removes it
 * @param hidden true hides the conversation until its next message or event
 */
public record SettingsChange(
    @Nullable Boolean pinned,
    @Nullable Boolean muted,
    @Nullable String draft,
    @Nullable Boolean hidden) {}
