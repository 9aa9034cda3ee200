package io.embedim.core.internal.send;

import io.embedim.core.ImException;
import io.embedim.core.ImSettings;
import io.embedim.core.internal.send.LaneTask.PendingAppend;
import io.embedim.core.internal.session.SessionRegistry;
import io.embedim.core.memory.MemoryStores;
import io.embedim.spi.hook.UserDirectory;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Membership;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.model.PastContent;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.ConversationStore;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.SeqRange;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuarantee;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Test;

/**
 * The lane under every interleaving of a few threads, as far as the number of invocations goes.
 * Each scenario is a class whose operations run once, each on a thread of its own. A commit is one
 * step of the lane's thread: what is checked is how tasks come to it.
 */
class AppendLaneModelTest {

  private static final ConversationId CHAT = ConversationId.direct("alice", "bob");
  private static final Membership NOBODY = new Membership(CHAT, 0, true, false, Map.of());

  /** Each call of the queue is one step; for lanes that never have to wait for a task. */
  private static final ManagedStrategyGuarantee QUEUE_IN_STEPS =
      ManagedStrategyGuaranteeKt.forClasses(ArrayBlockingQueue.class.getName())
          .allMethods()
          .treatAsAtomic();

  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_000), ZoneOffset.UTC);

  @Test
  void a_lane_that_stops_answers_all_and_commits_nothing_that_it_refused() {
    stepwise(2, 2_000).addGuarantee(QUEUE_IN_STEPS).check(Stopping.class);
  }

  @Test
  void a_lane_that_is_told_to_give_up_while_it_stops_still_ends_and_answers_all() {
    stepwise(3, 500).addGuarantee(QUEUE_IN_STEPS).check(GivingUp.class);
  }

  @Test
  void a_lane_that_another_thread_stops_answers_all() {
    stepwise(3, 600).check(StoppingFromOutside.class);
  }

  @Test
  void what_two_threads_submit_is_committed_in_their_order_while_the_lane_works() {
    stepwise(3, 300).check(Submitting.class);
  }

  @Test
  void no_more_than_its_queue_holds_waits_and_no_less() {
    stepwise(3, 300).addGuarantee(QUEUE_IN_STEPS).check(Crowding.class);
  }

  private static ModelCheckingOptions stepwise(int threads, int invocations) {
    return new ModelCheckingOptions()
        .threads(threads)
        .actorsPerThread(1)
        .actorsBefore(0)
        .actorsAfter(0)
        .iterations(1)
        .minimizeFailedScenario(false)
        .invocationsPerIteration(invocations)
        .addGuarantee(
            ManagedStrategyGuaranteeKt.forClasses(
                    LaneCommitter.class.getName(), Surroundings.class.getName())
                .allMethods()
                .ignore())
        .verifier(EpsilonVerifier.class);
  }

  /** A lane before a log, and what its submitters have been told. */
  abstract static class Scenario {
    final Log log = new Log();
    final AppendLane lane;
    final List<PendingAppend> tasks = new ArrayList<>();

    Scenario(int queue) {
      lane = Surroundings.lane(log, queue);
    }

    /** A message of this submitter, whose numbers go up. */
    final void submit(String submitter, int number) {
      lane.submit(Surroundings.task(submitter + number, tasks));
    }

    final void stop() {
      try {
        lane.stop(1_000);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    final long answered(String how) {
      return Surroundings.answered(tasks, how);
    }

    /** Called when all threads of the scenario have ended. */
    void whenQuiet() {}

    @Validate
    public final void nothingWentWrong() {
      whenQuiet();
      Surroundings.judge(tasks, log.ids);
    }
  }

  /** What surrounds a lane; none of it is taken apart into steps. */
  private static final class Surroundings {
    private static final MembershipCache MEMBERSHIPS =
        new MembershipCache(MemoryStores.create(), UserDirectory.EVERYBODY, CLOCK);
    private static final FanOut FAN_OUT = new FanOut(new SessionRegistry(), MEMBERSHIPS);

    static AppendLane lane(Log log, int queue) {
      ImSettings settings = ImSettings.builder().laneQueue(queue).laneBatch(2).build();
      return new AppendLane(
          new LaneContext(log, MEMBERSHIPS, settings, CLOCK),
          new Dispatcher(Runnable::run, FAN_OUT, List.of()));
    }

    static PendingAppend task(String messageId, List<PendingAppend> tasks) {
      EntryDraft draft =
          new EntryDraft(
              CHAT,
              EntryType.SINGLE_CHAT,
              messageId,
              "alice",
              new Content(ContentType.TEXT, "{\"text\":\"hi\"}", "hi"),
              MessageOptions.NONE,
              null);
      PendingAppend task =
          new PendingAppend(draft, (membership, now) -> {}, NOBODY, null, CLOCK.millis());
      tasks.add(task);
      return task;
    }

    static long answered(List<PendingAppend> tasks, String how) {
      return tasks.stream().filter(task -> answer(task).contains(how)).count();
    }

    private static String answer(PendingAppend task) {
      if (!task.result().isDone()) {
        return "none";
      }
      return task.result()
          .handle((ok, failure) -> ok != null ? "stored" : ((ImException) failure).getMessage())
          .join();
    }

    static void judge(List<PendingAppend> tasks, List<String> log) {
      for (PendingAppend task : tasks) {
        String id = task.draft().messageId();
        String answer = answer(task);
        long commits = log.stream().filter(id::equals).count();
        require(!answer.equals("none"), id + " was not answered");
        require(commits <= 1, id + " was committed twice");
        require(commits == 1 || !answer.equals("stored"), id + " was said to be stored and is not");
        require(
            commits == 0 || !(answer.contains("going away") || answer.contains("too busy")),
            id + " was refused and committed");
      }
      for (String submitter : List.of("a", "b")) {
        List<String> own = log.stream().filter(id -> id.startsWith(submitter)).toList();
        require(own.equals(own.stream().sorted().toList()), "out of order: " + log);
      }
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }

  /** Somebody submits while the lane is stopped. */
  public static final class Stopping extends Scenario {
    public Stopping() {
      super(4);
    }

    @Operation(runOnce = true)
    public void stopAndEnd() {
      stop();
      lane.run();
    }

    @Operation(runOnce = true)
    public void submitTwo() {
      submit("a", 1);
      submit("a", 2);
    }
  }

  /** The lane works, and another thread stops it. */
  public static final class StoppingFromOutside extends Scenario {
    public StoppingFromOutside() {
      super(4);
    }

    @Operation(runOnce = true)
    public void work() {
      lane.run();
    }

    @Operation(runOnce = true)
    public void submitOne() {
      submit("a", 1);
    }

    @Operation(runOnce = true)
    public void stopIt() {
      stop();
    }
  }

  /** Those who wait are told that nothing is known, while somebody submits to a lane that stops. */
  public static final class GivingUp extends Scenario {
    public GivingUp() {
      super(4);
    }

    @Operation(runOnce = true)
    public void stopAndEnd() {
      stop();
      lane.run();
    }

    @Operation(runOnce = true)
    public void submitOne() {
      submit("a", 1);
    }

    @Operation(runOnce = true)
    public void giveUp() {
      lane.expire(Long.MAX_VALUE);
    }
  }

  /** Two threads submit to a lane that works; it is stopped by the last of them. */
  public static final class Submitting extends Scenario {
    private int submitting = 2;

    public Submitting() {
      super(4);
    }

    @Operation(runOnce = true)
    public void work() {
      lane.run();
    }

    @Operation(runOnce = true)
    public void first() {
      submit("a", 1);
      submit("a", 2);
      submitted();
    }

    @Operation(runOnce = true)
    public void second() {
      submit("b", 1);
      submitted();
    }

    private void submitted() {
      synchronized (this) {
        submitting--;
        if (submitting > 0) {
          return;
        }
      }
      stop();
    }

    @Override
    void whenQuiet() {
      require(answered("stored") == 3, "stored " + log.ids);
    }
  }

  /** Three threads submit to a lane that does not work yet. */
  public static final class Crowding extends Scenario {
    public Crowding() {
      super(2);
    }

    @Operation(runOnce = true)
    public void first() {
      submit("a", 1);
      submit("a", 2);
    }

    @Operation(runOnce = true)
    public void second() {
      submit("b", 1);
    }

    @Operation(runOnce = true)
    public void third() {
      submit("c", 1);
    }

    @Override
    void whenQuiet() {
      require(answered("none") == 2, answered("none") + " wait where 2 have room");
      require(answered("too busy") == 2, "refused " + answered("too busy"));
      lane.expire(CLOCK.millis() - 1);
      require(answered("none") == 2, "answered before their time");
      lane.expire(CLOCK.millis());
      require(answered("in time") == 2, "answered in time " + answered("in time"));
    }
  }

  /** Takes everything. */
  private static final class Log implements ImStores, MessageStore {
    final List<String> ids = new ArrayList<>();

    @Override
    public List<AppendResult> append(List<Append> batch, long now) {
      List<AppendResult> results = new ArrayList<>();
      for (Append append : batch) {
        ids.add(append.draft().messageId());
        results.add(
            new AppendResult.Appended(
                new LogEntry(ids.size(), now, append.draft(), EntryState.UNREVISED)));
      }
      return results;
    }

    @Override
    public List<LogEntry> read(ConversationId id, SeqRange range) {
      throw new AssertionError("a lane does not read");
    }

    @Override
    public Optional<LogEntry> find(ConversationId id, String messageId) {
      throw new AssertionError("nothing is unknown");
    }

    @Override
    public List<LogEntry> find(ConversationId id, Collection<String> messageIds) {
      return List.of();
    }

    @Override
    public List<LogEntry> pinned(ConversationId id, long now) {
      return List.of();
    }

    @Override
    public List<PastContent> pastContents(ConversationId id, long seq) {
      return List.of();
    }

    @Override
    public int purgeExpired(long now, int limit) {
      return 0;
    }

    @Override
    public MessageStore messages() {
      return this;
    }

    @Override
    public ConversationStore conversations() {
      throw new AssertionError("no cursor moves");
    }

    @Override
    public String describe() {
      return "a list";
    }

    @Override
    public void close() {}
  }
}
