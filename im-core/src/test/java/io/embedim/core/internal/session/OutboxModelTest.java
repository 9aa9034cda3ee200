package io.embedim.core.internal.session;

import io.embedim.core.ImSettings;
import io.embedim.core.session.Connection;
import io.embedim.core.session.Encoded;
import io.embedim.core.session.ServerFrame;
import io.embedim.core.session.WireFormat;
import io.embedim.spi.model.ConversationId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.LongStream;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Test;

/**
 * The outbox under every interleaving of a few threads, as far as the number of invocations goes.
 * Each scenario is a class whose operations run once, each on a thread of its own. What the outbox
 * guards is not taken apart into steps.
 */
class OutboxModelTest {

  private static final ConversationId CHAT = ConversationId.direct("alice", "bob");
  private static final ConversationId OTHER = ConversationId.direct("alice", "carol");
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_000), ZoneOffset.UTC);
  private static final ImSettings SETTINGS = ImSettings.builder().queueBytes(16_384).build();

  @Test
  void one_write_is_under_way_and_nothing_waits_without_one() {
    check(Delivering.class, 3);
  }

  @Test
  void writes_that_complete_on_the_thread_that_began_them_keep_the_order() {
    check(CompletingAtOnce.class, 2);
  }

  @Test
  void what_found_no_room_is_read_from_the_log_and_nothing_is_left_out() {
    check(Overflowing.class, 3);
  }

  @Test
  void a_session_is_held_as_long_as_its_queue_is_full_and_no_longer() {
    check(Answering.class, 2);
  }

  private static void check(Class<?> scenario, int threads) {
    new ModelCheckingOptions()
        .threads(threads)
        .actorsPerThread(1)
        .actorsBefore(0)
        .actorsAfter(0)
        .iterations(1)
        .minimizeFailedScenario(false)
        .invocationsPerIteration(500)
        .addGuarantee(
            ManagedStrategyGuaranteeKt.forClasses(
                    FrameQueue.class.getName(),
                    Positions.class.getName(),
                    Position.class.getName(),
                    SharedFrame.class.getName(),
                    ImSettings.class.getName(),
                    ConversationId.class.getName(),
                    Surroundings.class.getName())
                .allMethods()
                .ignore())
        .verifier(EpsilonVerifier.class)
        .check(scenario);
  }

  /** An outbox before a connection that completes its writes when it is told to. */
  abstract static class Scenario implements Connection, Outbox.Owner, WireFormat {
    final Outbox outbox = new Outbox(this, this, false, SETTINGS, CLOCK, this);
    private final int frameBytes;
    private final Queue<WriteCallback> underWay = new ArrayDeque<>();
    private final List<String> written = new ArrayList<>();
    private boolean beginning;
    private boolean held;
    private int catchUps;
    private String wrong;

    Scenario(int frameBytes) {
      this.frameBytes = frameBytes;
      outbox.start();
    }

    @Override
    public void write(Encoded frame, WriteCallback done) {
      synchronized (underWay) {
        require(underWay.isEmpty(), "two writes at once");
        underWay.add(done);
        written.add(((Encoded.Text) frame).text());
      }
      require(!beginning, "a write begins before the call for the one before it has returned");
      beginning = true;
      if (completesAtOnce()) {
        complete();
      }
      beginning = false;
    }

    boolean completesAtOnce() {
      return false;
    }

    /** The transport took what was being written; false when nothing was. */
    final boolean complete() {
      WriteCallback done;
      synchronized (underWay) {
        done = underWay.poll();
      }
      if (done == null) {
        return false;
      }
      done.completed(true);
      return true;
    }

    final void deliver(ConversationId id, long seq) {
      outbox.deliver(id, seq, Surroundings.entry(id, seq));
      outbox.pump();
    }

    final void answer(String text) {
      outbox.answer(new Encoded.Text(text, frameBytes));
    }

    /** Reads the log, if that was asked for; every entry that was delivered is in it. */
    final boolean readLog() {
      synchronized (this) {
        if (catchUps == 0) {
          return false;
        }
        catchUps--;
      }
      for (Outbox.Behind behind = outbox.nextBehind();
          behind != null;
          behind = outbox.nextBehind()) {
        outbox.caughtUp(behind, Surroundings.read(behind));
      }
      return true;
    }

    @Override
    public synchronized void catchUp() {
      catchUps++;
    }

    @Override
    public void outboxFull() {
      held = true;
    }

    @Override
    public void outboxDrained() {
      held = false;
    }

    final boolean held() {
      return held;
    }

    final int written() {
      return written.size();
    }

    @Override
    public void connectionLost() {
      require(false, "the connection is not lost");
    }

    @Override
    public void wakeAt(long time) {}

    @Override
    public void close(int code, String phrase) {
      require(false, "nobody closes");
    }

    @Override
    public Encoded encode(ServerFrame frame) {
      return new Encoded.Text(
          frame instanceof ServerFrame.Typing entry ? entry.userId() : "sync required", frameBytes);
    }

    @Override
    public Encoded join(List<Encoded> frames) {
      throw new AssertionError("not batched");
    }

    /** Remembered, because the outbox survives a connection that throws. */
    final void require(boolean condition, String otherwise) {
      if (!condition && wrong == null) {
        wrong = otherwise;
      }
    }

    /** These were written in this order, perhaps again and with others between them. */
    final void requireInOrder(String... frames) {
      require(Surroundings.inOrder(written, List.of(frames)), "not in order: " + written);
    }

    /** Called when all threads of the scenario have ended. */
    void whenQuiet() {}

    /** Called when the connection and the log have done what was asked of them since. */
    abstract void whenDrained();

    @Validate
    public final void nothingWentWrong() {
      whenQuiet();
      for (boolean more = true; more; ) {
        more = complete() || readLog();
      }
      whenDrained();
      if (wrong != null) {
        throw new AssertionError(wrong);
      }
    }
  }

  /** What surrounds an outbox. */
  private static final class Surroundings {

    static SharedFrame entry(ConversationId id, long seq) {
      return new SharedFrame(new ServerFrame.Typing(id, (id.equals(CHAT) ? "c" : "o") + seq));
    }

    static List<Outbox.Missed> read(Outbox.Behind behind) {
      return LongStream.rangeClosed(behind.afterSeq() + 1, behind.head())
          .mapToObj(seq -> new Outbox.Missed(seq, entry(behind.id(), seq)))
          .toList();
    }

    static boolean inOrder(List<String> written, List<String> frames) {
      int next = 0;
      for (String frame : written) {
        int place = frames.indexOf(frame);
        if (place > next) {
          return false;
        }
        next = Math.max(next, place + 1);
      }
      return next == frames.size();
    }
  }

  /** Two lanes deliver while the connection takes what it gets and the client acknowledges. */
  public static final class Delivering extends Scenario {
    public Delivering() {
      super(100);
    }

    @Operation(runOnce = true)
    public void firstLane() {
      deliver(CHAT, 1);
      deliver(CHAT, 2);
    }

    @Operation(runOnce = true)
    public void secondLane() {
      deliver(OTHER, 1);
    }

    @Operation(runOnce = true)
    public void take() {
      if (complete()) {
        outbox.received(CHAT, 1);
        complete();
      }
    }

    @Override
    void whenDrained() {
      requireInOrder("c1", "c2");
      requireInOrder("o1");
      require(written() == 3, "written " + written());
    }
  }

  /** As above, but every write has completed when it returns. */
  public static final class CompletingAtOnce extends Scenario {
    public CompletingAtOnce() {
      super(100);
    }

    @Override
    boolean completesAtOnce() {
      return true;
    }

    @Operation(runOnce = true)
    public void firstLane() {
      deliver(CHAT, 1);
      deliver(CHAT, 2);
    }

    @Operation(runOnce = true)
    public void secondLane() {
      deliver(OTHER, 1);
      deliver(OTHER, 2);
    }

    @Override
    void whenDrained() {
      requireInOrder("c1", "c2");
      requireInOrder("o1", "o2");
      require(written() == 4, "written " + written());
    }
  }

  /** A frame under way and one that waits is all there is room for. */
  public static final class Overflowing extends Scenario {
    public Overflowing() {
      super(20_000);
    }

    @Operation(runOnce = true)
    public void lane() {
      deliver(CHAT, 1);
      deliver(CHAT, 2);
      deliver(CHAT, 3);
      deliver(CHAT, 4);
    }

    @Operation(runOnce = true)
    public void take() {
      complete();
      complete();
    }

    @Operation(runOnce = true)
    public void read() {
      readLog();
    }

    @Override
    void whenDrained() {
      requireInOrder("c1", "c2", "c3", "c4");
    }
  }

  /** Answers of an earlier frame come while the connection makes room. */
  public static final class Answering extends Scenario {
    public Answering() {
      super(20_000);
      answer("a1");
      answer("a2");
    }

    @Operation(runOnce = true)
    public void lane() {
      answer("a3");
      answer("a4");
    }

    @Operation(runOnce = true)
    public void take() {
      complete();
      complete();
    }

    @Override
    void whenQuiet() {
      boolean full = written() < 4;
      require(held() == full, full ? "full and not held" : "held and not full");
    }

    @Override
    void whenDrained() {
      require(!held(), "held though nothing waits");
      requireInOrder("a1", "a2", "a3", "a4");
      require(written() == 4, "written " + written());
    }
  }
}
