package io.embedim.core.internal.session;

import io.embedim.core.ImSettings;
import io.embedim.core.internal.time.TimingWheel;
import java.time.Clock;
import java.util.concurrent.Executor;

/** What the sessions of an engine share. */
public record SessionContext(
    ImSettings settings,
    Clock clock,
    Executor executor,
    TimingWheel wheel,
    CatchUp catchUp,
    ReceivedCursors receivedCursors,
    SessionRegistry registry) {}
