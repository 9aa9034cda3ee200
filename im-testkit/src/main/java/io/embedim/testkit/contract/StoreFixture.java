package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.ConversationStore;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.SeqRange;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The backend of a test, and the words in which the rules are told. */
interface StoreFixture {

  /** When the tests take place, in ms since the epoch. */
  long NOW = 1_800_000_000_000L;

  ConversationId ALICE_BOB = ConversationId.direct("alice", "bob");
  ConversationId ALICE_CAROL = ConversationId.direct("alice", "carol");

  ImStores stores();

  /** By how much the number of repetitions is multiplied, 1 or more. */
  int effort();

  default MessageStore messages() {
    return stores().messages();
  }

  default ConversationStore conversations() {
    return stores().conversations();
  }

  /** Appends drafts that were decided on the membership of a one-to-one conversation. */
  default List<AppendResult> append(long now, EntryDraft... drafts) {
    return messages().append(Arrays.stream(drafts).map(StoreFixture::decided).toList(), now);
  }

  /** Appends one draft and returns what became of it. */
  default AppendResult append(EntryDraft draft) {
    List<AppendResult> results = append(NOW, draft);
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  /** Appends drafts that nothing speaks against. */
  default List<LogEntry> appended(EntryDraft... drafts) {
    List<AppendResult> results = append(NOW, drafts);
    assertThat(results).hasSize(drafts.length).allSatisfy(StoreFixture::isAppended);
    return results.stream().map(StoreFixture::entryOf).toList();
  }

  /** The whole log. */
  default List<LogEntry> log(ConversationId id) {
    return messages().read(id, SeqRange.after(0, 1_000_000));
  }

  /** The entry with this key, which has to be there. */
  default LogEntry found(ConversationId id, String messageId) {
    return messages()
        .find(id, messageId)
        .orElseThrow(() -> new AssertionError("no entry " + messageId + " in " + id));
  }

  /** The conversation as the user sees it, which she has to be a member of. */
  default ConversationView view(String userId, ConversationId id, long now) {
    return Objects.requireNonNull(
        conversations().views(userId, List.of(id), now).get(id),
        () -> id + " is absent for " + userId);
  }

  default ConversationView view(String userId, ConversationId id) {
    return view(userId, id, NOW);
  }

  static Append decided(EntryDraft draft) {
    return new Append(draft, Membership.DIRECT_VERSION);
  }

  static LogEntry entryOf(AppendResult result) {
    return isAppended(result).entry();
  }

  static Appended isAppended(AppendResult result) {
    assertThat(result).isInstanceOf(Appended.class);
    return (Appended) result;
  }
}
