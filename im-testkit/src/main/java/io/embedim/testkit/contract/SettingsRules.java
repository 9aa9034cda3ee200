package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.react;
import static io.embedim.testkit.contract.Drafts.revoke;
import static io.embedim.testkit.contract.Drafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.ConversationQuery.Order;
import io.embedim.spi.store.SettingsChange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a member sets for herself, hiding included. */
interface SettingsRules extends StoreFixture {

  SettingsChange PIN = new SettingsChange(true, null, null, null);
  SettingsChange MUTE = new SettingsChange(null, true, null, null);
  SettingsChange HIDE = new SettingsChange(null, null, null, true);
  SettingsChange SHOW = new SettingsChange(null, null, null, false);
  SettingsChange NO_CHANGE = new SettingsChange(null, null, null, null);

  @Test
  default void a_conversation_begins_with_the_default_settings() {
    appended(text(ALICE_BOB, "alice", "m1"));

    assertThat(view("alice", ALICE_BOB).settings()).isEqualTo(ConversationSettings.DEFAULT);
    assertThat(conversations().update("bob", ALICE_BOB, NO_CHANGE))
        .contains(ConversationSettings.DEFAULT);
  }

  @Test
  default void a_change_leaves_the_settings_that_it_does_not_name() {
    appended(text(ALICE_BOB, "alice", "m1"));

    conversations().update("alice", ALICE_BOB, PIN);
    conversations().update("alice", ALICE_BOB, draft("Dear Bob"));
    Optional<ConversationSettings> now = conversations().update("alice", ALICE_BOB, MUTE);

    assertThat(now).contains(new ConversationSettings(true, true, "Dear Bob", false, 0));
    assertThat(view("alice", ALICE_BOB).settings())
        .isEqualTo(new ConversationSettings(true, true, "Dear Bob", false, 0));
    assertThat(
            conversations()
                .update("alice", ALICE_BOB, new SettingsChange(false, false, null, null)))
        .contains(new ConversationSettings(false, false, "Dear Bob", false, 0));
  }

  @Test
  default void settings_belong_to_one_member_of_one_conversation() {
    appended(text(ALICE_BOB, "alice", "m1"), text(ALICE_CAROL, "alice", "m1"));

    conversations().update("alice", ALICE_BOB, new SettingsChange(true, true, "x", true));

    assertThat(view("bob", ALICE_BOB).settings()).isEqualTo(ConversationSettings.DEFAULT);
    assertThat(view("alice", ALICE_CAROL).settings()).isEqualTo(ConversationSettings.DEFAULT);
  }

  @Test
  default void an_empty_draft_removes_it() {
    appended(text(ALICE_BOB, "alice", "m1"));
    conversations().update("alice", ALICE_BOB, draft("Dear Bob"));

    assertThat(conversations().update("alice", ALICE_BOB, draft("")))
        .contains(ConversationSettings.DEFAULT);
    assertThat(view("alice", ALICE_BOB).settings().draft()).isNull();
  }

  @Test
  default void a_draft_comes_back_to_the_letter() {
    appended(text(ALICE_BOB, "alice", "m1"));

    for (String text :
        List.of(
            " ", "  ", "x ", "x  ", "  two spaces  ", "你好😀\n'; --", "null", "😀".repeat(1_000))) {
      assertThat(conversations().update("alice", ALICE_BOB, draft(text)))
          .map(ConversationSettings::draft)
          .contains(text);
      assertThat(view("alice", ALICE_BOB).settings().draft()).isEqualTo(text);
    }
  }

  @Test
  default void only_members_have_settings() {
    appended(text(ALICE_BOB, "alice", "m1"));

    assertThat(conversations().update("carol", ALICE_BOB, PIN)).isEmpty();
    assertThat(conversations().update("ALICE", ALICE_BOB, PIN)).isEmpty();
    assertThat(conversations().update("alice", ALICE_CAROL, PIN)).isEmpty();
    assertThat(conversations().update("alice", ConversationId.group("nowhere"), PIN)).isEmpty();
    appended(text(ALICE_CAROL, "alice", "m1"));
    assertThat(view("alice", ALICE_CAROL).settings()).isEqualTo(ConversationSettings.DEFAULT);
    assertThat(view("alice", ALICE_BOB).settings()).isEqualTo(ConversationSettings.DEFAULT);
  }

  @Test
  default void a_hidden_conversation_leaves_its_members_list_and_nothing_else() {
    appended(text(ALICE_BOB, "alice", "m1"), text(ALICE_CAROL, "alice", "m1"));

    assertThat(conversations().update("alice", ALICE_BOB, HIDE))
        .contains(new ConversationSettings(false, false, null, true, 0));

    assertThat(listed("alice", Order.NEWEST_FIRST)).containsExactly(ALICE_CAROL);
    assertThat(listed("alice", Order.OLDEST_FIRST)).containsExactly(ALICE_BOB, ALICE_CAROL);
    assertThat(listed("bob", Order.NEWEST_FIRST)).containsExactly(ALICE_BOB);
    assertThat(view("alice", ALICE_BOB).settings().hidden()).isTrue();
    assertThat(view("bob", ALICE_BOB).settings().hidden()).isFalse();
    assertThat(log(ALICE_BOB)).hasSize(1);
  }

  @Test
  default void the_next_message_brings_a_hidden_conversation_back() {
    appended(text(ALICE_BOB, "alice", "m1"));
    conversations().update("alice", ALICE_BOB, HIDE);

    appended(text(ALICE_BOB, "bob", "m2"));
    assertThat(listed("alice", Order.NEWEST_FIRST)).containsExactly(ALICE_BOB);
    assertThat(view("alice", ALICE_BOB).settings()).isEqualTo(ConversationSettings.DEFAULT);

    conversations().update("alice", ALICE_BOB, HIDE);
    assertThat(listed("alice", Order.NEWEST_FIRST)).isEmpty();
    appended(react(ALICE_BOB, "bob", "x1", new Revision.React("m1", "👍", true, 5)));
    appended(revoke(ALICE_BOB, "bob", "r1", "m2"));
    assertThat(listed("alice", Order.NEWEST_FIRST)).isEmpty();
    assertThat(view("alice", ALICE_BOB).settings().hidden()).isTrue();
    conversations().update("alice", ALICE_BOB, MUTE);
    assertThat(view("alice", ALICE_BOB).settings().hidden()).isTrue();
    conversations().update("alice", ALICE_BOB, new SettingsChange(null, false, null, null));

    appended(text(ALICE_BOB, "alice", "m3"));
    assertThat(listed("alice", Order.NEWEST_FIRST)).containsExactly(ALICE_BOB);
    assertThat(conversations().update("alice", ALICE_BOB, NO_CHANGE))
        .contains(ConversationSettings.DEFAULT);
  }

  @Test
  default void what_logs_nothing_leaves_a_hidden_conversation_hidden() {
    appended(text(ALICE_BOB, "alice", "m1"));
    conversations().update("alice", ALICE_BOB, HIDE);

    append(text(ALICE_BOB, "alice", "m1"));
    append(text(ALICE_BOB, "bob", "m1"));
    append(revoke(ALICE_BOB, "bob", "r1", "nothing"));
    conversations().update("alice", ALICE_BOB, MUTE);
    conversations().update("alice", ALICE_BOB, HIDE);
    conversations().update("bob", ALICE_BOB, PIN);

    assertThat(listed("alice", Order.NEWEST_FIRST)).isEmpty();
    assertThat(view("alice", ALICE_BOB).settings())
        .isEqualTo(new ConversationSettings(false, true, null, true, 0));
  }

  @Test
  default void a_hidden_conversation_can_be_shown_again() {
    appended(text(ALICE_BOB, "alice", "m1"));
    conversations().update("alice", ALICE_BOB, HIDE);

    assertThat(conversations().update("alice", ALICE_BOB, SHOW))
        .contains(ConversationSettings.DEFAULT);
    assertThat(listed("alice", Order.NEWEST_FIRST)).containsExactly(ALICE_BOB);
  }

  private List<ConversationId> listed(String userId, Order order) {
    return conversations().list(new ConversationQuery(userId, order, null, 100)).stream()
        .map(MemberView::id)
        .toList();
  }

  private static SettingsChange draft(String text) {
    return new SettingsChange(null, null, text, null);
  }
}
