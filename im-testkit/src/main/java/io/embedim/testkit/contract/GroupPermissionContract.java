package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.Caller;
import io.embedim.core.CreateGroup;
import io.embedim.core.Groups;
import io.embedim.core.HistoryQuery;
import io.embedim.core.ImEngine;
import io.embedim.core.ImException;
import io.embedim.core.ImSettings;
import io.embedim.core.SendCommand;
import io.embedim.core.UpdateGroup;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.Group.JoinMode;
import io.embedim.spi.model.MemberRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who may do what in a group: every operation by everybody who can stand to a group in any way. The
 * engine decides this; run on a store, it shows that the store gives the engine what it decides on.
 */
public abstract class GroupPermissionContract extends FreshStores implements StoreFixture {

  private static final List<String> PEOPLE =
      List.of("owner", "admin", "member", "muted", "stranger", "former");

  private static final String OK = "ok";

  /** In a group that everybody may join, unless the operation says otherwise. */
  private static final String ACTIVE =
      """
      operation         | owner               | admin             | member            | muted             | stranger               | former
      send              | ok                  | ok                | ok                | muted             | group_not_found        | group_not_found
      send_all_muted    | ok                  | ok                | muted             | muted             | group_not_found        | group_not_found
      history           | ok                  | ok                | ok                | ok                | conversation_not_found | ok
      info              | ok                  | ok                | ok                | ok                | ok                     | ok
      info_closed       | ok                  | ok                | ok                | ok                | group_not_found        | group_not_found
      members           | ok                  | ok                | ok                | ok                | group_not_found        | group_not_found
      update            | ok                  | ok                | not_group_admin   | not_group_admin   | group_not_found        | group_not_found
      nickname          | ok                  | ok                | ok                | ok                | group_not_found        | group_not_found
      join              | already_member      | already_member    | already_member    | already_member    | ok                     | ok
      join_approval     | already_member      | already_member    | already_member    | already_member    | ok                     | ok
      join_closed       | already_member      | already_member    | already_member    | already_member    | join_closed            | join_closed
      invite            | ok                  | ok                | ok                | ok                | group_not_found        | group_not_found
      invite_approval   | ok                  | ok                | not_group_admin   | not_group_admin   | group_not_found        | group_not_found
      invite_closed     | ok                  | ok                | not_group_admin   | not_group_admin   | group_not_found        | group_not_found
      requests          | ok                  | ok                | not_group_admin   | not_group_admin   | group_not_found        | group_not_found
      approve           | ok                  | ok                | not_group_admin   | not_group_admin   | group_not_found        | group_not_found
      reject            | ok                  | ok                | not_group_admin   | not_group_admin   | group_not_found        | group_not_found
      leave             | owner_must_transfer | ok                | ok                | ok                | group_not_found        | group_not_found
      kick_member       | ok                  | ok                | not_group_admin   | not_group_admin   | group_not_found        | group_not_found
      kick_admin        | ok                  | not_group_owner   | not_group_admin   | not_group_admin   | group_not_found        | group_not_found
      kick_owner        | invalid_argument    | cannot_kick_owner | not_group_admin   | not_group_admin   | group_not_found        | group_not_found
      kick_stranger     | not_member          | not_member        | not_group_admin   | not_group_admin   | group_not_found        | group_not_found
      mute_member       | ok                  | ok                | not_group_admin   | not_group_admin   | group_not_found        | group_not_found
      mute_admin        | ok                  | not_group_owner   | not_group_admin   | not_group_admin   | group_not_found        | group_not_found
      mute_owner        | invalid_argument    | invalid_argument  | not_group_admin   | not_group_admin   | group_not_found        | group_not_found
      mute_all          | ok                  | ok                | not_group_admin   | not_group_admin   | group_not_found        | group_not_found
      set_admin         | ok                  | not_group_owner   | not_group_owner   | not_group_owner   | group_not_found        | group_not_found
      transfer          | ok                  | not_group_owner   | not_group_owner   | not_group_owner   | group_not_found        | group_not_found
      dismiss           | ok                  | not_group_owner   | not_group_owner   | not_group_owner   | group_not_found        | group_not_found
      """;

  /** What is left of a dismissed group; every other operation is refused as dismissed. */
  private static final Map<String, String> DISMISSED =
      Map.of(
          "history",
          OK,
          "info",
          OK,
          "info_closed",
          OK,
          "members",
          OK,
          "join",
          "already_member",
          "join_approval",
          "already_member",
          "join_closed",
          "already_member");

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
                ImSettings.builder().messagesPerSecond(1_000_000).messagesBurst(1_000_000).build())
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
    return switch (person) {
      case "stranger" -> operation.equals("history") ? "conversation_not_found" : "group_not_found";
      case "former" -> operation.equals("history") ? OK : "group_not_found";
      default -> DISMISSED.getOrDefault(operation, "group_dismissed");
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
        List.of("admin", "other_admin", "member", "other_member", "muted", "former");
    done(api.create(owner, new CreateGroup(groupId, info(JoinMode.APPROVAL), members)));
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
          done(
              engine
                  .messages()
                  .send(
                      caller,
                      SendCommand.of(id, new Content(ContentType.TEXT, "{\"text\":\"x\"}", "x"))));
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
      default -> throw new AssertionError("no such operation: " + operation);
    }
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
