package io.embedim.core.internal.group;

import io.embedim.core.Caller;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.UpdateGroup;
import io.embedim.core.internal.LimitCheck;
import io.embedim.core.internal.TextCheck;
import io.embedim.core.internal.send.LaneContext;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.Ids;
import io.embedim.spi.store.ContactStore;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what callers want of groups, before anything is looked up or decided. */
public final class GroupInput {

  private static final int MAX_NAME = 64;
  private static final int MAX_URL = 1_024;
  private static final int MAX_DESCRIPTION = 1_024;
  private static final int MAX_ANNOUNCEMENT = 4_096;
  private static final int MAX_NOTE = 256;

  /** Longer than anybody means to be silenced for, and far from where times overflow. */
  private static final Duration MAX_MUTE = Duration.ofDays(3_650);

  /** The largest page of members or groups. */
  private static final int MAX_PAGE = 200;

  /** Users that one call can invite or remove: as many as the event names. */
  private static final int MAX_NAMED = GroupEvents.NAMED;

  private final LaneContext context;

  public GroupInput(LaneContext context) {
    this.context = context;
  }

  /** The fields of a group to be made. */
  public void check(Group.Info info) {
    TextCheck.name("name", MAX_NAME, info.name());
    checkTexts(info.avatar(), info.announcement(), info.description());
    checkMaxMembers(info.maxMembers());
  }

  public void check(UpdateGroup command) {
    if (command.name() != null) {
      TextCheck.name("name", MAX_NAME, command.name());
    }
    checkTexts(command.avatar(), command.announcement(), command.description());
    if (command.maxMembers() != null) {
      checkMaxMembers(command.maxMembers());
    }
  }

  public void checkGroupId(String groupId) {
    if (!Ids.isGroupId(groupId)) {
      throw invalid("group_id: expected 1 to 64 characters of A-Za-z0-9_.@-");
    }
  }

  /**
   * Whether the caller may bring these users into a group. Asks the host's directory, so it may
   * block.
   *
   * @throws ImException {@code user_not_found}; {@code blocked} when one of them has blocked her
   */
  public void checkUsers(Caller caller, Set<String> userIds) {
    if (!userIds.stream().allMatch(Ids::isUserId)) {
      throw invalid("expected user ids of 1 to 64 characters of A-Za-z0-9_.@-");
    }
    if (userIds.isEmpty()) {
      return;
    }
    Set<String> existing = context.memberships().existing(userIds);
    if (!existing.containsAll(userIds)) {
      Set<String> unknown = new LinkedHashSet<>(userIds);
      unknown.removeAll(existing);
      throw new ImException(
          ImError.USER_NOT_FOUND, "there is no user " + unknown.iterator().next());
    }
    context.stores().contacts().ifPresent(contacts -> checkBlocks(contacts, caller, userIds));
  }

  private static void checkBlocks(ContactStore contacts, Caller caller, Set<String> userIds) {
    for (String blocker : contacts.blockers(caller.userId(), userIds)) {
      throw new ImException(ImError.BLOCKED, blocker + " does not want to hear from you");
    }
  }

  /** The users that a call names, each once. */
  public Set<String> distinct(String name, Collection<String> userIds) {
    Set<String> distinct = new LinkedHashSet<>(userIds);
    if (distinct.isEmpty() || distinct.size() > MAX_NAMED) {
      throw invalid(name + ": expected 1 to " + MAX_NAMED + " user ids");
    }
    return distinct;
  }

  public void checkLimit(int limit) {
    LimitCheck.atMost(limit, MAX_PAGE);
  }

  public void checkPage(int page, int pageSize) {
    if (page < 1 || pageSize < 1 || pageSize > MAX_PAGE) {
      throw invalid("page: expected 1 or more; page_size: expected 1 to " + MAX_PAGE);
    }
  }

  public void checkNote(String note) {
    TextCheck.atMost("note", MAX_NOTE, note);
  }

  /** A name in the group; empty for none. */
  public void checkNickname(String nickname) {
    if (!nickname.isEmpty()) {
      TextCheck.name("nickname", MAX_NAME, nickname);
    }
  }

  public void checkMute(Duration duration) {
    if (duration.isNegative() || duration.compareTo(MAX_MUTE) > 0) {
      throw invalid("the duration is " + duration + ", expected 0 to " + MAX_MUTE);
    }
  }

  private static void checkTexts(
      @Nullable String avatar, @Nullable String announcement, @Nullable String description) {
    TextCheck.atMost("avatar", MAX_URL, avatar);
    TextCheck.atMost("announcement", MAX_ANNOUNCEMENT, announcement);
    TextCheck.atMost("description", MAX_DESCRIPTION, description);
  }

  private void checkMaxMembers(int maxMembers) {
    int most = context.settings().groupMembers();
    if (maxMembers < 1 || maxMembers > most) {
      throw invalid("max_members is " + maxMembers + ", expected 1 to " + most);
    }
  }

  private static ImException invalid(String message) {
    return new ImException(ImError.INVALID_ARGUMENT, message);
  }
}
