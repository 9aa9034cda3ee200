package io.embedim.core.internal.time;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Test;

/**
 * The mailbox under every interleaving of a few threads, as far as the number of invocations goes.
 * Each scenario is a class whose operations run once, each on a thread of its own.
 */
class MailboxModelTest {

  @Test
  void what_two_threads_offer_runs_once_each_in_order_and_never_two_at_once() {
    check(Offering.class, 2);
  }

  @Test
  void no_more_than_its_capacity_waits_and_no_less() {
    check(Crowding.class, 2);
  }

  @Test
  void nothing_begins_while_a_task_has_paused_it_and_nothing_is_left_when_it_goes_on() {
    check(Pausing.class, 3);
  }

  @Test
  void a_pause_from_outside_loses_nothing() {
    check(PausingFromOutside.class, 3);
  }

  @Test
  void nothing_begins_and_nothing_is_taken_after_a_task_has_closed_it() {
    check(Closing.class, 2);
  }

  @Test
  void a_close_from_outside_leaves_at_most_the_task_that_was_just_taken() {
    check(ClosingFromOutside.class, 3);
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
        .verifier(EpsilonVerifier.class)
        .check(scenario);
  }

  /** A mailbox on an executor whose threads are those of the scenario. */
  abstract static class Scenario {
    final Mailbox mailbox;
    private final Queue<Runnable> executor = new ArrayDeque<>();
    private final int[] accepted = new int[2];
    private final int[] ran = new int[2];
    private boolean inside;
    private int begun;
    private String wrong;

    Scenario(int capacity) {
      mailbox = new Mailbox(this::execute, capacity);
    }

    private void execute(Runnable run) {
      synchronized (executor) {
        executor.add(run);
      }
    }

    /** Does what the executor was given, as one of its threads. */
    final void work() {
      for (Runnable run = next(); run != null; run = next()) {
        run.run();
      }
    }

    private Runnable next() {
      synchronized (executor) {
        return executor.poll();
      }
    }

    /** Offers this producer's next task. */
    final boolean offer(int producer) {
      return offer(producer, () -> {});
    }

    final boolean offer(int producer, Runnable then) {
      int number = accepted[producer] + 1;
      boolean taken = mailbox.offer(() -> run(producer, number, then));
      if (taken) {
        accepted[producer] = number;
      }
      return taken;
    }

    private void run(int producer, int number, Runnable then) {
      require(!inside, "two at once");
      inside = true;
      begun++;
      begins();
      require(ran[producer] == number - 1, "out of order");
      ran[producer] = number;
      then.run();
      inside = false;
    }

    /** A task begins. */
    void begins() {}

    final int accepted() {
      return accepted[0] + accepted[1];
    }

    /** When all is quiet nothing waits. */
    final void requireAllRan() {
      work();
      require(begun == accepted(), "ran " + begun + " of " + accepted());
    }

    /** Remembered, because the mailbox survives whatever a task throws. */
    final void require(boolean condition, String otherwise) {
      if (!condition && wrong == null) {
        wrong = otherwise;
      }
    }

    /** Called when all threads of the scenario have ended. */
    abstract void whenQuiet();

    @Validate
    public final void nothingWentWrong() {
      whenQuiet();
      if (wrong != null) {
        throw new AssertionError(wrong);
      }
    }
  }

  /** Two producers that lend the executor their threads. */
  public static final class Offering extends Scenario {
    public Offering() {
      super(3);
    }

    @Operation(runOnce = true)
    public void first() {
      offer(0);
      offer(0);
      work();
    }

    @Operation(runOnce = true)
    public void second() {
      offer(1);
      work();
    }

    @Override
    void whenQuiet() {
      require(accepted() == 3, "refused while there was room");
      requireAllRan();
    }
  }

  /** Nobody takes anything out. */
  public static final class Crowding extends Scenario {
    public Crowding() {
      super(3);
    }

    @Operation(runOnce = true)
    public void first() {
      offer(0);
      offer(0);
    }

    @Operation(runOnce = true)
    public void second() {
      offer(1);
      offer(1);
    }

    @Override
    void whenQuiet() {
      require(accepted() == 3, accepted() + " were taken where 3 have room");
      requireAllRan();
      require(offer(0), "refused while there is room again");
    }
  }

  /** A task pauses the mailbox, as a session's does when its client reads too slowly. */
  public static final class Pausing extends Scenario {
    private boolean paused;

    public Pausing() {
      super(3);
    }

    @Override
    void begins() {
      require(!paused, "begun while it was paused");
    }

    private void pause() {
      mailbox.pause();
      paused = true;
    }

    @Operation(runOnce = true)
    public void first() {
      offer(0, this::pause);
      offer(0);
      work();
    }

    @Operation(runOnce = true)
    public void second() {
      offer(1);
      work();
    }

    @Operation(runOnce = true)
    public void goOn() {
      if (paused) {
        paused = false;
        mailbox.resume();
        work();
      }
    }

    @Override
    void whenQuiet() {
      work();
      if (paused) {
        paused = false;
        mailbox.resume();
      }
      requireAllRan();
    }
  }

  /** Another thread pauses it and lets it go on. */
  public static final class PausingFromOutside extends Scenario {
    public PausingFromOutside() {
      super(2);
    }

    @Operation(runOnce = true)
    public void offerTwo() {
      offer(0);
      offer(0);
    }

    @Operation(runOnce = true)
    public void pauseAndGoOn() {
      mailbox.pause();
      mailbox.resume();
    }

    @Operation(runOnce = true)
    public void lendThread() {
      work();
    }

    @Override
    void whenQuiet() {
      requireAllRan();
    }
  }

  /** A task closes the mailbox. */
  public static final class Closing extends Scenario {
    private boolean closed;

    public Closing() {
      super(3);
    }

    @Override
    void begins() {
      require(!closed, "begun after it was closed");
    }

    private void close() {
      mailbox.close();
      closed = true;
    }

    @Operation(runOnce = true)
    public void first() {
      offer(0, this::close);
      offer(0);
      work();
    }

    @Operation(runOnce = true)
    public void second() {
      boolean late = closed;
      require(!offer(1) || !late, "taken after it was closed");
      work();
    }

    @Override
    void whenQuiet() {
      work();
      require(!offer(0), "taken after it was closed");
      mailbox.resume();
      work();
    }
  }

  /** Another thread closes it, perhaps just after a task was taken that has not begun yet. */
  public static final class ClosingFromOutside extends Scenario {
    private boolean closed;
    private int late;

    public ClosingFromOutside() {
      super(2);
    }

    @Override
    void begins() {
      if (closed) {
        late++;
      }
    }

    @Operation(runOnce = true)
    public void offerTwo() {
      offer(0);
      offer(0);
    }

    @Operation(runOnce = true)
    public void close() {
      mailbox.close();
      closed = true;
      require(!offer(1), "taken after it was closed");
    }

    @Operation(runOnce = true)
    public void lendThread() {
      work();
    }

    @Override
    void whenQuiet() {
      work();
      require(late <= 1, late + " began after it was closed");
    }
  }
}
