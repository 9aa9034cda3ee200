package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.NOW;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.store.GroupStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A group to try things on. */
final class TestGroups {

  static final ConversationId GROUP = ConversationId.group("g");

  private static final Group.Info INFO =
      new Group.Info("Friends", null, null, null, 100_000, Group.JoinMode.FREE, false);

  private TestGroups() {}

  static GroupStore groups(JdbcStores stores) {
    return stores.groups().orElseThrow();
  }

  /** Creates the group, which {@code owner} owns. */
  static GroupStore.Result create(JdbcStores stores, List<String> others) {
    return create(stores, GROUP, others);
  }

  static GroupStore.Result create(JdbcStores stores, ConversationId id, List<String> others) {
    Group group = new Group(id.groupId(), INFO, "owner", 1 + others.size(), false, false, NOW, NOW);
    List<Member> members = new ArrayList<>();
    members.add(new Member("owner", MemberRole.OWNER, null, 0, NOW, null, 1));
    others.forEach(user -> members.add(new Member(user, MemberRole.MEMBER, null, 0, NOW, null, 1)));
    return groups(stores).create(group, members, event(id, "created"), NOW);
  }

  static GroupStore.Result change(
      JdbcStores stores, long expectedVersion, GroupChange change, long now) {
    return change(stores, GROUP, expectedVersion, change, now);
  }

  static GroupStore.Result change(
      JdbcStores stores, ConversationId id, long expectedVersion, GroupChange change, long now) {
    return groups(stores)
        .change(id, expectedVersion, change, event(id, "event" + expectedVersion), now);
  }

  static GroupChange joining(List<String> userIds) {
    return new GroupChange.MembersAdded(
        userIds.stream()
            .map(id -> new Member(id, MemberRole.MEMBER, null, 0, NOW, null, Member.FROM_JOINING))
            .toList());
  }

  static GroupChange leaving(List<String> userIds) {
    return new GroupChange.MembersRemoved(userIds);
  }

  static List<String> users(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "user" + i).toList();
  }

  private static EntryDraft event(ConversationId id, String messageId) {
    return new EntryDraft(
        id,
        EntryType.GROUP_CREATED,
        messageId,
        "owner",
        new Content(ContentType.CUSTOM, "{}", ""),
        MessageOptions.NONE,
        null);
  }
}
