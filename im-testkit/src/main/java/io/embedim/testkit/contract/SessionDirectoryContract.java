package io.embedim.testkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.cluster.SessionDirectory;
import io.embedim.spi.cluster.SessionInfo;
import io.embedim.spi.model.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SessionDirectory} guarantees. A subclass says how to {@link #open()} one, and
 * closes it itself where there is something to close.
 */
public abstract class SessionDirectoryContract {

  private static final long LEASE = 60_000;

  /** When the tests take place, in ms since the epoch: now, for directories that have a clock. */
  private final long start = System.currentTimeMillis();

  private @Nullable SessionDirectory opened;

  /** Opens a directory in which there is nobody, and in which nobody was. */
  protected abstract SessionDirectory open();

  @BeforeEach
  void openDirectory() {
    opened = open();
  }

  @Test
  void a_registered_session_is_found_as_it_was_registered() {
    for (Platform platform : Platform.values()) {
      String userId = "user-of-" + platform.wireName();
      SessionInfo session =
          new SessionInfo("s-" + platform, userId, "node-1", "my phone 你好", platform, start);
      directory().register(session, start + LEASE);

      assertThat(directory().find(List.of(userId), start))
          .containsOnlyKeys(userId)
          .containsEntry(userId, List.of(session));
    }
  }

  @Test
  void users_without_a_session_are_left_out() {
    directory().register(session("s1", "alice"), start + LEASE);

    assertThat(directory().find(List.of("bob", "alice", "Alice"), start)).containsOnlyKeys("alice");
    assertThat(directory().find(List.of("bob"), start)).isEmpty();
    assertThat(directory().find(List.of(), start)).isEmpty();
  }

  @Test
  void a_user_may_have_sessions_on_several_nodes() {
    SessionInfo one = new SessionInfo("s1", "alice", "node-1", "d1", Platform.IOS, start);
    SessionInfo two = new SessionInfo("s2", "alice", "node-2", "d1", Platform.IOS, start);
    SessionInfo three = new SessionInfo("s3", "alice", "node-2", "d2", Platform.WEB, start + 5);
    List.of(one, two, three).forEach(session -> directory().register(session, start + LEASE));

    assertThat(found("alice", start)).containsExactlyInAnyOrder(one, two, three);
  }

  @Test
  void a_session_registered_twice_is_there_once_with_the_later_lease() {
    directory().register(session("s1", "alice"), start + LEASE);
    directory().register(session("s1", "alice"), start + 2 * LEASE);

    assertThat(found("alice", start)).hasSize(1);
    assertThat(found("alice", start + LEASE)).hasSize(1);
    assertThat(found("alice", start + 2 * LEASE)).isEmpty();
  }

  @Test
  void a_session_is_gone_when_its_lease_ends() {
    directory().register(session("s1", "alice"), start + LEASE);
    directory().register(session("s2", "alice"), start + 2 * LEASE);

    assertThat(found("alice", start + LEASE - 1)).hasSize(2);
    assertThat(found("alice", start + LEASE)).containsExactly(session("s2", "alice"));
    assertThat(found("alice", start + 2 * LEASE)).isEmpty();
  }

  @Test
  void a_renewed_session_stays() {
    SessionInfo kept = session("s1", "alice");
    SessionInfo left = session("s2", "alice");
    SessionInfo other = session("s3", "bob");
    List.of(kept, left, other).forEach(session -> directory().register(session, start + LEASE));

    directory().renew(List.of(kept, other), start + 2 * LEASE);

    assertThat(found("alice", start + LEASE)).containsExactly(kept);
    assertThat(found("bob", start + LEASE)).containsExactly(other);
    assertThat(directory().find(List.of("alice", "bob"), start + 2 * LEASE)).isEmpty();
  }

  @Test
  void a_session_that_is_no_longer_known_is_noted_anew_by_its_renewal() {
    SessionInfo lapsed = session("s1", "alice");
    directory().register(lapsed, start + LEASE);
    assertThat(found("alice", start + LEASE)).isEmpty();

    directory().renew(List.of(lapsed, session("s2", "bob")), start + 3 * LEASE);

    assertThat(found("alice", start + 2 * LEASE)).containsExactly(lapsed);
    assertThat(found("bob", start + 2 * LEASE)).containsExactly(session("s2", "bob"));
  }

  @Test
  void renewing_nothing_changes_nothing() {
    directory().register(session("s1", "alice"), start + LEASE);

    directory().renew(List.of(), start + 2 * LEASE);

    assertThat(found("alice", start + LEASE)).isEmpty();
  }

  @Test
  void an_unregistered_session_is_gone_at_once_and_the_users_others_stay() {
    directory().register(session("s1", "alice"), start + LEASE);
    directory().register(session("s2", "alice"), start + LEASE);

    directory().unregister(session("s1", "alice"), start + 10);

    assertThat(found("alice", start + 10)).containsExactly(session("s2", "alice"));
    directory().unregister(session("s2", "alice"), start + 20);
    assertThat(directory().find(List.of("alice"), start + 20)).isEmpty();
  }

  @Test
  void unregistering_twice_or_a_stranger_is_harmless() {
    directory().register(session("s1", "alice"), start + LEASE);

    directory().unregister(session("s2", "alice"), start);
    directory().unregister(session("s1", "bob"), start);
    assertThat(found("alice", start)).hasSize(1);
    directory().unregister(session("s1", "alice"), start);
    directory().unregister(session("s1", "alice"), start);
    assertThat(found("alice", start)).isEmpty();
  }

  @Test
  void a_user_was_last_seen_when_her_latest_session_ended() {
    directory().register(session("s1", "alice"), start + LEASE);
    directory().register(session("s2", "alice"), start + LEASE);
    assertThat(directory().lastSeen("alice")).isEmpty();

    directory().unregister(session("s1", "alice"), start + 50);
    assertThat(directory().lastSeen("alice")).hasValue(start + 50);
    directory().unregister(session("s2", "alice"), start + 20);
    assertThat(directory().lastSeen("alice")).hasValue(start + 50);
    directory().register(session("s3", "alice"), start + LEASE);
    directory().unregister(session("s3", "alice"), start + 70);
    assertThat(directory().lastSeen("alice")).hasValue(start + 70);
    assertThat(directory().lastSeen("bob")).isEmpty();
    assertThat(directory().lastSeen("Alice")).isEmpty();
  }

  @Test
  void five_hundred_users_are_looked_up_at_once() {
    List<SessionInfo> sessions =
        IntStream.range(0, 500).mapToObj(i -> session("s" + i, "user" + i)).toList();
    directory().renew(sessions, start + LEASE);
    List<String> asked = IntStream.range(0, 1_000).mapToObj(i -> "user" + i).toList();

    assertThat(directory().find(asked, start))
        .hasSize(500)
        .containsEntry("user499", List.of(sessions.get(499)));
  }

  @Test
  void threads_that_come_and_go_leave_exactly_who_stayed() {
    List<Callable<SessionInfo>> devices = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int thread = t;
      devices.add(
          () -> {
            for (int i = 0; i < 25; i++) {
              SessionInfo passing = session("s" + thread + "-" + i, "alice");
              directory().register(passing, start + LEASE);
              assertThat(found("alice", start)).contains(passing);
              directory().unregister(passing, start + i);
              assertThat(found("alice", start)).doesNotContain(passing);
            }
            SessionInfo staying = session("stays" + thread, "alice");
            directory().register(staying, start + LEASE);
            return staying;
          });
    }

    List<SessionInfo> staying = Race.run(devices);

    assertThat(found("alice", start)).containsExactlyInAnyOrderElementsOf(staying);
    assertThat(directory().lastSeen("alice")).hasValue(start + 24);
  }

  private SessionDirectory directory() {
    return requireNonNull(opened, "no test is running");
  }

  private List<SessionInfo> found(String userId, long now) {
    return directory().find(List.of(userId), now).getOrDefault(userId, List.of());
  }

  private SessionInfo session(String sessionId, String userId) {
    return new SessionInfo(sessionId, userId, "node-1", "device-1", Platform.WEB, start);
  }
}
