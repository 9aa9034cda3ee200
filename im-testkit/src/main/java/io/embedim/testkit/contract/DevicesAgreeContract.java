package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.HistoryQuery;
import io.embedim.core.ImEngine;
import io.embedim.core.SearchQuery;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.SeqRange;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.ImTestEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Whatever users do to their messages, from whatever device and however often it loses its
 * connection: in the end all devices of all users show the same, which is what the store has. A
 * message counts as unread exactly by the definition, and nothing is left of what was revoked.
 */
public abstract class DevicesAgreeContract extends FreshStores implements StoreFixture {

  /** That are accepted; others are refused on the way. */
  private static final int OPERATIONS = 500;

  @Test
  void after_any_history_all_devices_show_what_the_store_has() {
    for (int i = 0; i < effort(); i++) {
      long seed = System.nanoTime();
      if (i > 0) {
        closeStores();
        openStores();
      }
      goThrough(seed);
    }
  }

  private void goThrough(long seed) {
    try (ImTestEngine im =
        ImTestEngine.builder()
            .stores(stores())
            .settings(
                settings ->
                    settings
                        .messagesPerSecond(100_000)
                        .messagesBurst(100_000)
                        .purgePoll(Duration.ofSeconds(30))
                        // What is not gone through here need not be asked for.
                        .outboxPoll(Duration.ofDays(1))
                        .schedulePoll(Duration.ofDays(1)))
            .start()) {
      RandomTalk talk = new RandomTalk(im, seed);
      while (talk.accepted() < OPERATIONS) {
        talk.step();
      }
      talk.everybodyReturns();
      for (String userId : RandomTalk.USERS) {
        for (ConversationId id : talk.conversationsOf(userId)) {
          check(im, talk, userId, id);
        }
      }
      for (String secret : talk.revoked()) {
        checkForgotten(im, talk, secret);
      }
    } catch (AssertionError e) {
      throw new AssertionError("after the history of seed " + seed + ": " + e.getMessage(), e);
    }
  }

  private static void check(ImTestEngine im, RandomTalk talk, String userId, ConversationId id) {
    ImEngine engine = im.engine();
    ConversationView view = engine.conversations().get(userId, id);
    List<LogEntry> visible = history(engine, userId, id);
    Map<Long, String> shown = new ShownMessages(visible).all();
    for (FakeDevice device : talk.devicesOf(userId)) {
      Map<Long, String> onDevice = shownBy(im, device, id, view);
      if (view.member().left()) {
        // What became of the messages since she left is not for her devices to know.
        assertThat(onDevice.keySet()).as("%s, left by %s", id, userId).isEqualTo(shown.keySet());
      } else {
        assertThat(onDevice).as("%s on a device of %s", id, userId).isEqualTo(shown);
      }
    }
    List<LogEntry> unread = unread(im, userId, view);
    assertThat(view.unreadCount()).as("unread of %s in %s", userId, id).isEqualTo(unread.size());
    assertThat(view.mentionSeq())
        .as("mention of %s in %s", userId, id)
        .isEqualTo(
            unread.stream()
                .filter(entry -> entry.mentions(userId))
                .mapToLong(LogEntry::seq)
                .findFirst()
                .orElse(0));
  }

  /**
   * The definition, on the log itself: to somebody who left, what was edited since reads as revoked
   * and is not.
   */
  private static List<LogEntry> unread(ImTestEngine im, String userId, ConversationView view) {
    long after = Math.max(view.member().hiddenUpTo(), view.cursors().readSeq());
    Set<Long> deleted = im.stores().conversations().deleted(userId, view.id(), 1, Long.MAX_VALUE);
    return im.stores().messages().read(view.id(), SeqRange.after(after, 1_000_000)).stream()
        .filter(entry -> entry.seq() <= view.head().maxSeq())
        .filter(entry -> entry.countsFor(userId) && !entry.isExpired(im.clock().millis()))
        .filter(entry -> !deleted.contains(entry.seq()))
        .toList();
  }

  /** What a device shows, after it has asked for what is not logged: deletions and the clearing. */
  private static Map<Long, String> shownBy(
      ImTestEngine im, FakeDevice device, ConversationId id, ConversationView view) {
    long hidden = view.member().hiddenUpTo();
    Set<Long> deleted =
        im.engine().messages().deleted(device.userId(), id, 1, Math.max(1, view.head().maxSeq()));
    List<LogEntry> known =
        device.log(id).stream().filter(entry -> !entry.isExpired(im.clock().millis())).toList();
    Map<Long, String> shown = new TreeMap<>(new ShownMessages(known).all());
    shown.keySet().removeIf(seq -> seq <= hidden || deleted.contains(seq));
    return shown;
  }

  /** What was revoked is neither in the logs nor found. */
  private static void checkForgotten(ImTestEngine im, RandomTalk talk, String secret) {
    for (ConversationId id : talk.conversations()) {
      for (LogEntry entry : im.stores().messages().read(id, SeqRange.after(0, 1_000_000))) {
        assertThat(entry.draft().toString()).doesNotContain(secret);
      }
    }
    if (im.engine().messages().canSearch()) {
      for (String userId : RandomTalk.USERS) {
        assertThat(im.engine().messages().search(userId, SearchQuery.of(secret, 10)))
            .as("what %s finds of %s", userId, secret)
            .isEmpty();
      }
    }
  }

  private static List<LogEntry> history(ImEngine engine, String userId, ConversationId id) {
    List<LogEntry> all = new ArrayList<>();
    long after = 0;
    boolean more = true;
    while (more) {
      var page = engine.messages().history(userId, new HistoryQuery(id, after, null, 100));
      all.addAll(page.entries());
      more = page.hasMore();
      after = all.isEmpty() ? 0 : all.get(all.size() - 1).seq();
    }
    return all;
  }
}
