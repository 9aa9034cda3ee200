package io.embedim.core.internal.group;

import io.embedim.core.UpdateGroup;
import io.embedim.spi.model.Group.Info;
import io.embedim.spi.model.Group.JoinMode;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field of a group that can be changed, and what somebody wants it to be.
 *
 * @param name as on the wire
 * @param wanted null to leave it as it is
 */
record GroupField<T>(
    String name,
    @Nullable T wanted,
    Function<Info, @Nullable T> get,
    BiFunction<Info, T, Info> with) {

  static List<GroupField<?>> all(UpdateGroup to) {
    return List.of(
        new GroupField<>(
            "name",
            to.name(),
            Info::name,
            (i, v) ->
                new Info(
                    v,
                    i.avatar(),
                    i.announcement(),
                    i.description(),
                    i.maxMembers(),
                    i.joinMode(),
                    i.pastVisible())),
        new GroupField<>(
            "avatar",
            to.avatar(),
            i -> shown(i.avatar()),
            (i, v) ->
                new Info(
                    i.name(),
                    stored(v),
                    i.announcement(),
                    i.description(),
                    i.maxMembers(),
                    i.joinMode(),
                    i.pastVisible())),
        new GroupField<>(
            "announcement",
            to.announcement(),
            i -> shown(i.announcement()),
            (i, v) ->
                new Info(
                    i.name(),
                    i.avatar(),
                    stored(v),
                    i.description(),
                    i.maxMembers(),
                    i.joinMode(),
                    i.pastVisible())),
        new GroupField<>(
            "description",
            to.description(),
            i -> shown(i.description()),
            (i, v) ->
                new Info(
                    i.name(),
                    i.avatar(),
                    i.announcement(),
                    stored(v),
                    i.maxMembers(),
                    i.joinMode(),
                    i.pastVisible())),
        new GroupField<>(
            "max_members",
            to.maxMembers(),
            Info::maxMembers,
            (i, v) ->
                new Info(
                    i.name(),
                    i.avatar(),
                    i.announcement(),
                    i.description(),
                    v,
                    i.joinMode(),
                    i.pastVisible())),
        new GroupField<>(
            "join_mode",
            to.joinMode() == null ? null : to.joinMode().code(),
            i -> i.joinMode().code(),
            (i, v) ->
                new Info(
                    i.name(),
                    i.avatar(),
                    i.announcement(),
                    i.description(),
                    i.maxMembers(),
                    JoinMode.ofCode(v),
                    i.pastVisible())),
        new GroupField<>(
            "past_visible",
            to.pastVisible(),
            Info::pastVisible,
            (i, v) ->
                new Info(
                    i.name(),
                    i.avatar(),
                    i.announcement(),
                    i.description(),
                    i.maxMembers(),
                    i.joinMode(),
                    v)));
  }

  boolean differsIn(Info info) {
    return wanted != null && !Objects.equals(wanted, get.apply(info));
  }

  /** The fields with this one as it is wanted. */
  Info in(Info info) {
    return wanted == null ? info : with.apply(info, wanted);
  }

  /** Its value, as an event shows it. */
  @Nullable Object shown(Info info) {
    return get.apply(info);
  }

  private static String shown(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable String stored(String text) {
    return text.isEmpty() ? null : text;
  }
}
