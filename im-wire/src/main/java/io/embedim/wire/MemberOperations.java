package io.embedim.wire;

import io.embedim.core.Groups;
import io.embedim.core.ImEngine;
import io.embedim.spi.model.MemberRole;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The operations on who belongs to a group, and as what. */
final class MemberOperations {

  /** Users that one call can name. */
  private static final int MAX_USERS = 200;

  private static final int MAX_PAGE = 200;
  private static final int DEFAULT_PAGE = 20;
  private static final long MAX_MUTE_SECONDS = Duration.ofDays(3_650).toSeconds();

  private final Groups groups;

  MemberOperations(ImEngine engine) {
    this.groups = engine.groups();
  }

  private record TextCommand(String groupId, String text) {}

  private record UsersCommand(String groupId, Set<String> userIds) {}

  private record TargetCommand(String groupId, String targetId) {}

  private record RoleCommand(String groupId, String targetId, MemberRole role) {}

  private record MuteCommand(String groupId, String targetId, Duration duration) {}

  private record MembersCommand(String groupId, int page, int pageSize) {}

  List<Operation> all() {
    return List.of(
        join(),
        changed(
            "leave", "leave", GroupParameters::groupId, (i, id) -> groups.leave(i.caller(), id)),
        invite(),
        kick(),
        members(),
        changed(
            "set_admin",
            "admin/set",
            MemberOperations::roleCommand,
            (i, c) -> groups.setRole(i.caller(), c.groupId(), c.targetId(), c.role())),
        changed(
            "transfer",
            "transfer",
            MemberOperations::transferCommand,
            (i, c) -> groups.transfer(i.caller(), c.groupId(), c.targetId())),
        changed(
            "mute",
            "mute",
            MemberOperations::muteCommand,
            (i, c) -> groups.mute(i.caller(), c.groupId(), c.targetId(), c.duration())),
        changed(
            "nickname",
            "nickname",
            MemberOperations::nicknameCommand,
            (i, c) -> groups.nickname(i.caller(), c.groupId(), c.text())),
        requests(),
        changed(
            "approve",
            "requests/approve",
            MemberOperations::requestCommand,
            (i, c) -> groups.approve(i.caller(), c.groupId(), c.text())),
        reject());
  }

  private Operation join() {
    return Operation.staged(
        GroupOperations.route("join", Operation.Verb.POST, "join"),
        parameters -> {
          String note = parameters.string("note");
          return new TextCommand(GroupParameters.groupId(parameters), note == null ? "" : note);
        },
        (invocation, command) ->
            groups.join(invocation.caller(), command.groupId(), command.text()),
        (json, result, invocation) -> {
          json.writeStartObject();
          json.writeStringField("status", result.name().toLowerCase(Locale.ROOT));
          json.writeEndObject();
        });
  }

  private Operation invite() {
    return Operation.staged(
        GroupOperations.route("invite", Operation.Verb.POST, "invite"),
        parameters -> usersCommand(parameters, "user_ids"),
        (invocation, command) ->
            groups.invite(invocation.caller(), command.groupId(), command.userIds()),
        (json, invited, invocation) -> {
          json.writeStartObject();
          GroupJson.writeUsers(json, "invited", invited);
          json.writeEndObject();
        });
  }

  private Operation kick() {
    return Operation.staged(
        GroupOperations.route("kick", Operation.Verb.POST, "kick"),
        parameters -> usersCommand(parameters, "target_ids"),
        (invocation, command) ->
            groups.kick(invocation.caller(), command.groupId(), command.userIds()),
        (json, result, invocation) -> GroupJson.write(json, result));
  }

  private Operation members() {
    return Operation.blocking(
        GroupOperations.route("members", Operation.Verb.GET, "members"),
        parameters -> {
          Long page = parameters.number("page", 1, Integer.MAX_VALUE);
          Long size = parameters.number("page_size", 1, MAX_PAGE);
          return new MembersCommand(
              GroupParameters.groupId(parameters),
              page == null ? 1 : page.intValue(),
              size == null ? DEFAULT_PAGE : size.intValue());
        },
        (invocation, command) ->
            groups.members(
                invocation.userId(), command.groupId(), command.page(), command.pageSize()),
        (json, page, invocation) -> GroupJson.write(json, page));
  }

  private Operation requests() {
    return Operation.blocking(
        GroupOperations.route("requests", Operation.Verb.GET, "requests"),
        GroupParameters::groupId,
        (invocation, id) -> groups.requests(invocation.userId(), id),
        (json, requests, invocation) -> GroupJson.writeRequests(json, requests));
  }

  private Operation reject() {
    return Operation.blocking(
        GroupOperations.route("reject", Operation.Verb.POST, "requests/reject"),
        MemberOperations::requestCommand,
        (invocation, command) -> {
          groups.reject(invocation.caller(), command.groupId(), command.text());
          return command;
        },
        ResultJson::writeNothing);
  }

  /** An operation whose result is that it is done. */
  private static <P> Operation changed(
      String method,
      String path,
      Function<Parameters, P> parser,
      BiFunction<Invocation, P, CompletionStage<Void>> handler) {
    return Operation.staged(
        GroupOperations.route(method, Operation.Verb.POST, path),
        parser,
        handler,
        ResultJson::writeNothing);
  }

  private static UsersCommand usersCommand(Parameters parameters, String name) {
    return new UsersCommand(
        GroupParameters.groupId(parameters), parameters.requiredIds(name, MAX_USERS, IdKind.USER));
  }

  private static RoleCommand roleCommand(Parameters parameters) {
    return new RoleCommand(
        GroupParameters.groupId(parameters),
        parameters.requiredId("target_id", IdKind.USER),
        GroupParameters.requiredFlag(parameters, "is_admin")
            ? MemberRole.ADMIN
            : MemberRole.MEMBER);
  }

  private static TargetCommand transferCommand(Parameters parameters) {
    return new TargetCommand(
        GroupParameters.groupId(parameters), parameters.requiredId("new_owner_id", IdKind.USER));
  }

  private static MuteCommand muteCommand(Parameters parameters) {
    return new MuteCommand(
        GroupParameters.groupId(parameters),
        parameters.requiredId("target_id", IdKind.USER),
        Duration.ofSeconds(parameters.requiredNumber("duration_seconds", 0, MAX_MUTE_SECONDS)));
  }

  /** Empty removes the nickname; a call that forgot it does not. */
  private static TextCommand nicknameCommand(Parameters parameters) {
    String nickname = parameters.string("nickname");
    if (nickname == null) {
      throw Parameters.invalid("nickname is missing, expected a string");
    }
    return new TextCommand(GroupParameters.groupId(parameters), nickname);
  }

  private static TextCommand requestCommand(Parameters parameters) {
    return new TextCommand(
        GroupParameters.groupId(parameters), parameters.requiredString("request_id"));
  }
}
