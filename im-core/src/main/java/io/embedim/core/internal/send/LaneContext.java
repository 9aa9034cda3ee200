package io.embedim.core.internal.send;

import io.embedim.core.ImSettings;
import io.embedim.spi.store.ImStores;
import java.time.Clock;

/** What the lanes of an engine share. */
public record LaneContext(
    ImStores stores, MembershipCache memberships, ImSettings settings, Clock clock) {}
