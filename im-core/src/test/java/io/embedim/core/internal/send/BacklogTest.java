package io.embedim.core.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MessageOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BacklogTest {

  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final List<Integer> sizes = new ArrayList<>();
  private final List<Long> seqs = new ArrayList<>();
  private final Backlog backlog =
      new Backlog(
          tasks::add,
          taken -> {
            sizes.add(taken.size());
            taken.forEach(committed -> seqs.add(committed.entry().seq()));
          });

  @Test
  @Timeout(60)
  void who_is_four_mebibytes_ahead_waits() throws InterruptedException {
    AtomicInteger added = new AtomicInteger();
    Thread lane =
        new Thread(
            () -> {
              for (int seq = 1; seq <= 10; seq++) {
                backlog.add(List.of(committed(seq, "x".repeat(512 * 1024))));
                added.incrementAndGet();
              }
            });
    lane.start();
    while (lane.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(added).hasValue(3);

    while (seqs.size() < 10) {
      tasks.take().run();
    }
    lane.join();
    assertThat(seqs).containsExactlyElementsOf(LongStream.rangeClosed(1, 10).boxed().toList());
  }

  @Test
  void what_waits_is_taken_together_but_not_without_end() {
    for (int seq = 1; seq <= 600; seq++) {
      backlog.add(List.of(committed(seq, "short")));
    }
    assertThat(tasks).hasSize(1);
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    assertThat(sizes).containsExactly(256, 256, 88);
    assertThat(seqs).containsExactlyElementsOf(LongStream.rangeClosed(1, 600).boxed().toList());
  }

  private static Committed committed(long seq, String body) {
    EntryDraft draft =
        new EntryDraft(
            ConversationId.direct("alice", "bob"),
            EntryType.SINGLE_CHAT,
            "m" + seq,
            "alice",
            new Content(ContentType.TEXT, body, ""),
            MessageOptions.NONE,
            null);
    return new Committed(new LogEntry(seq, 1, draft, EntryState.UNREVISED), null, null);
  }
}
