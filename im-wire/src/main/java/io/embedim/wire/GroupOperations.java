package io.embedim.wire;

import io.embedim.core.CreateGroup;
import io.embedim.core.Groups;
import io.embedim.core.ImEngine;
import io.embedim.core.UpdateGroup;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The operations on groups. */
final class GroupOperations {

  /** Users that one call can name; the first members of a group may be more. */
  private static final int MAX_USERS = 500;

  private static final int MAX_PAGE = 200;
  private static final int DEFAULT_PAGE = 20;
  private static final long MAX_MUTE_SECONDS = Duration.ofDays(3_650).toSeconds();

  private final ImEngine engine;
  private final Groups groups;

  GroupOperations(ImEngine engine) {
    this.engine = engine;
    this.groups = engine.groups();
  }

  private record GroupOfMine(Group group, @Nullable Member me) {}

  private record GroupPage(List<Group> groups, @Nullable String next) {}

  private record MembersCommand(String groupId, int page, int pageSize) {}

  private record ListCommand(String after, int limit) {}

  private record UpdateCommand(String groupId, UpdateGroup change) {}

  private record TextCommand(String groupId, String text) {}

  private record UsersCommand(String groupId, Set<String> userIds) {}

  private record TargetCommand(String groupId, String targetId) {}

  private record RoleCommand(String groupId, String targetId, MemberRole role) {}

  private record MuteCommand(String groupId, String targetId, Duration duration) {}

  private record MuteAllCommand(String groupId, boolean muted) {}

  List<Operation> all() {
    return List.of(
        create(),
        info(),
        update(),
        join(),
        changed(
            "leave", "leave", GroupOperations::groupId, (i, id) -> groups.leave(i.caller(), id)),
        changed(
            "dismiss",
            "dismiss",
            GroupOperations::groupId,
            (i, id) -> groups.dismiss(i.caller(), id)),
        invite(),
        kick(),
        members(),
        changed(
            "set_admin",
            "admin/set",
            GroupOperations::roleCommand,
            (i, c) -> groups.setRole(i.caller(), c.groupId(), c.targetId(), c.role())),
        changed(
            "transfer",
            "transfer",
            parameters ->
                new TargetCommand(groupId(parameters), userId(parameters, "new_owner_id")),
            (i, c) -> groups.transfer(i.caller(), c.groupId(), c.targetId())),
        changed(
            "mute",
            "mute",
            GroupOperations::muteCommand,
            (i, c) -> groups.mute(i.caller(), c.groupId(), c.targetId(), c.duration())),
        changed(
            "mute_all",
            "mute-all",
            parameters ->
                new MuteAllCommand(groupId(parameters), requiredFlag(parameters, "mute_all")),
            (i, c) ->
                c.muted()
                    ? groups.muteAll(i.caller(), c.groupId())
                    : groups.unmuteAll(i.caller(), c.groupId())),
        changed(
            "nickname",
            "nickname",
            parameters -> new TextCommand(groupId(parameters), text(parameters, "nickname")),
            (i, c) -> groups.nickname(i.caller(), c.groupId(), c.text())),
        list(),
        requests(),
        changed(
            "approve",
            "requests/approve",
            GroupOperations::requestCommand,
            (i, c) -> groups.approve(i.caller(), c.groupId(), c.text())),
        Operation.blocking(
            route("reject", Operation.Verb.POST, "requests/reject"),
            GroupOperations::requestCommand,
            (i, c) -> {
              groups.reject(i.caller(), c.groupId(), c.text());
              return c;
            },
            (json, done, invocation) -> {
              json.writeStartObject();
              json.writeEndObject();
            }));
  }

  private Operation create() {
    int most = engine.settings().groupMembers();
    return Operation.staged(
        route("create", Operation.Verb.POST, "create"),
        parameters -> {
          // One more than fit, so that the group itself says that it would be full.
          Set<String> members = parameters.userIds("member_ids", most);
          Long maxMembers = parameters.number("max_members", 1, most);
          Boolean pastVisible = parameters.flag("past_visible");
          Group.JoinMode joinMode = joinMode(parameters);
          return new CreateGroup(
              null,
              new Group.Info(
                  parameters.requiredString("name"),
                  orNull(parameters.string("avatar")),
                  orNull(parameters.string("announcement")),
                  orNull(parameters.string("description")),
                  maxMembers == null ? most : maxMembers.intValue(),
                  joinMode == null ? Group.JoinMode.FREE : joinMode,
                  pastVisible != null && pastVisible),
              members == null ? List.of() : List.copyOf(members));
        },
        (invocation, command) -> groups.create(invocation.caller(), command),
        (json, group, invocation) -> GroupJson.write(json, group, null));
  }

  private Operation info() {
    return Operation.blocking(
        route("info", Operation.Verb.GET, "info"),
        GroupOperations::groupId,
        (invocation, id) ->
            new GroupOfMine(
                groups.get(invocation.userId(), id),
                groups.member(id, invocation.userId()).orElse(null)),
        (json, found, invocation) -> GroupJson.write(json, found.group(), found.me()));
  }

  private Operation update() {
    return Operation.staged(
        route("update", Operation.Verb.PUT, "info"),
        parameters -> {
          Long maxMembers = parameters.number("max_members", 1, engine.settings().groupMembers());
          return new UpdateCommand(
              groupId(parameters),
              new UpdateGroup(
                  parameters.string("name"),
                  parameters.string("avatar"),
                  parameters.string("announcement"),
                  parameters.string("description"),
                  maxMembers == null ? null : maxMembers.intValue(),
                  joinMode(parameters),
                  parameters.flag("past_visible")));
        },
        (invocation, command) ->
            groups.update(invocation.caller(), command.groupId(), command.change()),
        (json, group, invocation) -> GroupJson.write(json, group, null));
  }

  private Operation join() {
    return Operation.staged(
        route("join", Operation.Verb.POST, "join"),
        parameters -> new TextCommand(groupId(parameters), text(parameters, "note")),
        (invocation, command) ->
            groups.join(invocation.caller(), command.groupId(), command.text()),
        (json, result, invocation) -> {
          json.writeStartObject();
          json.writeStringField("status", result.name().toLowerCase(java.util.Locale.ROOT));
          json.writeEndObject();
        });
  }

  private Operation invite() {
    return Operation.staged(
        route("invite", Operation.Verb.POST, "invite"),
        parameters ->
            new UsersCommand(
                groupId(parameters), parameters.requiredUserIds("user_ids", MAX_USERS)),
        (invocation, command) ->
            groups.invite(invocation.caller(), command.groupId(), command.userIds()),
        (json, invited, invocation) -> {
          json.writeStartObject();
          json.writeArrayFieldStart("invited");
          for (String userId : invited) {
            json.writeString(userId);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private Operation kick() {
    return Operation.staged(
        route("kick", Operation.Verb.POST, "kick"),
        parameters ->
            new UsersCommand(
                groupId(parameters), parameters.requiredUserIds("target_ids", MAX_USERS)),
        (invocation, command) ->
            groups.kick(invocation.caller(), command.groupId(), command.userIds()),
        (json, result, invocation) -> GroupJson.write(json, result));
  }

  private Operation members() {
    return Operation.blocking(
        route("members", Operation.Verb.GET, "members"),
        parameters -> {
          Long page = parameters.number("page", 1, Integer.MAX_VALUE);
          Long size = parameters.number("page_size", 1, MAX_PAGE);
          return new MembersCommand(
              groupId(parameters),
              page == null ? 1 : page.intValue(),
              size == null ? DEFAULT_PAGE : size.intValue());
        },
        (invocation, command) ->
            groups.members(
                invocation.userId(), command.groupId(), command.page(), command.pageSize()),
        (json, page, invocation) -> GroupJson.write(json, page));
  }

  private Operation list() {
    return Operation.blocking(
        route("list", Operation.Verb.GET, "list"),
        parameters -> {
          String token = parameters.string("page_token");
          if (token != null && !Ids.isGroupId(token)) {
            throw Parameters.invalid(
                "page_token is not valid, expected one that a page ended with");
          }
          return new ListCommand(token == null ? "" : token, parameters.limit(MAX_PAGE));
        },
        (invocation, command) -> {
          List<Group> page = groups.list(invocation.userId(), command.after(), command.limit());
          return new GroupPage(
              page, page.size() < command.limit() ? null : page.get(page.size() - 1).groupId());
        },
        (json, page, invocation) -> {
          json.writeStartObject();
          json.writeArrayFieldStart("groups");
          for (Group group : page.groups()) {
            GroupJson.write(json, group, null);
          }
          json.writeEndArray();
          if (page.next() != null) {
            json.writeStringField("next_page_token", page.next());
          }
          json.writeEndObject();
        });
  }

  private Operation requests() {
    return Operation.blocking(
        route("requests", Operation.Verb.GET, "requests"),
        GroupOperations::groupId,
        (invocation, id) -> groups.requests(invocation.userId(), id),
        (json, requests, invocation) -> GroupJson.writeRequests(json, requests));
  }

  /** An operation whose result is that it is done. */
  private static <P> Operation changed(
      String method,
      String path,
      Function<Parameters, P> parser,
      BiFunction<Invocation, P, CompletionStage<Void>> handler) {
    return Operation.staged(
        route(method, Operation.Verb.POST, path),
        parser,
        handler,
        (json, done, invocation) -> {
          json.writeStartObject();
          json.writeEndObject();
        });
  }

  private static Operation.Route route(String method, Operation.Verb verb, String path) {
    return new Operation.Route("group." + method, verb, "/api/group/" + path);
  }

  private static String groupId(Parameters parameters) {
    String id = parameters.requiredString("group_id");
    if (!Ids.isGroupId(id)) {
      throw Parameters.invalid(
          "group_id is not valid, expected 1 to 64 characters of A-Za-z0-9_.@-");
    }
    return id;
  }

  private static String userId(Parameters parameters, String name) {
    String id = parameters.requiredString(name);
    if (!Ids.isUserId(id)) {
      throw Parameters.invalid(
          name + " is not valid, expected 1 to 64 characters of A-Za-z0-9_.@-");
    }
    return id;
  }

  private static RoleCommand roleCommand(Parameters parameters) {
    return new RoleCommand(
        groupId(parameters),
        userId(parameters, "target_id"),
        requiredFlag(parameters, "is_admin") ? MemberRole.ADMIN : MemberRole.MEMBER);
  }

  private static MuteCommand muteCommand(Parameters parameters) {
    return new MuteCommand(
        groupId(parameters),
        userId(parameters, "target_id"),
        Duration.ofSeconds(parameters.requiredNumber("duration_seconds", 0, MAX_MUTE_SECONDS)));
  }

  private static TextCommand requestCommand(Parameters parameters) {
    return new TextCommand(groupId(parameters), parameters.requiredString("request_id"));
  }

  private static boolean requiredFlag(Parameters parameters, String name) {
    Boolean flag = parameters.flag(name);
    if (flag == null) {
      throw Parameters.invalid(name + " is missing, expected true or false");
    }
    return flag;
  }

  private static Group.@Nullable JoinMode joinMode(Parameters parameters) {
    Long code = parameters.number("join_mode", 0, 2);
    return code == null ? null : Group.JoinMode.ofCode(code.intValue());
  }

  private static String text(Parameters parameters, String name) {
    String text = parameters.string(name);
    return text == null ? "" : text;
  }

  private static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
