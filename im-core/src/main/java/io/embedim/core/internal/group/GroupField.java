package io.embedim.core.internal.group;

import io.embedim.core.UpdateGroup;
import io.embedim.spi.model.Group.Info;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A field of a group that can be changed. */
enum GroupField {
  NAME,
  AVATAR,
  ANNOUNCEMENT,
  DESCRIPTION,
  MAX_MEMBERS,
  JOIN_MODE,
  PAST_VISIBLE;

  /** What it is called on the wire. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The fields with this one as it is wanted; as they are when nothing is wanted of it. */
  Info in(Info info, UpdateGroup to) {
    return new Info(
        pick(NAME, to.name(), info.name()),
        text(AVATAR, to.avatar(), info.avatar()),
        text(ANNOUNCEMENT, to.announcement(), info.announcement()),
        text(DESCRIPTION, to.description(), info.description()),
        pick(MAX_MEMBERS, to.maxMembers(), info.maxMembers()),
        pick(JOIN_MODE, to.joinMode(), info.joinMode()),
        pick(PAST_VISIBLE, to.pastVisible(), info.pastVisible()));
  }

  /** Its value, as an event shows it. */
  Object shown(Info info) {
    return switch (this) {
      case NAME -> info.name();
      case AVATAR -> Objects.requireNonNullElse(info.avatar(), "");
      case ANNOUNCEMENT -> Objects.requireNonNullElse(info.announcement(), "");
      case DESCRIPTION -> Objects.requireNonNullElse(info.description(), "");
      case MAX_MEMBERS -> info.maxMembers();
      case JOIN_MODE -> info.joinMode().code();
      case PAST_VISIBLE -> info.pastVisible();
    };
  }

  private <T> T pick(GroupField field, @Nullable T wanted, T present) {
    return this == field && wanted != null ? wanted : present;
  }

  /** An empty text removes what was there. */
  private @Nullable String text(
      GroupField field, @Nullable String wanted, @Nullable String present) {
    if (this != field || wanted == null) {
      return present;
    }
    return wanted.isEmpty() ? null : wanted;
  }
}
