package io.embedim.core.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailboxTest {

  /** Runs nothing before it is told to. */
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  private final Mailbox mailbox = new Mailbox(waiting::add, 100);
  private final List<String> done = new ArrayList<>();

  @Test
  void tasks_run_in_the_order_in_which_they_came() {
    mailbox.offer(() -> done.add("one"));
    mailbox.offer(() -> done.add("two"));
    mailbox.offer(() -> done.add("three"));
    runAll();
    assertThat(done).containsExactly("one", "two", "three");
  }

  @Test
  void it_asks_for_one_thread_only_however_many_tasks_wait() {
    mailbox.offer(() -> done.add("one"));
    mailbox.offer(() -> done.add("two"));
    assertThat(waiting).hasSize(1);
  }

  @Test
  void a_task_may_add_another_one_which_runs_behind_those_that_wait() {
    mailbox.offer(() -> mailbox.offer(() -> done.add("added")));
    mailbox.offer(() -> done.add("waited"));
    runAll();
    assertThat(done).containsExactly("waited", "added");
  }

  @Test
  void a_task_that_fails_does_not_keep_the_next_one_from_running() {
    mailbox.offer(
        () -> {
          throw new IllegalStateException("planned");
        });
    mailbox.offer(
        () -> {
          throw new AssertionError("planned");
        });
    mailbox.offer(() -> done.add("next"));
    runAll();
    assertThat(done).containsExactly("next");
  }

  @Test
  void more_than_its_capacity_is_refused() {
    for (int i = 0; i < 100; i++) {
      assertThat(mailbox.offer(() -> done.add("taken"))).isTrue();
    }
    assertThat(mailbox.offer(() -> done.add("one too many"))).isFalse();
    runAll();
    assertThat(done).hasSize(100).doesNotContain("one too many");
    assertThat(mailbox.offer(() -> done.add("room again"))).isTrue();
  }

  @Test
  void nothing_begins_while_it_is_paused() {
    mailbox.offer(mailbox::pause);
    mailbox.offer(() -> done.add("later"));
    runAll();
    assertThat(done).isEmpty();
    mailbox.offer(() -> done.add("last"));
    assertThat(waiting).isEmpty();
    mailbox.resume();
    runAll();
    assertThat(done).containsExactly("later", "last");
  }

  @Test
  void a_pause_that_ends_before_anybody_noticed_it_loses_nothing() {
    mailbox.offer(() -> done.add("one"));
    mailbox.pause();
    mailbox.resume();
    runAll();
    assertThat(done).containsExactly("one");
  }

  @Test
  void what_waits_is_dropped_when_it_is_closed_and_nothing_more_is_taken() {
    mailbox.offer(() -> done.add("dropped"));
    mailbox.close();
    runAll();
    assertThat(mailbox.offer(() -> done.add("refused"))).isFalse();
    mailbox.resume();
    runAll();
    assertThat(done).isEmpty();
  }

  @Test
  void it_lets_others_have_the_thread_now_and_then() {
    for (int i = 0; i < 65; i++) {
      mailbox.offer(() -> done.add("mine"));
    }
    waiting.remove().run();
    assertThat(done).hasSize(64);
    assertThat(waiting).hasSize(1);
    runAll();
    assertThat(done).hasSize(65);
  }

  @Test
  void a_task_that_no_thread_can_be_had_for_is_refused() {
    Mailbox refused =
        new Mailbox(
            task -> {
              throw new RejectedExecutionException("planned");
            },
            100);
    assertThat(refused.offer(() -> done.add("never"))).isFalse();
    assertThat(done).isEmpty();
  }

  @Test
  void what_was_taken_runs_even_when_no_second_thread_can_be_had() {
    AtomicInteger threads = new AtomicInteger();
    Mailbox once =
        new Mailbox(
            task -> {
              if (threads.incrementAndGet() > 1) {
                throw new RejectedExecutionException("planned");
              }
              waiting.add(task);
            },
            1_000);
    for (int i = 0; i < 200; i++) {
      assertThat(once.offer(() -> done.add("taken"))).isTrue();
    }
    runAll();
    assertThat(done).hasSize(200);
  }

  @Test
  void many_threads_lose_no_task_keep_their_order_and_never_run_two_at_once() throws Exception {
    int producers = 4;
    int perProducer = 50_000;
    ExecutorService workers = Executors.newFixedThreadPool(3);
    ExecutorService others = Executors.newFixedThreadPool(producers + 1);
    Mailbox shared = new Mailbox(workers, 1_000);
    int[] lastOf = new int[producers];
    AtomicInteger inside = new AtomicInteger();
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    CountDownLatch all = new CountDownLatch(producers * perProducer);
    List<Future<?>> running = new ArrayList<>();
    for (int p = 0; p < producers; p++) {
      int producer = p;
      running.add(
          others.submit(
              () -> {
                for (int i = 1; i <= perProducer; ) {
                  int number = i;
                  boolean taken =
                      shared.offer(
                          () -> {
                            if (inside.incrementAndGet() != 1) {
                              wrong.add("two at once");
                            }
                            if (lastOf[producer] != number - 1) {
                              wrong.add(producer + " jumped to " + number);
                            }
                            lastOf[producer] = number;
                            inside.decrementAndGet();
                            all.countDown();
                          });
                  if (taken) {
                    i++;
                  } else {
                    Thread.onSpinWait();
                  }
                }
              }));
    }
    Future<?> pauses =
        others.submit(
            () -> {
              while (all.getCount() > 0) {
                shared.pause();
                Thread.onSpinWait();
                shared.resume();
              }
            });
    for (Future<?> producer : running) {
      producer.get(60, TimeUnit.SECONDS);
    }
    assertThat(all.await(60, TimeUnit.SECONDS)).as("all tasks ran").isTrue();
    pauses.get(60, TimeUnit.SECONDS);
    others.shutdown();
    workers.shutdown();
    assertThat(wrong).isEmpty();
  }

  private void runAll() {
    for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
      task.run();
    }
  }
}
