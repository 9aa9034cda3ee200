package io.embedim.testkit.engine;

import static io.embedim.testkit.engine.Commands.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.Caller;
import io.embedim.core.CreateGroup;
import io.embedim.core.Groups;
import io.embedim.core.HistoryQuery;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.InvitePolicy;
import io.embedim.core.JoinResult;
import io.embedim.core.KickResult;
import io.embedim.core.UpdateGroup;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.Group.JoinMode;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberRole;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.ImTestEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Groups as their members' devices live through them. */
class GroupsTest {

  private static final String TEAM = "team";
  private static final ConversationId CHAT = ConversationId.group(TEAM);
  private static final Caller ALICE = Caller.user("alice");
  private static final Caller BOB = Caller.user("bob");
  private static final Caller CAROL = Caller.user("carol");

  private final ImTestEngine im = ImTestEngine.start();
  private final Groups groups = im.engine().groups();
  private final FakeDevice alice = im.connect("alice");
  private final FakeDevice bob = im.connect("bob");
  private final FakeDevice carol = im.connect("carol");

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void every_member_hears_of_the_group_and_of_what_is_said_in_it() {
    created(JoinMode.FREE, "bob");
    alice.sends(text(CHAT, "m1", "welcome"));

    for (FakeDevice device : List.of(alice, bob)) {
      assertThat(types(device)).containsExactly(EntryType.GROUP_CREATED, EntryType.GROUP_CHAT);
    }
    assertThat(carol.log(CHAT)).isEmpty();
  }

  @Test
  void in_a_group_of_which_few_are_here_those_hear_of_it_and_nobody_else() {
    String[] away = IntStream.range(0, 50).mapToObj(i -> "away" + i).toArray(String[]::new);
    FakeDevice laptop = im.connect(im.device("alice"));
    created(JoinMode.FREE, away);
    alice.sends(text(CHAT, "m1", "is anybody here?"));
    done(groups.join(BOB, TEAM, ""));
    alice.sends(text(CHAT, "m2", "welcome"));
    done(groups.kick(ALICE, TEAM, List.of("bob")));
    alice.sends(text(CHAT, "m3", "gone"));

    assertThat(types(laptop))
        .isEqualTo(types(alice))
        .endsWith(EntryType.GROUP_MEMBER_KICKED, EntryType.GROUP_CHAT);
    assertThat(types(bob))
        .containsExactly(
            EntryType.GROUP_MEMBER_JOIN, EntryType.GROUP_CHAT, EntryType.GROUP_MEMBER_KICKED);
    assertThat(carol.log(CHAT)).isEmpty();
  }

  @Test
  void a_kicked_member_hears_of_it_on_every_device_and_of_nothing_after_it() {
    FakeDevice away = im.connect(im.device("bob"));
    created(JoinMode.FREE, "bob", "carol");
    away.drops();

    done(groups.kick(ALICE, TEAM, List.of("bob")));
    alice.sends(text(CHAT, "m1", "he is gone"));
    away.reconnects();
    away.syncs();

    assertThat(types(bob)).endsWith(EntryType.GROUP_MEMBER_KICKED);
    assertThat(types(away)).isEqualTo(types(bob));
    assertThat(types(carol)).endsWith(EntryType.GROUP_MEMBER_KICKED, EntryType.GROUP_CHAT);
    assertThat(bob.refused(bob.submits(text(CHAT, "m2", "hi"))).error())
        .isEqualTo(ImError.GROUP_NOT_FOUND);
    assertThat(
            im.engine()
                .messages()
                .history("bob", new HistoryQuery(CHAT, null, null, 100))
                .entries())
        .extracting(entry -> entry.draft().type())
        .isEqualTo(types(bob));
  }

  @Test
  void whoever_reads_slowly_hears_of_being_kicked_all_the_same() {
    created(JoinMode.FREE, "bob");
    bob.stopsReading();
    for (int i = 0; i < 50; i++) {
      im.advance(Duration.ofSeconds(1));
      alice.sends(text(CHAT, "m" + i, "x".repeat(15_000)));
    }
    done(groups.kick(ALICE, TEAM, List.of("bob")));
    alice.sends(text(CHAT, "after", "he is gone"));
    bob.readsAgain();
    im.settle();

    assertThat(types(bob)).hasSize(52).endsWith(EntryType.GROUP_MEMBER_KICKED);
  }

  @Test
  void a_new_member_sees_what_is_said_since_she_came() {
    created(JoinMode.FREE);
    alice.sends(text(CHAT, "m1", "before"));
    assertThat(done(groups.join(BOB, TEAM, ""))).isEqualTo(JoinResult.JOINED);
    alice.sends(text(CHAT, "m2", "after"));
    FakeDevice second = im.connect("bob");
    second.syncs();

    List<EntryType> seen = List.of(EntryType.GROUP_MEMBER_JOIN, EntryType.GROUP_CHAT);
    assertThat(types(bob)).isEqualTo(seen);
    assertThat(types(second)).isEqualTo(seen);
    assertThat(im.engine().conversations().get("bob", CHAT).unreadCount()).isEqualTo(1);
  }

  @Test
  void the_host_says_who_may_invite() {
    for (InvitePolicy policy : InvitePolicy.values()) {
      try (ImTestEngine other =
          ImTestEngine.builder().settings(settings -> settings.invitePolicy(policy)).start()) {
        for (JoinMode mode : JoinMode.values()) {
          String id = "group-" + mode.code();
          Group.Info info = new Group.Info("G", null, null, null, 10, mode, false);
          Calls.done(
              other,
              other.engine().groups().create(ALICE, new CreateGroup(id, info, List.of("bob"))));
          CompletionStage<List<String>> invited =
              other.engine().groups().invite(BOB, id, List.of("carol"));
          if (policy == InvitePolicy.MEMBERS
              || (policy == InvitePolicy.BY_JOIN_MODE && mode == JoinMode.FREE)) {
            assertThat(Calls.done(other, invited)).containsExactly("carol");
          } else {
            assertThat(Calls.refused(invited)).isEqualTo(ImError.NOT_GROUP_ADMIN);
          }
        }
      }
    }
  }

  @Test
  void one_call_brings_in_or_removes_not_more_users_than_its_event_names() {
    created(JoinMode.FREE);
    List<String> tooMany = IntStream.rangeClosed(0, 200).mapToObj(i -> "user-" + i).toList();
    assertThat(Calls.refused(groups.invite(ALICE, TEAM, tooMany)))
        .isEqualTo(ImError.INVALID_ARGUMENT);
    assertThat(Calls.refused(groups.kick(ALICE, TEAM, tooMany)))
        .isEqualTo(ImError.INVALID_ARGUMENT);
    done(groups.update(ALICE, TEAM, new UpdateGroup(null, null, null, null, 300, null, null)));
    FakeDevice last = im.connect("user-199");
    done(groups.invite(ALICE, TEAM, tooMany.subList(0, 200)));
    done(groups.kick(ALICE, TEAM, tooMany.subList(0, 200)));
    assertThat(last.log(CHAT))
        .hasSize(2)
        .allMatch(entry -> entry.draft().content().body().contains("\"user-199\""));
  }

  @Test
  void a_request_is_closed_when_its_user_came_in_by_another_way() {
    created(JoinMode.APPROVAL);
    done(groups.join(BOB, TEAM, "please"));
    String request = groups.requests("alice", TEAM).get(0).requestId();
    done(groups.invite(ALICE, TEAM, List.of("bob")));
    assertThat(groups.requests("alice", TEAM)).isEmpty();
    assertThat(Calls.refused(groups.approve(ALICE, TEAM, request)))
        .isEqualTo(ImError.JOIN_REQUEST_NOT_FOUND);
  }

  @Test
  void a_group_can_show_the_past_to_new_members() {
    created(JoinMode.FREE);
    alice.sends(text(CHAT, "m1", "before"));
    done(groups.update(ALICE, TEAM, new UpdateGroup(null, null, null, null, null, null, true)));
    done(groups.join(BOB, TEAM, ""));

    assertThat(
            im.engine()
                .messages()
                .history("bob", new HistoryQuery(CHAT, null, null, 100))
                .entries())
        .hasSize(4);
    assertThat(im.engine().conversations().get("bob", CHAT).unreadCount()).isZero();
  }

  @Test
  void a_muted_member_is_silent_until_the_time_is_over() {
    created(JoinMode.FREE, "bob");
    done(groups.mute(ALICE, TEAM, "bob", Duration.ofMinutes(5)));
    assertThat(bob.refused(bob.submits(text(CHAT, "m1", "hi"))).error()).isEqualTo(ImError.MUTED);

    im.advance(Duration.ofMinutes(5));

    bob.sends(text(CHAT, "m2", "hi"));
    done(groups.mute(ALICE, TEAM, "bob", Duration.ofMinutes(5)));
    done(groups.mute(ALICE, TEAM, "bob", Duration.ZERO));
    bob.sends(text(CHAT, "m3", "hi again"));
  }

  @Test
  void each_changed_field_has_an_event_of_its_own_and_the_others_have_none() {
    created(JoinMode.FREE, "bob");
    UpdateGroup change = new UpdateGroup("Team", "", "read this", null, 20, JoinMode.CLOSED, null);
    Group group = done(groups.update(ALICE, TEAM, change));
    done(groups.update(ALICE, TEAM, change));

    assertThat(group.info())
        .isEqualTo(new Group.Info("Team", null, "read this", null, 20, JoinMode.CLOSED, false));
    assertThat(bob.log(CHAT).subList(1, bob.log(CHAT).size()))
        .extracting(entry -> entry.draft().content().body())
        .satisfiesExactly(
            body -> assertThat(body).contains("\"field\":\"name\"", "\"new_value\":\"Team\""),
            body -> assertThat(body).contains("\"field\":\"announcement\""),
            body -> assertThat(body).contains("\"field\":\"max_members\"", "\"new_value\":20"),
            body -> assertThat(body).contains("\"field\":\"join_mode\"", "\"old_value\":0"));
  }

  @Test
  void whoever_asks_to_join_is_let_in_by_an_admin() {
    created(JoinMode.APPROVAL, "bob");
    done(groups.setRole(ALICE, TEAM, "bob", MemberRole.ADMIN));

    assertThat(done(groups.join(CAROL, TEAM, "it is me"))).isEqualTo(JoinResult.PENDING);
    assertThat(done(groups.join(CAROL, TEAM, "again"))).isEqualTo(JoinResult.PENDING);
    String requestId = bob.hears(ServerFrame.JoinRequested.class).request().requestId();
    assertThat(alice.hears(ServerFrame.JoinRequested.class).request().note()).isEqualTo("it is me");
    assertThat(groups.requests("bob", TEAM)).hasSize(1);
    done(groups.approve(BOB, TEAM, requestId));

    assertThat(types(carol)).containsExactly(EntryType.GROUP_MEMBER_JOIN);
    assertThat(groups.requests("bob", TEAM)).isEmpty();
    assertThat(refusal(groups.approve(BOB, TEAM, requestId)))
        .isEqualTo(ImError.JOIN_REQUEST_NOT_FOUND);
    carol.hearsNo(ServerFrame.JoinRequested.class);
  }

  @Test
  void a_request_to_join_ends_after_seven_days() {
    created(JoinMode.APPROVAL);
    done(groups.join(CAROL, TEAM, ""));
    String requestId = groups.requests("alice", TEAM).get(0).requestId();

    im.clock().advance(Duration.ofDays(7));

    assertThat(groups.requests("alice", TEAM)).isEmpty();
    assertThat(refusal(groups.approve(ALICE, TEAM, requestId)))
        .isEqualTo(ImError.JOIN_REQUEST_NOT_FOUND);
    done(groups.join(CAROL, TEAM, ""));
    assertThat(groups.requests("alice", TEAM))
        .singleElement()
        .satisfies(request -> assertThat(request.requestId()).isNotEqualTo(requestId));
  }

  @Test
  void of_several_who_are_to_be_kicked_those_are_who_may_be() {
    created(JoinMode.FREE, "bob", "carol");
    done(groups.setRole(ALICE, TEAM, "bob", MemberRole.ADMIN));

    assertThat(done(groups.kick(BOB, TEAM, List.of("alice", "carol", "zoe"))))
        .isEqualTo(
            new KickResult(
                List.of("carol"),
                Map.of("alice", ImError.CANNOT_KICK_OWNER, "zoe", ImError.NOT_MEMBER)));
  }

  @Test
  void a_group_takes_no_more_than_it_may_have() {
    Group.Info small = new Group.Info("Small", null, null, null, 2, JoinMode.FREE, false);
    done(groups.create(ALICE, new CreateGroup(TEAM, small, List.of("bob"))));

    assertThat(refusal(groups.join(CAROL, TEAM, ""))).isEqualTo(ImError.GROUP_FULL);
    assertThat(refusal(groups.invite(ALICE, TEAM, List.of("carol")))).isEqualTo(ImError.GROUP_FULL);
    assertThat(refusal(groups.create(ALICE, new CreateGroup(null, small, List.of("bob", "carol")))))
        .isEqualTo(ImError.GROUP_FULL);
    done(groups.leave(BOB, TEAM));
    done(groups.join(CAROL, TEAM, ""));
  }

  @Test
  void the_host_may_do_in_a_group_what_its_owner_may() {
    created(JoinMode.CLOSED, "bob");
    Caller host = Caller.user("system");

    done(groups.invite(host, TEAM, List.of("carol")));
    done(groups.transfer(host, TEAM, "bob"));
    done(groups.dismiss(host, TEAM));

    assertThat(types(carol))
        .containsExactly(
            EntryType.GROUP_MEMBER_JOIN, EntryType.GROUP_TRANSFER, EntryType.GROUP_DISMISSED);
    assertThat(groups.get("bob", TEAM).ownerId()).isEqualTo("bob");
  }

  @Test
  void nobody_says_anything_in_a_dismissed_group_the_system_neither() {
    created(JoinMode.FREE, "bob");
    done(groups.dismiss(ALICE, TEAM));

    assertThat(bob.refused(bob.submits(text(CHAT, "m1", "hi"))).error())
        .isEqualTo(ImError.GROUP_DISMISSED);
    assertThat(refusal(im.engine().messages().sendSystem(text(CHAT, "m2", "hi"))))
        .isEqualTo(ImError.GROUP_DISMISSED);
    assertThat(types(bob)).endsWith(EntryType.GROUP_DISMISSED);
  }

  @Test
  void bad_fields_are_refused_and_make_no_group() {
    for (String name : List.of("", "  ", "a\nb", "x".repeat(65), "\0")) {
      Group.Info info = new Group.Info(name, null, null, null, 10, JoinMode.FREE, false);
      assertThat(refusal(groups.create(ALICE, new CreateGroup(TEAM, info, List.of()))))
          .isEqualTo(ImError.INVALID_ARGUMENT);
    }
    Group.Info tooLarge = new Group.Info("Team", null, null, null, 501, JoinMode.FREE, false);
    assertThat(refusal(groups.create(ALICE, new CreateGroup(TEAM, tooLarge, List.of()))))
        .isEqualTo(ImError.INVALID_ARGUMENT);
    assertThat(refusal(groups.leave(ALICE, TEAM))).isEqualTo(ImError.GROUP_NOT_FOUND);
    assertThat(alice.log(CHAT)).isEmpty();
  }

  @Test
  void whoever_comes_and_goes_too_fast_has_to_wait() {
    created(JoinMode.FREE);
    for (int i = 0; i < 10; i++) {
      done(groups.join(BOB, TEAM, ""));
      done(groups.leave(BOB, TEAM));
    }
    long logged = alice.log(CHAT).size();
    assertThat(refusal(groups.join(BOB, TEAM, ""))).isEqualTo(ImError.RATE_LIMITED);
    assertThat(refusal(groups.create(BOB, new CreateGroup(null, Group.Info.free("X"), List.of()))))
        .isEqualTo(ImError.RATE_LIMITED);
    assertThat(alice.log(CHAT)).hasSize((int) logged);
    assertThat(groups.list("bob", "", 10)).isEmpty();

    assertThat(done(groups.join(CAROL, TEAM, ""))).isEqualTo(JoinResult.JOINED);
    im.advance(Duration.ofSeconds(1));
    assertThat(done(groups.join(BOB, TEAM, ""))).isEqualTo(JoinResult.JOINED);
  }

  private void created(JoinMode mode, String... members) {
    Group.Info info = new Group.Info("Friends", null, null, null, 100, mode, false);
    done(groups.create(ALICE, new CreateGroup(TEAM, info, List.of(members))));
  }

  private static List<EntryType> types(FakeDevice device) {
    return device.log(CHAT).stream().map(LogEntry::draft).map(draft -> draft.type()).toList();
  }

  private <T> T done(CompletionStage<T> stage) {
    T result = stage.toCompletableFuture().join();
    im.settle();
    return result;
  }

  private static ImError refusal(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ImException refused) {
        return refused.error();
      }
      throw e;
    }
    throw new AssertionError("it was not refused");
  }
}
