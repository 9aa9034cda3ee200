package io.embedim.core.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class EngineExecutorTest {

  private final ExecutorService executor = EngineExecutor.create();

  @AfterEach
  void shutDown() {
    executor.shutdown();
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void work_runs_on_virtual_threads_where_the_jvm_has_them() throws Exception {
    boolean virtual =
        executor
            .submit(
                () -> (boolean) Thread.class.getMethod("isVirtual").invoke(Thread.currentThread()))
            .get();
    assertThat(virtual).isTrue();
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_20)
  void work_runs_on_a_bounded_pool_of_daemons_where_the_jvm_has_no_virtual_threads()
      throws Exception {
    assertThat(executor)
        .isInstanceOfSatisfying(
            ThreadPoolExecutor.class, pool -> assertThat(pool.getMaximumPoolSize()).isEqualTo(64));
    assertThat(executor.submit(() -> Thread.currentThread().isDaemon()).get()).isTrue();
  }

  @Test
  void as_many_tasks_as_there_are_lanes_and_sessions_can_block_at_the_same_time() throws Exception {
    int blocked = 64;
    CountDownLatch all = new CountDownLatch(blocked);
    for (int i = 0; i < blocked; i++) {
      executor.execute(
          () -> {
            all.countDown();
            awaitUninterruptibly(all);
          });
    }
    assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
