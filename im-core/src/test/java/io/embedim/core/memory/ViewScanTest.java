package io.embedim.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.model.MessageOptions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a member sees who came when others had talked already. */
class ViewScanTest {

  private static final ConversationId GROUP = ConversationId.group("g");

  private final ConversationLog log = new ConversationLog();

  @BeforeEach
  void talk() {
    Content content = new Content(ContentType.TEXT, "{}", "");
    for (int seq = 1; seq <= 3; seq++) {
      EntryDraft draft =
          new EntryDraft(
              GROUP, EntryType.GROUP_CHAT, "m" + seq, "alice", content, MessageOptions.NONE, null);
      log.append(new LogEntry(seq, 1_000, draft, EntryState.UNREVISED));
    }
  }

  @Test
  void what_was_said_before_she_came_is_not_unread() {
    assertThat(seenFrom(1, Set.of()).unreadCount()).isEqualTo(3);
    assertThat(seenFrom(3, Set.of()).unreadCount()).isEqualTo(1);
    assertThat(seenFrom(4, Set.of()).unreadCount()).isZero();
  }

  @Test
  void what_was_said_before_she_came_is_not_her_last_message() {
    assertThat(seenFrom(3, Set.of()).lastMessage()).isEqualTo(log.get(3));
    assertThat(seenFrom(3, Set.of(3L)).lastMessage()).isNull();
    assertThat(seenFrom(2, Set.of(3L)).lastMessage()).isEqualTo(log.get(2));
    assertThat(seenFrom(4, Set.of()).lastMessage()).isNull();
  }

  private ConversationView seenFrom(long visibleFromSeq, Set<Long> deleted) {
    MemberView member =
        new MemberView(
            new ConversationHead(GROUP, 3, 1_000),
            false,
            Cursors.NONE,
            visibleFromSeq,
            ConversationSettings.DEFAULT,
            deleted.stream().reduce(0L, Math::max),
            null);
    return new ViewScan(log, "bob", deleted, 2_000).view(member);
  }
}
