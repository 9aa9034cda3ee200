package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.edit;
import static io.embedim.testkit.contract.Drafts.expiring;
import static io.embedim.testkit.contract.Drafts.react;
import static io.embedim.testkit.contract.Drafts.revoke;
import static io.embedim.testkit.contract.Drafts.text;
import static io.embedim.testkit.contract.SearchFixture.everywhere;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.SearchableMessageStore.Search;
import io.embedim.spi.store.SettingsChange;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A search finds what its user may see and nothing else. */
interface SearchRules extends SearchFixture {

  @Test
  default void both_members_of_a_conversation_find_what_was_said_there_and_nobody_else_does() {
    appended(text(ALICE_BOB, "alice", "m1", "the secret word"));
    appended(text(ALICE_CAROL, "carol", "m2", "another word"));

    assertThat(found("alice", "word")).containsExactlyInAnyOrder("m1", "m2");
    assertThat(found("bob", "word")).containsExactly("m1");
    assertThat(found("carol", "word")).containsExactly("m2");
    assertThat(found("mallory", "word")).isEmpty();
    assertThat(foundIn(ALICE_BOB, "carol", "word")).isEmpty();
    assertThat(foundIn(ALICE_BOB, "mallory", "word")).isEmpty();
  }

  @Test
  default void a_search_in_one_conversation_finds_nothing_of_others() {
    appended(text(ALICE_BOB, "alice", "m1", "word"));
    appended(text(ALICE_CAROL, "alice", "m2", "word"));

    assertThat(foundIn(ALICE_BOB, "alice", "word")).containsExactly("m1");
    assertThat(foundIn(ConversationId.direct("alice", "dave"), "alice", "word")).isEmpty();
    assertThat(foundIn(ConversationId.group("none"), "alice", "word")).isEmpty();
  }

  @Test
  default void what_is_found_is_the_whole_entry_as_it_is_now() {
    appended(
        Drafts.message(
            ALICE_BOB,
            "alice",
            "m1",
            Content.text("plain"),
            new MessageOptions(7L, null, List.of("bob"), null, 900)),
        react(ALICE_BOB, "bob", "r1", new Revision.React("m1", "👍", true, 20)));

    assertThat(search(everywhere("alice", "plain"))).containsExactly(found(ALICE_BOB, "m1"));
  }

  @Test
  default void a_revoked_message_is_not_found_any_more_by_anything_that_it_ever_said() {
    appended(text(ALICE_BOB, "alice", "m1", "first"), text(ALICE_BOB, "alice", "m2", "first"));
    appended(edit(ALICE_BOB, "alice", "e1", "m1", "second"));
    appended(revoke(ALICE_BOB, "alice", "r1", "m1"));
    appended(text(ALICE_BOB, "alice", "m3", "first"), revoke(ALICE_BOB, "alice", "r2", "m3"));

    assertThat(found("alice", "first")).containsExactly("m2");
    assertThat(found("bob", "second")).isEmpty();
    assertThat(found("bob", "revoked")).isEmpty();
  }

  @Test
  default void an_edited_message_is_found_by_what_it_says_now() {
    appended(text(ALICE_BOB, "alice", "m1", "before 以前"));
    appended(edit(ALICE_BOB, "alice", "e1", "m1", "after 以后"));
    appended(
        text(ALICE_BOB, "alice", "m2", "before"), edit(ALICE_BOB, "alice", "e2", "m2", "after"));

    assertThat(found("bob", "after")).containsExactly("m2", "m1");
    assertThat(found("bob", "以后")).containsExactly("m1");
    assertThat(found("bob", "before")).isEmpty();
    assertThat(found("bob", "以前")).isEmpty();
  }

  @Test
  default void what_had_no_word_before_it_was_edited_is_found_afterwards() {
    appended(text(ALICE_BOB, "alice", "m1", "…"), text(ALICE_BOB, "alice", "m2", "word"));
    appended(
        edit(ALICE_BOB, "alice", "e1", "m1", "word"), edit(ALICE_BOB, "alice", "e2", "m2", "…"));

    assertThat(found("bob", "word")).containsExactly("m1");
  }

  @Test
  default void a_reaction_or_a_pin_changes_nothing_about_what_is_found() {
    appended(text(ALICE_BOB, "alice", "m1", "word"));
    appended(
        react(ALICE_BOB, "bob", "r1", new Revision.React("m1", "👍", true, 20)),
        Drafts.pin(ALICE_BOB, "bob", "p1", new Revision.Pin("m1", true, 50)));

    assertThat(found("bob", "word")).containsExactly("m1");
  }

  @Test
  default void what_a_user_deleted_or_cleared_only_others_find() {
    List<LogEntry> entries =
        appended(
            text(ALICE_BOB, "alice", "m1", "word"),
            text(ALICE_BOB, "alice", "m2", "word"),
            text(ALICE_BOB, "alice", "m3", "word"));
    conversations().delete("bob", ALICE_BOB, Set.of(entries.get(1).seq()));

    assertThat(found("bob", "word")).containsExactly("m3", "m1");
    assertThat(found("alice", "word")).containsExactly("m3", "m2", "m1");

    conversations().clear("bob", ALICE_BOB);
    appended(text(ALICE_BOB, "alice", "m4", "word"));

    assertThat(found("bob", "word")).containsExactly("m4");
    assertThat(foundIn(ALICE_BOB, "bob", "word")).containsExactly("m4");
    assertThat(foundIn(ALICE_BOB, "alice", "word")).containsExactly("m4", "m3", "m2", "m1");
  }

  @Test
  default void what_has_destroyed_itself_is_not_found() {
    appended(expiring(ALICE_BOB, "alice", "m1", 60));

    assertThat(search(at(NOW + 59_999))).hasSize(1);
    assertThat(search(at(NOW + 60_000))).isEmpty();
  }

  @Test
  default void only_messages_are_found_and_what_nobody_said_counts_as_one() {
    founded("bob");
    appendedToGroup(Drafts.text(GROUP, "alice", "m1", "name"));
    changed(new GroupChange.MemberMuted("bob", NOW + 1), "muted-name");
    messages()
        .append(
            List.of(
                new Append(
                    new EntryDraft(
                        GROUP,
                        EntryType.SYSTEM,
                        "s1",
                        "system",
                        Content.text("a name from the system"),
                        MessageOptions.NONE,
                        null),
                    Append.ANY_VERSION)),
            NOW);
    appendedToGroup(edit(GROUP, "alice", "e1", "m1", "new name"));

    assertThat(found("bob", "name")).containsExactly("s1", "m1");
    assertThat(found("bob", "new")).containsExactly("m1");
  }

  @Test
  default void a_new_member_finds_what_was_said_since_her_joining() {
    founded("bob");
    said("bob", "m1");
    joined("carol");
    said("bob", "m2");

    assertThat(found("carol", "this")).containsExactly("m2");
    assertThat(foundIn(GROUP, "carol", "this")).containsExactly("m2");
  }

  @Test
  default void a_new_member_who_may_see_the_past_finds_it() {
    founded("bob");
    said("bob", "m1");
    changed(
        new GroupChange.MembersAdded(
            List.of(new Member("carol", MemberRole.MEMBER, null, 0, NOW, null, 1))),
        "carol-in");

    assertThat(found("carol", "this")).containsExactly("m1");
  }

  @Test
  default void a_former_member_finds_what_was_said_before_she_left() {
    founded("bob", "carol");
    said("bob", "m1");
    removed("carol");
    said("bob", "m2");

    assertThat(found("carol", "this")).containsExactly("m1");
    assertThat(foundIn(GROUP, "carol", "this")).containsExactly("m1");
    assertThat(found("bob", "this")).containsExactly("m2", "m1");
  }

  @Test
  default void a_dismissed_group_and_a_hidden_conversation_are_searched() {
    founded("bob");
    said("bob", "m1");
    conversations().update("bob", GROUP, new SettingsChange(null, null, null, true));
    assertThat(found("bob", "this")).containsExactly("m1");

    changed(new GroupChange.Dismissed(), "dismissed");
    assertThat(found("bob", "this")).containsExactly("m1");
  }

  private void appendedToGroup(EntryDraft draft) {
    StoreFixture.isAppended(send(version(), draft));
  }

  private static Search at(long now) {
    Search search = everywhere("bob", "this");
    return new Search(
        search.userId(), search.query(), null, null, 0, Long.MAX_VALUE, null, 10, now);
  }
}
