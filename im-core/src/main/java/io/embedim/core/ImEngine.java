package io.embedim.core;

import com.github.f4b6a3.uuid.UuidCreator;
import io.embedim.core.internal.StoresLookup;
import io.embedim.core.internal.group.GroupLanes;
import io.embedim.core.internal.send.AppendLanes;
import io.embedim.core.internal.send.DraftBuilder;
import io.embedim.core.internal.send.ExpiredMessages;
import io.embedim.core.internal.send.FanOut;
import io.embedim.core.internal.send.InterceptorChain;
import io.embedim.core.internal.send.LaneContext;
import io.embedim.core.internal.send.MembershipCache;
import io.embedim.core.internal.send.OutboxRelay;
import io.embedim.core.internal.send.Permits;
import io.embedim.core.internal.send.RevisionBuilder;
import io.embedim.core.internal.send.ScheduleRelay;
import io.embedim.core.internal.send.SendPath;
import io.embedim.core.internal.send.SendRules;
import io.embedim.core.internal.session.CatchUp;
import io.embedim.core.internal.session.PresenceTracker;
import io.embedim.core.internal.session.ReceivedCursors;
import io.embedim.core.internal.session.SessionContext;
import io.embedim.core.internal.session.SessionRegistry;
import io.embedim.core.internal.time.EngineExecutor;
import io.embedim.core.internal.time.Timers;
import io.embedim.core.memory.MemorySessionDirectory;
import io.embedim.core.memory.TokenBucketRateLimiter;
import io.embedim.spi.cluster.RateLimiter;
import io.embedim.spi.cluster.SessionDirectory;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.hook.ContentValidator;
import io.embedim.spi.hook.ImListener;
import io.embedim.spi.hook.MessageInterceptor;
import io.embedim.spi.hook.PresencePolicy;
import io.embedim.spi.hook.SendAuthorizer;
import io.embedim.spi.hook.UserDirectory;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine: what a host application builds once, mounts into its server through a transport, and
 * calls. It holds no connection of its own to the outside; the host hands over everything it needs.
 *
 * <p>Safe for use by many threads.
 */
public final class ImEngine implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ImEngine.class);

  /** How often the lanes look after senders who have waited too long. */
  private static final Duration LANE_CHECK = Duration.ofMillis(250);

  private final String nodeId;
  private final Clock clock;
  private final ImSettings settings;
  private final Authenticator authenticator;
  private final ImStores stores;
  private final Executor executor;
  private final @Nullable ExecutorService ownExecutor;
  private final Timers timers;
  private final Runnable stopTicker;
  private final AppendLanes lanes;
  private final ReceivedCursors receivedCursors;
  private final @Nullable OutboxRelay outboxRelay;
  private final SessionRegistry registry;
  private final PresenceTracker presenceTracker;
  private final Messages messages;
  private final Conversations conversations;
  private final @Nullable Groups groups;
  private final @Nullable Schedules schedules;
  private final @Nullable Contacts contacts;
  private final Presence presence;
  private final Sessions sessions;
  private final AtomicBoolean closed = new AtomicBoolean();

  private ImEngine(Builder builder, Authenticator authenticator) {
    this.authenticator = authenticator;
    nodeId = builder.nodeId == null ? builder.ids.get() : builder.nodeId;
    clock = builder.clock;
    settings = builder.settings;
    stores = builder.stores == null ? StoresLookup.find() : builder.stores;
    if (builder.executor == null) {
      ownExecutor = EngineExecutor.create();
      executor = ownExecutor;
    } else {
      ownExecutor = null;
      executor = builder.executor;
    }
    timers = new Timers(clock);

    MembershipCache memberships = new MembershipCache(stores, builder.userDirectory, clock);
    LaneContext laneContext = new LaneContext(stores, memberships, settings, clock);
    registry = new SessionRegistry();
    FanOut fanOut = new FanOut(registry, memberships);
    lanes = new AppendLanes(laneContext, executor, fanOut, builder.listeners);
    receivedCursors = new ReceivedCursors(lanes, fanOut);
    RateLimiter limiter =
        builder.rateLimiter == null
            ? new TokenBucketRateLimiter(settings.messagesPerSecond(), settings.messagesBurst())
            : builder.rateLimiter;
    Permits permits = new Permits(limiter, clock);
    DraftBuilder drafts = new DraftBuilder(builder.ids, settings, builder.validators);
    SendPath sendPath =
        new SendPath(
            laneContext,
            new SendRules(builder.authorizers, settings.messageRules()),
            drafts,
            permits,
            new InterceptorChain(builder.interceptors),
            lanes,
            fanOut);
    schedules =
        stores
            .schedules()
            .map(store -> new Schedules(store, drafts, sendPath, settings.messageRules(), clock))
            .orElse(null);
    contacts =
        stores
            .contacts()
            .map(store -> new Contacts(store, permits, memberships, fanOut))
            .orElse(null);
    outboxRelay =
        stores
            .outbox()
            .map(outbox -> new OutboxRelay(outbox, sendPath, builder.listeners, executor))
            .orElse(null);
    messages =
        new Messages(
            laneContext,
            drafts,
            new RevisionBuilder(drafts, builder.ids, settings.messageRules()),
            sendPath,
            fanOut);
    conversations = new Conversations(stores.conversations(), lanes, fanOut, settings, clock);
    groups =
        stores
            .groups()
            .map(
                store ->
                    new Groups(
                        store,
                        new GroupLanes(laneContext, store, lanes),
                        laneContext,
                        permits,
                        fanOut,
                        executor,
                        builder.ids))
            .orElse(null);

    SessionDirectory directory =
        builder.sessionDirectory == null ? new MemorySessionDirectory() : builder.sessionDirectory;
    presenceTracker =
        new PresenceTracker(
            directory,
            builder.presencePolicy,
            builder.listeners,
            clock,
            settings.heartbeat().multipliedBy(2));
    SessionContext sessionContext =
        new SessionContext(
            settings,
            clock,
            executor,
            timers.wheel(),
            new CatchUp(stores, clock, executor),
            receivedCursors,
            registry);
    sessions = new Sessions(sessionContext, presenceTracker, builder.ids, nodeId);
    presence = new Presence(presenceTracker, registry, settings);

    timers.every(LANE_CHECK, this::lookAfterLanes);
    timers.every(settings.receiptDelay(), this::writeReceived);
    timers.every(settings.heartbeat(), this::renewLeases);
    timers.every(settings.outboxPoll(), this::relayOutbox);
    timers.every(
        settings.purgePoll(), new ExpiredMessages(stores.messages(), clock, executor)::wake);
    stores
        .schedules()
        .map(store -> new ScheduleRelay(store, sendPath, builder.listeners, clock, executor))
        .ifPresent(relay -> timers.every(settings.schedulePoll(), relay::wake));
    stopTicker = builder.ticker.start(timers::tick);
    LOG.info("node {} is up: {}, {}", nodeId, stores.describe(), settings);
  }

  public static Builder builder() {
    return new Builder();
  }

  public Messages messages() {
    return messages;
  }

  public Conversations conversations() {
    return conversations;
  }

  /**
   * Groups, where the storage backend has them.
   *
   * @throws IllegalStateException when it has none
   */
  public Groups groups() {
    if (groups == null) {
      throw new IllegalStateException("this backend has no groups: " + stores.describe());
    }
    return groups;
  }

  /** Whether there is {@link #groups()}. */
  public boolean hasGroups() {
    return groups != null;
  }

  /**
   * Messages to be sent later, where the storage backend has them.
   *
   * @throws IllegalStateException when it has none
   */
  public Schedules schedules() {
    if (schedules == null) {
      throw new IllegalStateException(
          "this backend keeps no messages for later: " + stores.describe());
    }
    return schedules;
  }

  /** Whether there is {@link #schedules()}. */
  public boolean hasSchedules() {
    return schedules != null;
  }

  /**
   * Who has blocked whom, where the storage backend knows.
   *
   * @throws IllegalStateException when it does not
   */
  public Contacts contacts() {
    if (contacts == null) {
      throw new IllegalStateException("this backend has no contacts: " + stores.describe());
    }
    return contacts;
  }

  /** Whether there is {@link #contacts()}. */
  public boolean hasContacts() {
    return contacts != null;
  }

  public Presence presence() {
    return presence;
  }

  public Sessions sessions() {
    return sessions;
  }

  public ImSettings settings() {
    return settings;
  }

  /** What this node is called among others. */
  public String nodeId() {
    return nodeId;
  }

  /** The clock that all of the engine's times come from. */
  public Clock clock() {
    return clock;
  }

  /** Where blocking work of transports may run. */
  public Executor executor() {
    return executor;
  }

  /** Asks the authenticator who holds a token; may block. */
  public Authenticator.Result authenticate(String token) {
    return authenticator.authenticate(token);
  }

  /**
   * Runs a task later, at most a tick late.
   *
   * @param task must not block
   * @return cancels it
   */
  public Runnable schedule(Duration delay, Runnable task) {
    return timers.after(delay, task);
  }

  /**
   * Sends what the host has written into its outbox and committed, at once instead of within {@link
   * ImSettings#outboxPoll()}. Does not block; without an outbox nothing happens.
   */
  public void relayOutbox() {
    if (outboxRelay != null) {
      outboxRelay.wake();
    }
  }

  /**
   * Takes no new sessions and tells those that are open to reconnect elsewhere. What they have sent
   * is still committed and acknowledged.
   */
  public void drain() {
    sessions.drain();
  }

  /**
   * Drains, commits what waits, stores the received cursors, and releases everything, the storage
   * backend included. Takes no longer than {@link ImSettings#closeTimeout()}; what is not committed
   * by then was not acknowledged. Idempotent; whoever sends or connects afterwards gets {@code
   * unavailable}.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    drain();
    long end = System.nanoTime() + settings.closeTimeout().toNanos();
    try {
      flushCursors(end);
      if (!lanes.stop(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
        LOG.warn("not everything could be committed in time; it was not acknowledged");
      }
      lanes.giveUp();
      if (ownExecutor != null) {
        ownExecutor.shutdown();
        if (!ownExecutor.awaitTermination(
            Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
          ownExecutor.shutdownNow();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopTicker.run();
      stores.close();
    }
    LOG.info("node {} is down", nodeId);
  }

  private void flushCursors(long end) throws InterruptedException {
    try {
      receivedCursors.flush().get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("received cursors could not be stored; some messages will come again", e);
    }
  }

  /**
   * Whoever would have waited too long before the next look, which may be late, is answered now.
   */
  private void lookAfterLanes() {
    long soon = Math.min(2 * LANE_CHECK.toMillis(), settings.commitTimeout().toMillis() / 2);
    lanes.lookAfter(clock.millis() + soon);
  }

  private void writeReceived() {
    // What fails is noted again and waits for the next time.
    var unused = receivedCursors.flush();
  }

  private void renewLeases() {
    try {
      executor.execute(
          () -> {
            try {
              presenceTracker.renew(registry.all());
            } catch (StoreException e) {
              LOG.warn("presence could not be renewed", e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("the engine is closed, its leases will end", e);
    }
  }

  /** Gathers what the engine is made of. Only an authenticator has to be given. */
  public static final class Builder {

    private final List<SendAuthorizer> authorizers = new ArrayList<>();
    private final List<MessageInterceptor> interceptors = new ArrayList<>();
    private final List<ImListener> listeners = new ArrayList<>();
    private final Map<ContentType, ContentValidator> validators = new EnumMap<>(ContentType.class);
    private @Nullable ImStores stores;
    private @Nullable Authenticator authenticator;
    private @Nullable SessionDirectory sessionDirectory;
    private @Nullable RateLimiter rateLimiter;
    private @Nullable Executor executor;
    private @Nullable String nodeId;
    private UserDirectory userDirectory = UserDirectory.EVERYBODY;
    private PresencePolicy presencePolicy = PresencePolicy.EVERYBODY;
    private ImSettings settings = ImSettings.defaults();
    private Clock clock = Clock.systemUTC();
    private Supplier<String> ids = () -> UuidCreator.getTimeOrderedEpoch().toString();
    private Ticker ticker = Timers.thread();

    private Builder() {}

    /**
     * Where messages are kept; the engine closes it. Without one, a backend is looked for on the
     * class path, and without any, messages are kept in memory.
     */
    public Builder stores(ImStores stores) {
      this.stores = stores;
      return this;
    }

    /** Who tells who holds a token. */
    public Builder authenticator(Authenticator authenticator) {
      this.authenticator = authenticator;
      return this;
    }

    /** Limits and times. */
    public Builder settings(ImSettings settings) {
      this.settings = settings;
      return this;
    }

    /** Who the host's users are; by default whoever has a well-formed id. */
    public Builder userDirectory(UserDirectory userDirectory) {
      this.userDirectory = userDirectory;
      return this;
    }

    /** Adds the host's say in who may send what to whom; asked in the order of this call. */
    public Builder authorizer(SendAuthorizer authorizer) {
      authorizers.add(authorizer);
      return this;
    }

    /** Adds an interceptor; the first one is the outermost. */
    public Builder interceptor(MessageInterceptor interceptor) {
      interceptors.add(interceptor);
      return this;
    }

    /** Who says what contents of a type have to look like; by default everything is taken. */
    public Builder contentValidator(ContentType type, ContentValidator validator) {
      validators.put(type, validator);
      return this;
    }

    /** Who may see whose presence; by default everybody. */
    public Builder presencePolicy(PresencePolicy policy) {
      presencePolicy = policy;
      return this;
    }

    /** Adds a listener. */
    public Builder listener(ImListener listener) {
      listeners.add(listener);
      return this;
    }

    /** Where presence is kept; by default in this node's memory. */
    public Builder sessionDirectory(SessionDirectory sessionDirectory) {
      this.sessionDirectory = sessionDirectory;
      return this;
    }

    /** How fast users may send; by default as the settings say, counted on this node. */
    public Builder rateLimiter(RateLimiter rateLimiter) {
      this.rateLimiter = rateLimiter;
      return this;
    }

    /**
     * Where blocking work runs; it is not shut down. By default the engine's own. It must not
     * refuse tasks before the engine is closed: a queue without bound is right, because each
     * session and each lane has at most one task waiting.
     */
    public Builder executor(Executor executor) {
      this.executor = executor;
      return this;
    }

    /** What this node is called, unique among those that share a backend; by default made up. */
    public Builder nodeId(String nodeId) {
      this.nodeId = nodeId;
      return this;
    }

    /** Where all times come from; by default the system's clock. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** Makes ids of messages, sessions and nodes; by default UUIDv7. */
    public Builder ids(Supplier<String> ids) {
      this.ids = ids;
      return this;
    }

    /** Makes time pass; for tests. */
    public Builder ticker(Ticker ticker) {
      this.ticker = ticker;
      return this;
    }

    /**
     * Builds and starts the engine.
     *
     * @throws IllegalStateException when something is missing or contradicts itself
     */
    public ImEngine build() {
      if (authenticator == null) {
        throw new IllegalStateException(
            "the engine needs an authenticator(…), for example JwtAuthenticator.hs256(secret)");
      }
      return new ImEngine(this, authenticator);
    }
  }
}
