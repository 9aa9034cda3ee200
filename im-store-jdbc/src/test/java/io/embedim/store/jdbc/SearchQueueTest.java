package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.conversations;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SearchQueueTest {

  private final SearchQueue queue = new SearchQueue();
  private final List<ConversationId> ids = conversations(4);

  @Test
  void each_log_waits_once_and_the_first_comes_first() {
    queue.appended(List.of(ids.get(2), ids.get(0)));
    queue.appended(List.of(ids.get(1), ids.get(2)));

    assertThat(queue.take(2)).containsExactly(ids.get(2), ids.get(0));
    assertThat(queue.take(2)).containsExactly(ids.get(1));
    assertThat(queue.take(2)).isEmpty();
  }

  @Test
  void what_is_put_back_comes_after_the_others_and_counts_as_no_append() {
    queue.appended(ids);
    assertThat(queue.appends()).isEqualTo(1);
    queue.putBack(queue.take(1));

    assertThat(queue.take(4)).containsExactly(ids.get(1), ids.get(2), ids.get(3), ids.get(0));
    assertThat(queue.appends()).isEqualTo(1);
  }

  @Test
  void what_is_too_much_is_forgotten_and_told_once() {
    List<ConversationId> many = conversations(10_001);
    queue.appended(many.subList(0, 10_000));
    queue.appended(many.subList(0, 10_000));
    assertThat(queue.hasForgotten()).isFalse();

    queue.appended(many);

    assertThat(queue.hasForgotten()).isTrue();
    assertThat(queue.hasForgotten()).isFalse();
    assertThat(queue.take(20_000)).isEqualTo(many.subList(0, 10_000));
  }

  @Test
  void who_waits_is_woken_by_an_append_and_by_the_end() throws InterruptedException {
    assertThat(queue.await(0)).isFalse();
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(this::await);
    queue.appended(ids);
    assertThat(waiting.join()).isTrue();

    assertThat(queue.take(4)).isEqualTo(ids);
    CompletableFuture<Boolean> again = CompletableFuture.supplyAsync(this::await);
    queue.close();
    assertThat(again.join()).isFalse();
    assertThat(queue.await(Long.MAX_VALUE)).isFalse();
  }

  private boolean await() {
    try {
      return queue.await(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
