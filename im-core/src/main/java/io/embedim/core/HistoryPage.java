package io.embedim.core;

import io.embedim.spi.model.LogEntry;
import java.util.List;

/**
 * A stretch of a conversation's log.
 *
 * @param entries in ascending order of sequence
 * @param hasMore whether there are more in the direction that was asked for
 */
public record HistoryPage(List<LogEntry> entries, boolean hasMore) {}
