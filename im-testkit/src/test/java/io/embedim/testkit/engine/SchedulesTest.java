package io.embedim.testkit.engine;

import static io.embedim.testkit.engine.Calls.done;
import static io.embedim.testkit.engine.Calls.refused;
import static io.embedim.testkit.engine.Commands.replyTo;
import static io.embedim.testkit.engine.Commands.text;
import static io.embedim.testkit.engine.Commands.unstored;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.Caller;
import io.embedim.core.ImError;
import io.embedim.core.Schedules;
import io.embedim.core.SendCommand;
import io.embedim.spi.hook.ImListener;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.store.ScheduleStore.Scheduled;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.ImTestEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages that are sent later. */
class SchedulesTest {

  private static final ConversationId BOTH = ConversationId.direct("alice", "bob");
  private static final ConversationId TEAM = ConversationId.group("team");
  private static final Caller ALICE = Caller.user("alice");
  private static final Duration HOUR = Duration.ofHours(1);

  private final List<String> refusals = new ArrayList<>();
  private final ImTestEngine im =
      ImTestEngine.builder()
          .settings(s -> s.messages(rules -> rules.scheduledMessages(3)))
          .listener(
              new ImListener() {
                @Override
                public void onScheduledRefused(EntryDraft draft, String reason) {
                  refusals.add(draft.messageId() + " " + reason);
                }
              })
          .start();
  private final Schedules schedules = im.engine().schedules();
  private final FakeDevice alice = im.connect("alice");
  private final FakeDevice bob = im.connect("bob");

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void a_message_is_sent_when_its_time_has_come() {
    Scheduled kept = schedules.schedule(ALICE, text(BOTH, "m1", "happy birthday"), in(HOUR));
    assertThat(schedules.pending("alice")).containsExactly(kept);
    assertThat(schedules.pending("bob")).isEmpty();
    im.advance(HOUR.minusSeconds(1));
    bob.receivesNothing();

    im.advance(Duration.ofSeconds(2));
    bob.receives("happy birthday");
    alice.receives("happy birthday");
    assertThat(bob.log(BOTH).get(0).timestamp()).isGreaterThanOrEqualTo(kept.sendAt());
    assertThat(schedules.pending("alice")).isEmpty();
    im.advance(HOUR);
    assertThat(bob.log(BOTH)).hasSize(1);
  }

  @Test
  void a_message_can_be_taken_back_by_whoever_scheduled_it() {
    Scheduled kept = schedules.schedule(ALICE, text(BOTH, "m1", "never mind"), in(HOUR));
    assertThat(refused(() -> schedules.cancel("bob", kept.scheduleId())))
        .isEqualTo(ImError.MESSAGE_NOT_FOUND);
    schedules.cancel("alice", kept.scheduleId());
    assertThat(refused(() -> schedules.cancel("alice", kept.scheduleId())))
        .isEqualTo(ImError.MESSAGE_NOT_FOUND);
    im.advance(HOUR.multipliedBy(2));
    bob.receivesNothing();
  }

  @Test
  void a_repeated_command_schedules_nothing_more() {
    Scheduled first = schedules.schedule(ALICE, text(BOTH, "m1", "hi"), in(HOUR));
    im.advance(Duration.ofSeconds(1));
    assertThat(schedules.schedule(ALICE, text(BOTH, "m1", "hi"), in(HOUR))).isEqualTo(first);
    assertThat(refused(() -> schedules.schedule(ALICE, text(BOTH, "m1", "else"), in(HOUR))))
        .isEqualTo(ImError.MESSAGE_ID_TAKEN);
    schedules.schedule(Caller.user("bob"), text(BOTH, "m2", "hi"), in(HOUR));
    assertThat(schedules.pending("alice")).hasSize(1);
  }

  @Test
  void the_time_is_to_come_and_within_a_year() {
    for (long sendAt :
        new long[] {
          Long.MIN_VALUE,
          0,
          in(Duration.ZERO),
          in(Duration.ofDays(365).plusMillis(1)),
          Long.MAX_VALUE
        }) {
      assertThat(refused(() -> schedules.schedule(ALICE, text(BOTH, "m1", "hi"), sendAt)))
          .isEqualTo(ImError.INVALID_ARGUMENT);
    }
    schedules.schedule(ALICE, text(BOTH, "m1", "hi"), in(Duration.ofDays(365)));
  }

  @Test
  void what_could_not_be_sent_is_not_scheduled() {
    alice.sends(text(BOTH, "m0", "hi"));
    FakeDevice carol = im.connect("carol");
    assertThat(refusedFor(carol, replyTo(BOTH, "m0"))).isEqualTo(ImError.CONVERSATION_NOT_FOUND);
    assertThat(refusedFor(carol, text(TEAM, "m1", "hi"))).isEqualTo(ImError.GROUP_NOT_FOUND);
    assertThat(refusedFor(alice, replyTo(BOTH, "nothing"))).isEqualTo(ImError.MESSAGE_NOT_FOUND);
    assertThat(refusedFor(alice, unstored(BOTH, "hi"))).isEqualTo(ImError.INVALID_ARGUMENT);
    assertThat(refusedFor(alice, text(BOTH, "m1", "x".repeat(20_000))))
        .isEqualTo(ImError.CONTENT_TOO_LARGE);
    assertThat(schedules.pending("alice")).isEmpty();
  }

  @Test
  void a_user_has_not_more_than_so_many() {
    for (int i = 0; i < 3; i++) {
      schedules.schedule(ALICE, text(BOTH, "m" + i, "hi"), in(HOUR));
    }
    assertThat(refused(() -> schedules.schedule(ALICE, text(BOTH, "m3", "hi"), in(HOUR))))
        .isEqualTo(ImError.INVALID_ARGUMENT);
    im.advance(HOUR.plusSeconds(1));
    schedules.schedule(ALICE, text(BOTH, "m3", "hi"), in(HOUR));
  }

  @Test
  void whoever_may_not_speak_by_then_is_refused_and_finds_the_reason_and_the_host_is_told() {
    Calls.create(im, "team", "bob", "alice");
    schedules.schedule(ALICE, text(TEAM, "m1", "hi"), in(HOUR));
    done(im, im.engine().groups().mute(Caller.user("bob"), "team", "alice", HOUR.multipliedBy(2)));
    im.advance(HOUR.plusSeconds(1));
    assertThat(refusals).containsExactly("m1 muted");
    im.advance(HOUR.multipliedBy(2));
    assertThat(refusals).hasSize(1);
    assertThat(schedules.pending("alice")).extracting(Scheduled::refused).containsExactly("muted");
    schedules.cancel("alice", schedules.pending("alice").get(0).scheduleId());
    assertThat(schedules.pending("alice")).isEmpty();
    assertThat(bob.log(TEAM)).noneMatch(entry -> entry.draft().messageId().equals("m1"));
  }

  private ImError refusedFor(FakeDevice device, SendCommand command) {
    return refused(() -> schedules.schedule(Caller.user(device.userId()), command, in(HOUR)));
  }

  private long in(Duration delay) {
    return im.clock().millis() + delay.toMillis();
  }
}
