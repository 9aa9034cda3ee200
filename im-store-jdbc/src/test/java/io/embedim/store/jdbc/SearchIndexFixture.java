package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.conversations;
import static io.embedim.store.jdbc.TestDrafts.revision;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.SearchText;
import io.embedim.spi.store.SearchableMessageStore;
import io.embedim.spi.store.SearchableMessageStore.Search;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Two logs that nobody indexes unless a test does, and the words to tell about it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
abstract class SearchIndexFixture {

  static final String PREFIX = "writer_";

  final ServerDatabase server;
  SpyDataSource dataSource;
  JdbcStores stores;
  SearchCrank crank;

  SearchIndexFixture(ServerDatabase server) {
    this.server = server;
  }

  /** 450 messages of one conversation, and one of another. */
  @BeforeEach
  void begin() {
    server.openEmpty(PREFIX).close();
    stores = server.builder(PREFIX).withoutIndexing().build();
    dataSource = new SpyDataSource(server.dataSource());
    crank = new SearchCrank(dataSource, PREFIX);
    List<Append> messages = new ArrayList<>();
    for (int i = 1; i <= 450; i++) {
      messages.add(text(ALICE_BOB, "alice", "word-" + i));
    }
    messages.add(text(conversations(1).get(0), "alice", "word-other"));
    append(messages);
  }

  @AfterEach
  void end() {
    crank.close();
    stores.close();
  }

  List<String> found(String query) {
    return foundBy("alice", query);
  }

  List<String> foundBy(String user, String query) {
    MessageStore messages = stores.messages();
    return ((SearchableMessageStore) messages)
            .search(
                new Search(
                    user, SearchText.of(query), null, null, 0, Long.MAX_VALUE, null, 1_000, NOW))
            .stream()
            .map(entry -> entry.draft().messageId())
            .toList();
  }

  void append(List<Append> batch) {
    assertThat(stores.messages().append(batch, NOW)).hasOnlyElementsOfType(Appended.class);
  }

  static Append edit(String messageId, String text) {
    return edit(ALICE_BOB, messageId, text);
  }

  static Append edit(ConversationId id, String messageId, String text) {
    Content content = new Content(ContentType.TEXT, "{}", text);
    return revision(
        id,
        EntryType.EDIT,
        "alice",
        "edit-" + messageId + "-" + text.length(),
        new Revision.Edit(messageId, content, false));
  }

  static Append revoke(String messageId) {
    return revoke(ALICE_BOB, messageId);
  }

  static Append revoke(ConversationId id, String messageId) {
    return revision(
        id, EntryType.REVOKE, "alice", "revoke-" + messageId, new Revision.Revoke(messageId));
  }

  long terms() throws SQLException {
    return count("message_search");
  }

  long count(String table) throws SQLException {
    return server.number("SELECT COUNT(*) FROM " + PREFIX + table);
  }
}
