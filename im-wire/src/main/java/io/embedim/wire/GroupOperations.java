package io.embedim.wire;

import io.embedim.core.CreateGroup;
import io.embedim.core.Groups;
import io.embedim.core.ImEngine;
import io.embedim.core.UpdateGroup;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.Member;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations on groups as such; those on who belongs to one are {@link MemberOperations}. */
final class GroupOperations {

  private static final int MAX_PAGE = 200;

  private final Groups groups;
  private final int most;

  GroupOperations(ImEngine engine) {
    this.groups = engine.groups();
    this.most = engine.settings().groupMembers();
  }

  private record UpdateCommand(String groupId, UpdateGroup change) {}

  private record MuteAllCommand(String groupId, boolean muted) {}

  private record ListCommand(String after, int limit) {}

  private record GroupOfMine(Group group, @Nullable Member me) {}

  private record GroupPage(List<Group> groups, @Nullable String next) {}

  List<Operation> all() {
    return List.of(create(), info(), update(), dismiss(), muteAll(), list());
  }

  private Operation create() {
    return Operation.staged(
        route("create", Operation.Verb.POST, "create"),
        this::createCommand,
        (invocation, command) -> groups.create(invocation.caller(), command),
        (json, group, invocation) -> GroupJson.write(json, group, null));
  }

  private CreateGroup createCommand(Parameters parameters) {
    // With the caller one more than fit, so that the group itself says that it would be full.
    Set<String> members = parameters.ids("member_ids", most, IdKind.USER);
    Integer maxMembers = maxMembers(parameters);
    Group.JoinMode joinMode = GroupParameters.joinMode(parameters);
    Boolean pastVisible = parameters.flag("past_visible");
    return new CreateGroup(
        null,
        new Group.Info(
            parameters.requiredString("name"),
            orNull(parameters.string("avatar")),
            orNull(parameters.string("announcement")),
            orNull(parameters.string("description")),
            maxMembers == null ? most : maxMembers,
            joinMode == null ? Group.JoinMode.FREE : joinMode,
            pastVisible != null && pastVisible),
        members == null ? List.of() : List.copyOf(members));
  }

  private Operation info() {
    return Operation.blocking(
        route("info", Operation.Verb.GET, "info"),
        GroupParameters::groupId,
        (invocation, id) ->
            new GroupOfMine(
                groups.get(invocation.userId(), id),
                groups.member(id, invocation.userId()).orElse(null)),
        (json, found, invocation) -> GroupJson.write(json, found.group(), found.me()));
  }

  private Operation update() {
    return Operation.staged(
        route("update", Operation.Verb.PUT, "info"),
        parameters ->
            new UpdateCommand(
                GroupParameters.groupId(parameters),
                new UpdateGroup(
                    parameters.string("name"),
                    parameters.string("avatar"),
                    parameters.string("announcement"),
                    parameters.string("description"),
                    maxMembers(parameters),
                    GroupParameters.joinMode(parameters),
                    parameters.flag("past_visible"))),
        (invocation, command) ->
            groups.update(invocation.caller(), command.groupId(), command.change()),
        (json, group, invocation) -> GroupJson.write(json, group, null));
  }

  private Operation dismiss() {
    return Operation.staged(
        route("dismiss", Operation.Verb.POST, "dismiss"),
        GroupParameters::groupId,
        (invocation, id) -> groups.dismiss(invocation.caller(), id),
        ResultJson::writeNothing);
  }

  private Operation muteAll() {
    return Operation.staged(
        route("mute_all", Operation.Verb.POST, "mute-all"),
        parameters ->
            new MuteAllCommand(
                GroupParameters.groupId(parameters),
                GroupParameters.requiredFlag(parameters, "mute_all")),
        (invocation, command) ->
            command.muted()
                ? groups.muteAll(invocation.caller(), command.groupId())
                : groups.unmuteAll(invocation.caller(), command.groupId()),
        ResultJson::writeNothing);
  }

  private Operation list() {
    return Operation.blocking(
        route("list", Operation.Verb.GET, "list"),
        GroupOperations::listCommand,
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
          ResultJson.writeNextPage(json, page.next());
          json.writeEndObject();
        });
  }

  /** A token is the last group's id: whoever makes one up sees another page of her own groups. */
  private static ListCommand listCommand(Parameters parameters) {
    String token = parameters.string("page_token");
    if (token != null && !Ids.isGroupId(token)) {
      throw Parameters.invalid(
          "page_token is not valid, expected the next_page_token of the page before");
    }
    return new ListCommand(token == null ? "" : token, parameters.limit(MAX_PAGE));
  }

  private @Nullable Integer maxMembers(Parameters parameters) {
    Long maxMembers = parameters.number("max_members", 1, most);
    return maxMembers == null ? null : maxMembers.intValue();
  }

  private static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  static Operation.Route route(String method, Operation.Verb verb, String path) {
    return new Operation.Route("group." + method, verb, "/api/group/" + path);
  }
}
