package io.embedim.core.internal.send;

import io.embedim.spi.model.LogEntry;
import org.jspecify.annotations.Nullable;

/** An entry that was just committed, and the session that already knows of it. */
record Committed(LogEntry entry, @Nullable String originSession) {}
