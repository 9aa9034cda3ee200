package io.embedim.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.PresenceState;
import io.embedim.core.memory.MemorySessionDirectory;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.cluster.SessionInfo;
import io.embedim.spi.model.Platform;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.ImTestEngine;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is online, and who is told. */
class PresenceTest {

  private final MemorySessionDirectory directory = new MemorySessionDirectory();
  private final ImTestEngine im =
      ImTestEngine.builder()
          .sessionDirectory(directory)
          .settings(s -> s.presenceSubscriptions(3))
          .start();
  private final FakeDevice alice = im.connect("alice");

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void a_subscriber_is_told_when_somebody_comes_and_goes() {
    assertThat(alice.subscribes("bob")).containsExactly(offline("bob", null));
    FakeDevice bob = im.connect(im.device("bob").on(Platform.IOS));
    assertThat(presence()).isEqualTo(online("bob", Platform.IOS));
    im.advance(Duration.ofSeconds(7));
    bob.drops();
    assertThat(presence()).isEqualTo(offline("bob", im.clock().millis()));
  }

  @Test
  void whom_the_policy_hides_looks_as_if_she_had_never_been_online() {
    Set<String> shown = new HashSet<>(Set.of("bob"));
    try (ImTestEngine shy =
        ImTestEngine.builder()
            .presencePolicy(
                (viewer, users) ->
                    users.stream()
                        .filter(user -> viewer.equals("carol") || shown.contains(user))
                        .collect(Collectors.toSet()))
            .start()) {
      FakeDevice viewer = shy.connect("alice");
      FakeDevice friend = shy.connect("carol");
      FakeDevice bob = shy.connect("bob");
      FakeDevice dave = shy.connect("dave");
      assertThat(viewer.subscribes("bob", "dave"))
          .containsExactly(online("bob", Platform.OTHER), offline("dave", null));
      assertThat(friend.subscribes("dave")).containsExactly(online("dave", Platform.OTHER));
      dave.drops();
      assertThat(shy.engine().presence().seenBy("alice", List.of("dave")))
          .containsExactly(offline("dave", null));
      assertThat(friend.hears(ServerFrame.PresenceChanged.class).presence().online()).isFalse();
      viewer.hearsNo(ServerFrame.PresenceChanged.class);

      bob.drops();
      viewer.hears(ServerFrame.PresenceChanged.class);
      shown.clear();
      bob.reconnects();
      viewer.hearsNo(ServerFrame.PresenceChanged.class);
    }
  }

  @Test
  void when_the_policy_fails_nobody_is_shown() {
    try (ImTestEngine broken =
        ImTestEngine.builder()
            .presencePolicy(
                (viewer, users) -> {
                  throw new IllegalStateException("away");
                })
            .start()) {
      broken.connect("bob");
      assertThatThrownBy(() -> broken.engine().presence().seenBy("alice", List.of("bob")))
          .isInstanceOfSatisfying(
              ImException.class, e -> assertThat(e.error()).isEqualTo(ImError.UNAVAILABLE));
    }
  }

  @Test
  void a_user_is_online_as_long_as_one_device_is() {
    FakeDevice phone = im.connect(im.device("bob").on(Platform.IOS));
    FakeDevice page = im.connect(im.device("bob").on(Platform.WEB));
    assertThat(alice.subscribes("bob")).containsExactly(online("bob", Platform.IOS, Platform.WEB));
    phone.drops();
    assertThat(presence()).isEqualTo(online("bob", Platform.WEB));
    page.drops();
    assertThat(presence().online()).isFalse();
  }

  @Test
  void nobody_else_is_told() {
    FakeDevice carol = im.connect("carol");
    alice.subscribes("bob");
    im.connect("bob");
    presence();
    carol.hearsNo(ServerFrame.PresenceChanged.class);
  }

  @Test
  void whoever_unsubscribes_is_told_no_more() {
    alice.subscribes("bob", "carol");
    alice.unsubscribes("bob");
    im.connect("bob");
    im.connect("carol");
    assertThat(presence().userId()).isEqualTo("carol");
    alice.hearsNo(ServerFrame.PresenceChanged.class);
  }

  @Test
  void a_session_follows_no_more_than_allowed_and_a_refusal_changes_nothing() {
    alice.subscribes("bob", "carol");
    refused(() -> alice.subscribes("dave", "erin"));
    im.connect("dave");
    alice.hearsNo(ServerFrame.PresenceChanged.class);
    alice.subscribes("carol", "dave");
    refused(() -> alice.subscribes("erin"));
    alice.unsubscribes("bob");
    alice.subscribes("erin");
  }

  @Test
  void ids_are_checked_and_nobody_asks_for_too_many() {
    refused(() -> im.engine().presence().get(List.of("no id!")));
    refused(
        () ->
            im.engine()
                .presence()
                .get(IntStream.range(0, 501).mapToObj(i -> "user-" + i).toList()));
    assertThat(im.engine().presence().get(List.of("bob", "bob", "alice")))
        .extracting(PresenceState::userId)
        .containsExactly("bob", "alice");
  }

  @Test
  void a_silent_device_is_offline_when_it_is_closed() {
    FakeDevice bob = im.connect("bob");
    alice.subscribes("bob");
    bob.fallsSilent();
    im.advance(Duration.ofSeconds(91));
    assertThat(presence().online()).isFalse();
  }

  @Test
  void leases_are_renewed_while_a_session_lives() {
    im.advance(Duration.ofMinutes(30));
    assertThat(im.engine().presence().get(List.of("alice")).get(0).online()).isTrue();
  }

  @Test
  void what_a_dead_node_left_behind_ends_with_its_lease() {
    long leaseEnd = im.clock().millis() + 60_000;
    directory.register(
        new SessionInfo("s-1", "bob", "dead-node", "phone", Platform.ANDROID, im.clock().millis()),
        leaseEnd);
    assertThat(im.engine().presence().get(List.of("bob")).get(0).online()).isTrue();
    im.advance(Duration.ofSeconds(61));
    assertThat(im.engine().presence().get(List.of("bob")).get(0).online()).isFalse();
  }

  private PresenceState presence() {
    return alice.hears(ServerFrame.PresenceChanged.class).presence();
  }

  private static PresenceState online(String userId, Platform... platforms) {
    return new PresenceState(userId, Set.of(platforms), null);
  }

  private static PresenceState offline(String userId, @Nullable Long lastSeen) {
    return new PresenceState(userId, Set.of(), lastSeen);
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ImException.class,
            refusal -> assertThat(refusal.error()).isEqualTo(ImError.INVALID_ARGUMENT));
  }
}
