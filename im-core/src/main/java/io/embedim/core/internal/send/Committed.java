package io.embedim.core.internal.send;

import io.embedim.spi.model.LogEntry;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * An entry that was just committed.
 *
 * @param originSession the session that already knows of it; null for none
 * @param recipients whom it is for: a group's members at that commit, and whoever it removed; null
 *     for whoever belongs to the conversation when it is delivered
 */
public record Committed(
    LogEntry entry, @Nullable String originSession, @Nullable Collection<String> recipients) {}
