package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.Caller;
import io.embedim.core.CreateGroup;
import io.embedim.core.ForwardCommand;
import io.embedim.core.Groups;
import io.embedim.core.HistoryQuery;
import io.embedim.core.ImEngine;
import io.embedim.core.ImException;
import io.embedim.core.ImSettings;
import io.embedim.core.ReviseCommand;
import io.embedim.core.ReviseCommand.Change;
import io.embedim.core.SearchQuery;
import io.embedim.core.SendCommand;
import io.embedim.core.UpdateGroup;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.Group.JoinMode;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.MessageOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who may do what in a group: every operation by everybody who can stand to a group in any way. The
 * engine decides this; run on a store, it shows that the store gives the engine what it decides on.
 */
public abstract class GroupPermissionContract extends FreshStores implements StoreFixture {

  private static final List<String> PEOPLE =
      List.of("owner", "admin", "member", "muted", "stranger", "former", "blocked");

  private static final String OK = "ok";

  private static final Content TEXT = new Content(ContentType.TEXT, "{\"text\":\"x\"}", "x");

  /** In a group that everybody may join, unless the operation says otherwise. */
  private static final String ACTIVE =
      """
      operation            | owner               | admin             | member          | muted           | stranger               | former                 | blocked
      send                 | ok                  | ok                | ok              | muted           | group_not_found        | group_not_found        | ok
      send_all_muted       | ok                  | ok                | muted           | muted           | group_not_found        | group_not_found        | muted
      history              | ok                  | ok                | ok              | ok              | conversation_not_found | ok                     | ok
      info                 | ok                  | ok                | ok              | ok              | ok                     | ok                     | ok
      info_closed          | ok                  | ok                | ok              | ok              | group_not_found        | group_not_found        | ok
      members              | ok                  | ok                | ok              | ok              | group_not_found        | group_not_found        | ok
      update               | ok                  | ok                | not_group_admin | not_group_admin | group_not_found        | group_not_found        | not_group_admin
      nickname             | ok                  | ok                | ok              | ok              | group_not_found        | group_not_found        | ok
      join                 | already_member      | already_member    | already_member  | already_member  | ok                     | ok                     | already_member
      join_approval        | already_member      | already_member    | already_member  | already_member  | ok                     | ok                     | already_member
      join_closed          | already_member      | already_member    | already_member  | already_member  | join_closed            | join_closed            | already_member
      invite               | ok                  | ok                | ok              | ok              | group_not_found        | group_not_found        | ok
      invite_approval      | ok                  | ok                | not_group_admin | not_group_admin | group_not_found        | group_not_found        | not_group_admin
      invite_closed        | ok                  | ok                | not_group_admin | not_group_admin | group_not_found        | group_not_found        | not_group_admin
      requests             | ok                  | ok                | not_group_admin | not_group_admin | group_not_found        | group_not_found        | not_group_admin
      approve              | ok                  | ok                | not_group_admin | not_group_admin | group_not_found        | group_not_found        | not_group_admin
      reject               | ok                  | ok                | not_group_admin | not_group_admin | group_not_found        | group_not_found        | not_group_admin
      leave                | owner_must_transfer | ok                | ok              | ok              | group_not_found        | group_not_found        | ok
      kick_member          | ok                  | ok                | not_group_admin | not_group_admin | group_not_found        | group_not_found        | not_group_admin
      kick_admin           | ok                  | not_group_owner   | not_group_admin | not_group_admin | group_not_found        | group_not_found        | not_group_admin
      kick_owner           | invalid_argument    | cannot_kick_owner | not_group_admin | not_group_admin | group_not_found        | group_not_found        | not_group_admin
      kick_stranger        | not_member          | not_member        | not_group_admin | not_group_admin | group_not_found        | group_not_found        | not_group_admin
      mute_member          | ok                  | ok                | not_group_admin | not_group_admin | group_not_found        | group_not_found        | not_group_admin
      mute_admin           | ok                  | not_group_owner   | not_group_admin | not_group_admin | group_not_found        | group_not_found        | not_group_admin
      mute_owner           | invalid_argument    | invalid_argument  | not_group_admin | not_group_admin | group_not_found        | group_not_found        | not_group_admin
      mute_all             | ok                  | ok                | not_group_admin | not_group_admin | group_not_found        | group_not_found        | not_group_admin
      set_admin            | ok                  | not_group_owner   | not_group_owner | not_group_owner | group_not_found        | group_not_found        | not_group_owner
      transfer             | ok                  | not_group_owner   | not_group_owner | not_group_owner | group_not_found        | group_not_found        | not_group_owner
      dismiss              | ok                  | not_group_owner   | not_group_owner | not_group_owner | group_not_found        | group_not_found        | not_group_owner
      msg_reply            | ok                  | ok                | ok              | muted           | group_not_found        | group_not_found        | ok
      msg_mention_all      | ok                  | ok                | not_group_admin | muted           | group_not_found        | group_not_found        | not_group_admin
      msg_mention_stranger | not_member          | not_member        | not_member      | muted           | group_not_found        | group_not_found        | not_member
      msg_revoke_own       | ok                  | ok                | ok              | ok              | group_not_found        | group_not_found        | ok
      msg_revoke_other     | ok                  | ok                | not_sender      | not_sender      | group_not_found        | group_not_found        | not_sender
      msg_edit_own         | ok                  | ok                | ok              | muted           | group_not_found        | group_not_found        | ok
      msg_edit_other       | not_sender          | not_sender        | not_sender      | muted           | group_not_found        | group_not_found        | not_sender
      msg_react            | ok                  | ok                | ok              | muted           | group_not_found        | group_not_found        | ok
      msg_unreact          | ok                  | ok                | ok              | ok              | group_not_found        | group_not_found        | ok
      msg_pin              | ok                  | ok                | not_group_admin | not_group_admin | group_not_found        | group_not_found        | not_group_admin
      msg_forward_here     | ok                  | ok                | ok              | muted           | conversation_not_found | group_not_found        | ok
      msg_schedule         | ok                  | ok                | ok              | muted           | group_not_found        | group_not_found        | ok
      msg_delete           | ok                  | ok                | ok              | ok              | conversation_not_found | ok                     | ok
      msg_search           | ok                  | ok                | ok              | ok              | conversation_not_found | ok                     | ok
      msg_readers          | ok                  | ok                | ok              | ok              | conversation_not_found | conversation_not_found | ok
      msg_pinned           | ok                  | ok                | ok              | ok              | conversation_not_found | ok                     | ok
      """;

  /** What is left of a dismissed group; every other operation is refused as dismissed. */
  private static final Map<String, String> DISMISSED =
      Map.of(
          "join", "already_member",
          "join_approval", "already_member",
          "join_closed", "already_member");

  /** What needs no group that is alive, only a log that can be read. */
  private static final Set<String> READING =
      Set.of("history", "msg_delete", "msg_search", "msg_pinned");

  private ImEngine engine;
  private int groups;
  private String groupId = "";
  private String requestId = "";

  @BeforeEach
  void start() {
    engine =
        ImEngine.builder()
            .stores(stores())
            .authenticator(token -> new Authenticator.Result.Rejected("nobody connects"))
            .settings(
                ImSettings.builder()
                    .messagesPerSecond(1_000_000)
                    .messagesBurst(1_000_000)
                    .messages(rules -> rules.scheduledMessages(10_000))
                    .build())
            .build();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void each_operation_is_done_or_refused_as_the_table_says() {
    check(false);
  }

  @Test
  void of_a_dismissed_group_those_who_belonged_to_it_can_read_only() {
    check(true);
  }

  private void check(boolean dismissed) {
    Map<String, List<String>> wrong = new LinkedHashMap<>();
    table()
        .forEach(
            (operation, expected) -> {
              boolean fresh = false;
              for (int i = 0; i < PEOPLE.size(); i++) {
                // What was refused has changed nothing.
                if (!fresh) {
                  prepare(operation, dismissed);
                }
                String person = PEOPLE.get(i);
                String outcome = outcome(operation, person);
                fresh = !outcome.equals(OK);
                String wanted = dismissed ? ofDismissed(operation, person) : expected.get(i);
                if (!outcome.equals(wanted)) {
                  wrong
                      .computeIfAbsent(operation, first -> new ArrayList<>())
                      .add(person + ": expected " + wanted + ", got " + outcome);
                }
              }
            });
    assertThat(wrong).isEmpty();
  }

  private static Map<String, List<String>> table() {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    ACTIVE
        .lines()
        .skip(1)
        .map(line -> Arrays.stream(line.split("\\|")).map(String::trim).toList())
        .forEach(cells -> rows.put(cells.get(0), cells.subList(1, cells.size())));
    return rows;
  }

  private static String ofDismissed(String operation, String person) {
    boolean log = operation.equals("msg_readers") || READING.contains(operation);
    return switch (person) {
      case "stranger" ->
          log || operation.equals("msg_forward_here")
              ? "conversation_not_found"
              : "group_not_found";
      case "former" ->
          READING.contains(operation) ? OK : log ? "conversation_not_found" : "group_not_found";
      default ->
          log || operation.startsWith("info") || operation.equals("members")
              ? OK
              : DISMISSED.getOrDefault(operation, "group_dismissed");
    };
  }

  /** A group in which each of these people is what she is called, and somebody waits to join. */
  private void prepare(String operation, boolean dismissed) {
    Groups api = engine.groups();
    Caller owner = Caller.user("owner");
    groupId = "g" + groups++;
    JoinMode mode =
        operation.endsWith("_approval")
            ? JoinMode.APPROVAL
            : operation.endsWith("_closed") ? JoinMode.CLOSED : JoinMode.FREE;
    List<String> members =
        List.of("admin", "other_admin", "member", "other_member", "muted", "former", "blocked");
    done(api.create(owner, new CreateGroup(groupId, info(JoinMode.APPROVAL), members)));
    if (operation.startsWith("msg_")) {
      for (String member :
          List.of("owner", "admin", "member", "other_member", "muted", "blocked")) {
        done(engine.messages().send(Caller.user(member), text("by_" + member, null, List.of())));
      }
      engine.contacts().block(owner, "blocked");
    }
    done(api.setRole(owner, groupId, "admin", MemberRole.ADMIN));
    done(api.setRole(owner, groupId, "other_admin", MemberRole.ADMIN));
    done(api.mute(owner, groupId, "muted", Duration.ofDays(1)));
    done(api.kick(owner, groupId, List.of("former")));
    done(api.join(Caller.user("applicant"), groupId, "please"));
    requestId = api.requests("owner", groupId).get(0).requestId();
    done(api.update(owner, groupId, new UpdateGroup(null, null, null, null, null, mode, null)));
    if (operation.equals("send_all_muted")) {
      done(api.muteAll(owner, groupId));
    }
    if (dismissed) {
      done(api.dismiss(owner, groupId));
    }
  }

  private String outcome(String operation, String person) {
    try {
      perform(operation, person);
      return OK;
    } catch (ImException e) {
      return e.error().reason();
    }
  }

  private void perform(String operation, String person) {
    Groups api = engine.groups();
    Caller caller = Caller.user(person);
    ConversationId id = ConversationId.group(groupId);
    switch (operation) {
      case "send", "send_all_muted" ->
          done(engine.messages().send(caller, SendCommand.of(id, TEXT)));
      case "history" ->
          assertThat(
                  engine.messages().history(person, new HistoryQuery(id, null, null, 10)).entries())
              .isNotEmpty();
      case "info", "info_closed" -> api.get(person, groupId);
      case "members" -> api.members(person, groupId, 1, 20);
      case "update" ->
          done(
              api.update(
                  caller, groupId, new UpdateGroup("new", null, null, null, null, null, null)));
      case "nickname" -> done(api.nickname(caller, groupId, "nick"));
      case "join", "join_approval", "join_closed" -> done(api.join(caller, groupId, ""));
      case "invite", "invite_approval", "invite_closed" ->
          done(api.invite(caller, groupId, List.of("guest")));
      case "requests" -> api.requests(person, groupId);
      case "approve" -> done(api.approve(caller, groupId, requestId));
      case "reject" -> api.reject(caller, groupId, requestId);
      case "leave" -> done(api.leave(caller, groupId));
      case "kick_member" -> done(api.kick(caller, groupId, List.of("other_member")));
      case "kick_admin" -> done(api.kick(caller, groupId, List.of("other_admin")));
      case "kick_owner" -> done(api.kick(caller, groupId, List.of("owner")));
      case "kick_stranger" -> done(api.kick(caller, groupId, List.of("nobody")));
      case "mute_member" -> done(api.mute(caller, groupId, "other_member", Duration.ofHours(1)));
      case "mute_admin" -> done(api.mute(caller, groupId, "other_admin", Duration.ofHours(1)));
      case "mute_owner" -> done(api.mute(caller, groupId, "owner", Duration.ofHours(1)));
      case "mute_all" -> done(api.muteAll(caller, groupId));
      case "set_admin" -> done(api.setRole(caller, groupId, "other_member", MemberRole.ADMIN));
      case "transfer" -> done(api.transfer(caller, groupId, "other_member"));
      case "dismiss" -> done(api.dismiss(caller, groupId));
      case "msg_reply" ->
          done(engine.messages().send(caller, text(null, "by_other_member", List.of())));
      case "msg_mention_all" ->
          done(engine.messages().send(caller, text(null, null, List.of("*"))));
      case "msg_mention_stranger" ->
          done(engine.messages().send(caller, text(null, null, List.of("nobody"))));
      case "msg_revoke_own" -> revise(caller, own(person), new Change.Revoke());
      case "msg_revoke_other" -> revise(caller, "by_other_member", new Change.Revoke());
      case "msg_edit_own" -> revise(caller, own(person), new Change.Edit(TEXT));
      case "msg_edit_other" -> revise(caller, "by_other_member", new Change.Edit(TEXT));
      case "msg_react" -> revise(caller, "by_other_member", new Change.React("👍", true));
      case "msg_unreact" -> revise(caller, "by_other_member", new Change.React("👍", false));
      case "msg_pin" -> revise(caller, "by_other_member", new Change.Pin(true));
      case "msg_forward_here" ->
          done(
              engine
                  .messages()
                  .forward(
                      caller, new ForwardCommand(id, List.of("by_other_member"), id, false, null)));
      case "msg_schedule" ->
          engine
              .schedules()
              .schedule(
                  caller,
                  text(null, null, List.of()),
                  engine.clock().millis() + Duration.ofDays(1).toMillis());
      case "msg_delete" -> engine.messages().delete(caller, id, List.of("by_other_member"));
      case "msg_search" ->
          engine
              .messages()
              .search(person, new SearchQuery("x", id, null, 0, Long.MAX_VALUE, null, 10));
      case "msg_readers" -> engine.conversations().readers(person, id, List.of());
      case "msg_pinned" -> engine.messages().pinned(person, id);
      default -> throw new AssertionError("no such operation: " + operation);
    }
  }

  private void revise(Caller caller, String target, Change change) {
    done(
        engine
            .messages()
            .revise(caller, ReviseCommand.of(ConversationId.group(groupId), target, change)));
  }

  /** Whoever said nothing tries it with what somebody else said. */
  private static String own(String person) {
    return person.equals("stranger") || person.equals("former")
        ? "by_other_member"
        : "by_" + person;
  }

  private SendCommand text(
      @Nullable String messageId, @Nullable String replyTo, List<String> mentions) {
    return new SendCommand(
        ConversationId.group(groupId),
        messageId,
        TEXT,
        new MessageOptions(null, replyTo, mentions, null, 0),
        true);
  }

  private static Group.Info info(JoinMode mode) {
    return new Group.Info("Friends", null, null, null, 100, mode, false);
  }

  private static <T> T done(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ImException refused) {
        throw refused;
      }
      throw e;
    }
  }
}
