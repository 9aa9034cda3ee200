package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.GroupChange.Dismissed;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.AppendResult.Duplicate;
import io.embedim.spi.store.AppendResult.KeyTaken;
import io.embedim.spi.store.AppendResult.MembershipChanged;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said in a group is said on its membership of now. */
interface GroupAppendRules extends GroupFixture {

  @Test
  default void what_is_said_in_a_group_follows_the_event_of_its_creation() {
    founded("bob");

    LogEntry said = said("bob", "m1");

    assertThat(said.seq()).isEqualTo(2);
    assertThat(log(GROUP)).hasSize(2).endsWith(said);
    assertThat(view("alice", GROUP).unreadCount()).isEqualTo(1);
    assertThat(view("bob", GROUP).unreadCount()).isZero();
    assertThat(view("bob", GROUP).lastMessage()).isEqualTo(said);
  }

  @Test
  default void a_message_that_was_decided_on_an_older_membership_is_not_logged() {
    founded("bob", "carol");
    List<GroupChange> changes =
        List.of(
            new GroupChange.MemberMuted("bob", Long.MAX_VALUE),
            new GroupChange.NicknameChanged("carol", "c"),
            new GroupChange.RoleChanged("carol", MemberRole.ADMIN),
            new GroupChange.AllMuted(true),
            new GroupChange.InfoChanged(INFO),
            new GroupChange.OwnerChanged("carol", MemberRole.MEMBER),
            new GroupChange.MembersAdded(List.of(GroupFixture.joining("dave"))),
            new GroupChange.MembersRemoved(List.of("bob")));

    for (GroupChange change : changes) {
      long before = version();
      assertThat(send(before, text(GROUP, "bob", "before-" + before))).isInstanceOf(Appended.class);
      changed(change, "event-" + before);
      int length = log(GROUP).size();

      assertThat(send(before, text(GROUP, "bob", "after-" + before)))
          .as("%s", change)
          .isEqualTo(new MembershipChanged(before + 1));
      assertThat(log(GROUP)).hasSize(length);
    }
  }

  @Test
  default void a_message_for_a_version_that_never_was_is_not_logged() {
    founded("bob");

    assertThat(send(0, text(GROUP, "bob", "m"))).isEqualTo(new MembershipChanged(1));
    assertThat(send(2, text(GROUP, "bob", "m"))).isEqualTo(new MembershipChanged(1));
    assertThat(log(GROUP)).hasSize(1);
  }

  @Test
  default void what_depends_on_no_membership_is_logged_at_every_version() {
    founded("bob");
    joined("carol");

    assertThat(send(Append.ANY_VERSION, text(GROUP, Ids.SYSTEM_USER, "s1")))
        .isInstanceOf(Appended.class);
    assertThat(log(GROUP)).hasSize(3);
  }

  @Test
  default void a_dismissed_group_takes_no_entry_whatever_version_is_expected() {
    founded("bob");
    LogEntry said = said("bob", "m1");
    changed(new Dismissed(), "end");
    List<LogEntry> log = log(GROUP);

    for (long version : new long[] {Append.ANY_VERSION, 0, 1, 2, 3}) {
      assertThat(send(version, text(GROUP, "bob", "late"))).isEqualTo(new MembershipChanged(2));
      assertThat(send(version, Drafts.revoke(GROUP, "bob", "r", "m1")))
          .isEqualTo(new MembershipChanged(2));
      assertThat(send(version, Drafts.pin(GROUP, "bob", "p", new Revision.Pin("m1", true, 9))))
          .isEqualTo(new MembershipChanged(2));
    }

    assertThat(log(GROUP)).isEqualTo(log);
    assertThat(found(GROUP, "m1")).isEqualTo(said);
  }

  @Test
  default void a_repeated_message_is_a_duplicate_whatever_became_of_the_group() {
    founded("bob");
    LogEntry said = said("bob", "m1");
    removed("bob");
    assertThat(send(1, text(GROUP, "bob", "m1"))).isEqualTo(new Duplicate(said.seq(), NOW));
    changed(new Dismissed(), "end");

    assertThat(send(1, text(GROUP, "bob", "m1"))).isEqualTo(new Duplicate(said.seq(), NOW));
    assertThat(send(1, text(GROUP, "alice", "m1"))).isEqualTo(new KeyTaken());
  }

  @Test
  default void a_message_with_the_id_of_an_event_is_not_logged() {
    founded("bob");

    assertThat(send(1, text(GROUP, "alice", "created"))).isEqualTo(new Duplicate(1, NOW));
    assertThat(send(1, text(GROUP, "bob", "created"))).isEqualTo(new KeyTaken());
  }

  @Test
  default void an_event_of_a_group_cannot_be_revised() {
    founded("bob");

    assertThat(send(1, Drafts.revoke(GROUP, "alice", "r", "created")))
        .isEqualTo(
            new AppendResult.RevisionRefused(AppendResult.RevisionRefused.Reason.TARGET_MISSING));
  }

  @Test
  default void a_group_that_refuses_keeps_nothing_else_of_its_batch_from_being_logged() {
    founded("bob");
    joined("carol");

    List<AppendResult> results =
        messages()
            .append(
                List.of(
                    new Append(text(GROUP, "bob", "m1"), 1),
                    new Append(text(ALICE_BOB, "bob", "m1"), 1),
                    new Append(text(GROUP, "bob", "m2"), 2)),
                NOW);

    assertThat(results.get(0)).isEqualTo(new MembershipChanged(2));
    assertThat(results.get(1)).isInstanceOf(Appended.class);
    assertThat(results.get(2)).isInstanceOf(Appended.class);
    assertThat(log(GROUP)).hasSize(3);
  }
}
