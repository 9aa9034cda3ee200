package io.embedim.testkit.engine;

import static io.embedim.testkit.engine.Commands.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.core.Caller;
import io.embedim.core.HistoryQuery;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.ImTestEngine;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may write where. */
class MembershipTest {

  private static final ConversationId OTHERS = ConversationId.direct("bob", "carol");

  private final Set<String> users = ConcurrentHashMap.newKeySet();
  private final AtomicInteger lookups = new AtomicInteger();
  private final ImTestEngine im = ImTestEngine.builder().userDirectory(this::existing).start();
  private final FakeDevice alice = connected("alice");
  private final FakeDevice bob = connected("bob");
  private final FakeDevice carol = connected("carol");

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void nobody_writes_into_a_conversation_of_others() {
    bob.sends("carol", "between us");
    carol.receives("between us");
    assertThat(alice.refused(alice.submits(text(OTHERS, "m-1", "hi"))).error())
        .isEqualTo(ImError.CONVERSATION_NOT_FOUND);
    assertThat(alice.refused(alice.submits(Commands.unstored(OTHERS, "hi"))).error())
        .isEqualTo(ImError.CONVERSATION_NOT_FOUND);
    bob.receivesNothing();
    carol.receivesNothing();
  }

  @Test
  void nobody_types_reads_or_sees_in_a_conversation_of_others() {
    bob.sends("carol", "between us");
    notFound(() -> im.engine().messages().typing(alice.caller(), OTHERS));
    notFound(
        () -> im.engine().messages().history("alice", new HistoryQuery(OTHERS, null, null, 10)));
    notFound(() -> im.engine().conversations().get("alice", OTHERS));
    notFound(() -> im.engine().conversations().clear(alice.caller(), OTHERS));
    notFound(() -> im.engine().conversations().readers("alice", OTHERS, Set.of("bob")));
    carol.hearsNo(ServerFrame.Typing.class);
    assertThat(im.engine().conversations().list("alice", null, 10)).isEmpty();
  }

  @Test
  void whether_others_exist_cannot_be_found_out_by_writing_between_them() {
    ConversationId ofNobody = ConversationId.direct("nobody1", "nobody2");
    assertThat(alice.refused(alice.submits(text(ofNobody, "m-1", "hi"))).error())
        .isEqualTo(ImError.CONVERSATION_NOT_FOUND);
    notFound(() -> im.engine().messages().typing(alice.caller(), ofNobody));
    int before = lookups.get();
    alice.refused(alice.submits(text(OTHERS, "m-2", "hi")));
    assertThat(lookups).hasValue(before);
  }

  @Test
  void nobody_writes_to_a_user_that_the_host_does_not_know() {
    assertThat(alice.refused(alice.submits("dave", "hi")).error())
        .isEqualTo(ImError.USER_NOT_FOUND);
    assertThatThrownBy(() -> im.engine().messages().typing(alice.caller(), alice.with("dave")))
        .isInstanceOfSatisfying(
            ImException.class, e -> assertThat(e.error()).isEqualTo(ImError.USER_NOT_FOUND));
    users.add("dave");
    alice.sends("dave", "hi");
  }

  @Test
  void a_user_that_the_host_removed_cannot_be_written_to_for_long() {
    alice.sends("bob", "hi");
    users.remove("bob");
    im.advance(Duration.ofMinutes(6));
    assertThat(alice.refused(alice.submits("bob", "are you there?")).error())
        .isEqualTo(ImError.USER_NOT_FOUND);
  }

  @Test
  void a_directory_of_users_that_is_down_is_unavailable_and_not_remembered() {
    users.add("down");
    assertThat(alice.refused(alice.submits("erin", "hi")).error()).isEqualTo(ImError.UNAVAILABLE);
    users.remove("down");
    users.add("erin");
    alice.sends("erin", "hi");
  }

  @Test
  void nobody_writes_to_the_system() {
    assertThat(alice.refused(alice.submits("system", "hi")).error())
        .isEqualTo(ImError.INVALID_ARGUMENT);
  }

  @Test
  void a_message_of_the_system_to_somebody_unknown_is_refused() {
    assertThat(
            im.engine()
                .messages()
                .sendSystem(text(ConversationId.direct("dave", "system"), "m-1", "hi"))
                .handle((result, failure) -> ((ImException) failure).error())
                .toCompletableFuture()
                .join())
        .isEqualTo(ImError.USER_NOT_FOUND);
  }

  @Test
  void a_group_that_does_not_exist_is_not_found() {
    ConversationId group = ConversationId.group("team");
    assertThat(alice.refused(alice.submits(text(group, "m-1", "hi"))).error())
        .isEqualTo(ImError.GROUP_NOT_FOUND);
    assertThatThrownBy(() -> im.engine().messages().typing(alice.caller(), group))
        .isInstanceOfSatisfying(
            ImException.class, e -> assertThat(e.error()).isEqualTo(ImError.GROUP_NOT_FOUND));
  }

  @Test
  void one_may_write_to_oneself() {
    FakeDevice tablet = im.connect("alice");
    alice.sends("alice", "do not forget");
    tablet.receives("do not forget");
    alice.receivesNothing();
  }

  @Test
  void somebody_who_is_no_user_cannot_send() {
    for (String id : new String[] {"system", "group", "no spaces", "", "x".repeat(65)}) {
      assertThat(
              im.engine()
                  .messages()
                  .send(Caller.user(id), Commands.with(alice.with("bob"), Content.text("forged")))
                  .handle((result, failure) -> ((ImException) failure).error())
                  .toCompletableFuture()
                  .join())
          .isEqualTo(ImError.INVALID_ARGUMENT);
    }
  }

  private static void notFound(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ImException.class,
            e -> assertThat(e.error()).isEqualTo(ImError.CONVERSATION_NOT_FOUND));
  }

  private FakeDevice connected(String userId) {
    users.add(userId);
    return im.connect(userId);
  }

  private Set<String> existing(Collection<String> userIds) {
    lookups.incrementAndGet();
    if (users.contains("down")) {
      throw new IllegalStateException("planned");
    }
    Set<String> known = new TreeSet<>(userIds);
    known.retainAll(users);
    return known;
  }
}
