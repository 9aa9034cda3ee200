package io.embedim.spi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.spi.model.Group.JoinMode;
import io.embedim.spi.store.ScheduleStore.Scheduled;
import io.embedim.spi.store.SeqRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values that cannot be are refused when they are made. */
class ValuesTest {

  private static final ConversationId ALICE_BOB = ConversationId.direct("alice", "bob");

  @Test
  void numbers_out_of_their_range_are_refused() {
    refused(() -> new Cursors(-1, 0), "0 <= readSeq <= receivedSeq");
    refused(() -> new Cursors(2, 1), "got 2 and 1");
    refused(() -> new SeqRange(-1, 9, 1, SeqRange.End.OLDEST), "afterSeq >= 0");
    refused(() -> new SeqRange(0, 9, 0, SeqRange.End.OLDEST), "limit >= 1");
    refused(() -> SeqRange.after(0, 9).asOf(-1), "asOfSeq >= 0");
    refused(() -> new MessageOptions(null, null, List.of(), null, -1), "expiresIn is -1");
    refused(
        () -> new LogEntry(0, 0, draft(EntryType.SINGLE_CHAT, null), EntryState.UNREVISED), "1");
    EntryDraft plain = draft(EntryType.SINGLE_CHAT, null);
    refused(() -> new LogEntry(5, 0, plain, EntryState.UNREVISED, 1), "0 without a revision");
    EntryDraft revoke = draft(EntryType.REVOKE, new Revision.Revoke("m"));
    refused(() -> new LogEntry(5, 0, revoke, EntryState.UNREVISED), "1 or more and less than 5");
    refused(() -> new LogEntry(5, 0, revoke, EntryState.UNREVISED, 5), "targetSeq is 5");
    refused(() -> new Revision.React("m", "👍", true, 0), "maxKinds is 0");
    refused(() -> new Revision.Pin("m", true, 0), "maxPinned is 0");
  }

  @Test
  void an_emoji_has_1_to_64_units() {
    refused(() -> new Revision.React("m", "", true, 1), "length of 0");
    refused(() -> new Revision.React("m", "x".repeat(65), true, 1), "length of 65");
    assertThatCode(() -> new Revision.React("m", "👍".repeat(32), true, 1))
        .doesNotThrowAnyException();
  }

  @Test
  void a_revision_goes_with_the_types_that_revise_and_with_no_other() {
    for (EntryType type : EntryType.values()) {
      Revision revision = new Revision.Revoke("m");
      if (type.kind() == EntryType.Kind.REVISION) {
        refused(() -> draft(type, null), type + " needs a revision");
        assertThat(draft(type, revision).revision()).isEqualTo(revision);
      } else {
        refused(() -> draft(type, revision), type + " takes no revision");
        assertThat(draft(type, null).revision()).isNull();
      }
    }
  }

  @Test
  void codes_are_those_of_the_wire_and_lead_back_to_their_value() {
    assertThat(EntryType.values())
        .extracting(EntryType::code)
        .containsExactly(1, 2, 3, 10, 11, 12, 13, 14, 15, 16, 17, 18, 22, 24, 25, 26);
    assertThat(ContentType.values())
        .extracting(ContentType::code)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(MemberRole.values()).extracting(MemberRole::code).containsExactly(0, 1, 2);
    assertThat(JoinMode.values()).extracting(JoinMode::code).containsExactly(0, 1, 2);
    for (EntryType type : EntryType.values()) {
      assertThat(EntryType.ofCode(type.code())).isEqualTo(type);
    }
    for (ContentType type : ContentType.values()) {
      assertThat(ContentType.ofCode(type.code())).isEqualTo(type);
    }
    for (Platform platform : Platform.values()) {
      assertThat(Platform.ofWireName(platform.wireName())).isEqualTo(platform);
    }
    refused(() -> EntryType.ofCode(20), "20");
    refused(() -> ContentType.ofCode(9), "9");
    refused(() -> MemberRole.ofCode(3), "3");
    refused(() -> JoinMode.ofCode(-1), "-1");
    refused(() -> Platform.ofWireName("IOS"), "expected ios, android");
  }

  @Test
  void what_is_handed_over_can_be_changed_afterwards_without_changing_a_value() {
    List<String> users = new ArrayList<>(List.of("bob"));
    Map<String, List<String>> reactions = new LinkedHashMap<>(Map.of("👍", users));
    EntryState state = new EntryState(false, null, reactions, false);
    MessageOptions options = new MessageOptions(null, null, users, null, 0);
    GroupChange.MembersRemoved change = new GroupChange.MembersRemoved(users);

    users.add("carol");
    reactions.clear();

    assertThat(state.reactions()).isEqualTo(Map.of("👍", List.of("bob")));
    assertThat(options.mentions()).containsExactly("bob");
    assertThat(change.userIds()).containsExactly("bob");
  }

  @Test
  void reactions_keep_the_order_of_the_first_one() {
    Map<String, List<String>> reactions = new LinkedHashMap<>();
    for (String emoji : List.of("z", "a", "👍", "b")) {
      reactions.put(emoji, List.of("bob"));
    }

    assertThat(new EntryState(false, null, reactions, false).reactions().keySet())
        .containsExactly("z", "a", "👍", "b");
  }

  @Test
  void a_member_sees_nothing_before_her_beginning_nor_what_she_cleared() {
    assertThat(view(1, 0).hiddenUpTo()).isZero();
    assertThat(view(7, 0).hiddenUpTo()).isEqualTo(6);
    assertThat(view(7, 6).hiddenUpTo()).isEqualTo(6);
    assertThat(view(7, 9).hiddenUpTo()).isEqualTo(9);
  }

  @Test
  void what_is_unread_begins_behind_what_was_read_and_what_is_hidden() {
    assertThat(view(1, 0).unreadAfter()).isEqualTo(3);
    assertThat(view(5, 0).unreadAfter()).isEqualTo(4);
    assertThat(view(5, 9).unreadAfter()).isEqualTo(9);
  }

  @Test
  void only_messages_are_sent_later() {
    for (EntryType type : EntryType.values()) {
      Revision revision = type == EntryType.REVOKE ? new Revision.Revoke("m1") : null;
      if (type.kind() == EntryType.Kind.MESSAGE) {
        assertThat(new Scheduled("s", draft(type, null), 1).refused()).isNull();
      } else if (type.kind() == EntryType.Kind.EVENT || revision != null) {
        refused(() -> new Scheduled("s", draft(type, revision), 1), "is no message");
      }
    }
  }

  @Test
  void a_text_is_escaped_in_its_body_and_plain_beside_it() {
    String text = "\"a\\b\"\n\u0001 é 😀";
    assertThat(Content.text(text))
        .isEqualTo(
            new Content(
                ContentType.TEXT, "{\"text\":\"\\\"a\\\\b\\\"\\u000a\\u0001 é 😀\"}", text));
  }

  private static MemberView view(long visibleFromSeq, long clearedSeq) {
    return new MemberView(
        new ConversationHead(ALICE_BOB, 10, 0),
        false,
        new Cursors(3, 3),
        visibleFromSeq,
        new ConversationSettings(false, false, null, false, clearedSeq),
        0,
        null);
  }

  private static EntryDraft draft(EntryType type, Revision revision) {
    Content content = new Content(ContentType.TEXT, "{}", "");
    return new EntryDraft(ALICE_BOB, type, "m1", "alice", content, MessageOptions.NONE, revision);
  }

  private static void refused(Runnable making, String words) {
    assertThatThrownBy(making::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }
}
