package io.embedim.testkit;

import io.embedim.core.Caller;
import io.embedim.core.ImEngine;
import io.embedim.core.ImSettings;
import io.embedim.core.memory.MemoryStores;
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
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.ImStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * An engine for unit tests: in memory, with a clock that moves when the test moves it, and with
 * fake devices.
 *
 * <pre>{@code
 * try (ImTestEngine im = ImTestEngine.start()) {
 *   FakeDevice alice = im.connect("alice");
 *   FakeDevice bob = im.connect("bob");
 *
 *   alice.sends("bob", "hi");
 *   bob.receives("hi");
 *
 *   bob.drops();
 *   alice.sends("bob", "still there?");
 *   im.advance(Duration.ofHours(1));
 *   bob.reconnects();
 *   LogEntry missed = bob.log(bob.with("alice")).get(1);
 *   assertThat(missed.draft().content().plainText()).isEqualTo("still there?");
 * }
 * }</pre>
 *
 * <p>It is deterministic. Blocking work runs on the thread that asks for it, all conversations go
 * through one lane, nothing happens by itself as time passes, and every id is counted. A message
 * that was accepted has been delivered to every device that reads.
 *
 * <p>The methods are for the test's thread.
 */
public final class ImTestEngine implements AutoCloseable {

  /** How exact the engine's own time-outs are; time does not pass in larger steps. */
  private static final Duration STEP = Duration.ofMillis(100);

  /** A long time passes in larger steps than {@link #STEP}, so that a test does not take long. */
  private static final int MOST_STEPS = 10_000;

  /** Has no conversation. */
  static final String NOBODY = "nobody-at-all";

  private final MovableClock clock;
  private final FaultyStores stores;
  private final RecordingFormat format = new RecordingFormat();
  private final List<FakeDevice> devices = new CopyOnWriteArrayList<>();
  private final AtomicLong ids = new AtomicLong();
  private final ImEngine engine;
  private Runnable crank = () -> {};

  private ImTestEngine(Builder builder) {
    clock = MovableClock.at(builder.startingAt);
    stores = FaultyStores.around(builder.stores);
    ImEngine.Builder base =
        ImEngine.builder()
            .stores(stores)
            .authenticator(builder.authenticator)
            .settings(builder.settings.apply(ImSettings.builder()).lanes(1).build())
            .clock(clock)
            .nodeId("test-node")
            .ids(this::nextId)
            .executor(Runnable::run)
            .ticker(
                tick -> {
                  crank = tick;
                  return () -> crank = () -> {};
                });
    for (UnaryOperator<ImEngine.Builder> part : builder.parts) {
      base = part.apply(base);
    }
    engine = base.build();
  }

  /** Starts an engine with the defaults of production. */
  public static ImTestEngine start() {
    return builder().start();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Connects a device that behaves. */
  public FakeDevice connect(String userId) {
    return connect(device(userId));
  }

  /** Connects a device. */
  public FakeDevice connect(DeviceOptions options) {
    FakeDevice device = new FakeDevice(this, options);
    devices.add(device);
    device.link().connect();
    return device;
  }

  /** Describes a device, to be changed and connected. */
  public DeviceOptions device(String userId) {
    return DeviceOptions.of(userId);
  }

  /** The engine under test. */
  public ImEngine engine() {
    return engine;
  }

  /** The clock; moving it by itself makes no time-out fire, {@link #advance} does. */
  public MovableClock clock() {
    return clock;
  }

  /** The storage, where calls can be made to fail or to hang. */
  public FaultyStores stores() {
    return stores;
  }

  /**
   * Lets time pass: clock and time-outs move together, in steps of 100 ms, and devices let
   * themselves be heard.
   */
  public void advance(Duration duration) {
    // In whole milliseconds, which is what the clock counts.
    Duration step = Duration.ofMillis(duration.toMillis() / MOST_STEPS);
    step = step.compareTo(STEP) < 0 ? STEP : step;
    settle();
    for (Duration left = duration; !left.isNegative() && !left.isZero(); ) {
      Duration now = left.compareTo(step) < 0 ? left : step;
      left = left.minus(now);
      clock.advance(now);
      tick();
    }
  }

  /** Makes the engine look at its clock, which may have been moved or set. */
  public void tick() {
    long now = clock.millis();
    devices.forEach(device -> device.link().beat(now));
    crank.run();
    settle();
  }

  /**
   * Waits until everything that was asked for so far is committed and delivered, or hangs at a
   * {@link FaultPoint}.
   */
  public void settle() {
    if (stores.anyHeld().isDone()) {
      return;
    }
    // A question that changes nothing, and that waits behind everything else in the only lane.
    CompletableFuture<?> behindAll =
        engine
            .conversations()
            .read(Caller.user(NOBODY), ConversationId.direct(NOBODY, NOBODY), 0)
            .toCompletableFuture();
    finish(CompletableFuture.anyOf(behindAll, stores.anyHeld()));
  }

  /** Ends all faults and closes the engine. */
  @Override
  public void close() {
    stores.heal();
    engine.close();
  }

  /** The result of a stage that is expected to succeed soon. */
  <T> T await(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    finish(future);
    try {
      return future.join();
    } catch (RuntimeException e) {
      throw new AssertionError("expected success, but: " + DeviceLink.refusal(e), e);
    }
  }

  RecordingFormat format() {
    return format;
  }

  String nextId() {
    return "id-" + ids.incrementAndGet();
  }

  private static void finish(CompletableFuture<?> future) {
    try {
      // How it ended is for the caller.
      var unused = future.handle((result, failure) -> true).get(Patience.SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the engine did not finish within " + Patience.SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for the engine", e);
    }
  }

  /** Gathers what the engine is made of; everything has a default. */
  public static final class Builder {

    private final List<UnaryOperator<ImEngine.Builder>> parts = new ArrayList<>();
    private UnaryOperator<ImSettings.Builder> settings = UnaryOperator.identity();
    private Authenticator authenticator =
        token -> new Authenticator.Result.Authenticated(token, Long.MAX_VALUE);
    private ImStores stores = MemoryStores.create();
    private Instant startingAt = Instant.parse("2026-01-01T00:00:00Z");

    private Builder() {}

    /** Changes limits and times; the number of lanes is always one. */
    public Builder settings(UnaryOperator<ImSettings.Builder> change) {
      settings = change;
      return this;
    }

    /** Where messages are kept; by default in memory. The engine closes it. */
    public Builder stores(ImStores value) {
      stores = value;
      return this;
    }

    /** Who tells who holds a token; by default a token is the id of its user. */
    public Builder authenticator(Authenticator value) {
      authenticator = value;
      return this;
    }

    /** See {@link ImEngine.Builder#userDirectory}. */
    public Builder userDirectory(UserDirectory users) {
      return part(engine -> engine.userDirectory(users));
    }

    /** See {@link ImEngine.Builder#authorizer}. */
    public Builder authorizer(SendAuthorizer authorizer) {
      return part(engine -> engine.authorizer(authorizer));
    }

    /** See {@link ImEngine.Builder#interceptor}. */
    public Builder interceptor(MessageInterceptor interceptor) {
      return part(engine -> engine.interceptor(interceptor));
    }

    /** See {@link ImEngine.Builder#contentValidator}. */
    public Builder contentValidator(ContentType type, ContentValidator validator) {
      return part(engine -> engine.contentValidator(type, validator));
    }

    /** See {@link ImEngine.Builder#presencePolicy}. */
    public Builder presencePolicy(PresencePolicy policy) {
      return part(engine -> engine.presencePolicy(policy));
    }

    /** See {@link ImEngine.Builder#listener}. */
    public Builder listener(ImListener listener) {
      return part(engine -> engine.listener(listener));
    }

    /** See {@link ImEngine.Builder#sessionDirectory}. */
    public Builder sessionDirectory(SessionDirectory directory) {
      return part(engine -> engine.sessionDirectory(directory));
    }

    /** See {@link ImEngine.Builder#rateLimiter}. */
    public Builder rateLimiter(RateLimiter limiter) {
      return part(engine -> engine.rateLimiter(limiter));
    }

    /** When the clock begins; by default with the year 2026. */
    public Builder startingAt(Instant value) {
      startingAt = value;
      return this;
    }

    /** Starts the engine. */
    public ImTestEngine start() {
      return new ImTestEngine(this);
    }

    private Builder part(UnaryOperator<ImEngine.Builder> part) {
      parts.add(part);
      return this;
    }
  }
}
