package io.embedim.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.core.Caller;
import io.embedim.core.HistoryQuery;
import io.embedim.core.ImEngine;
import io.embedim.core.ImException;
import io.embedim.core.SendCommand;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.store.jdbc.JdbcStores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The guide for host applications: its examples are those that are compiled here, and work. */
class GuideTest {

  private static final Pattern EXAMPLE =
      Pattern.compile("<!-- example: (\\w+) -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

  private static final Set<String> USERS = Set.of("alice", "bob", "carol");
  private static final ConversationId ORDER = ConversationId.group("order-4711");
  private static final ConversationId PAIR = ConversationId.direct("alice", "bob");

  private final JdbcDataSource database = new JdbcDataSource();
  private final BlockingQueue<LogEntry> committed = new LinkedBlockingQueue<>();

  @BeforeEach
  void openDatabase() {
    database.setURL("jdbc:h2:mem:guide-" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
  }

  @Test
  void the_examples_of_the_guide_are_those_that_are_compiled_here() throws Exception {
    List<String> lines =
        Files.readAllLines(
            Path.of("src/test/java/io/embedim/examples/embedded/GuideExamples.java"));
    List<String> names = new ArrayList<>();
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../../docs/embedding.md")));
    while (example.find()) {
      String name = example.group(1);
      int begin = lines.indexOf("    // begin " + name);
      int end = lines.indexOf("    // end " + name);
      assertThat(begin).as(name).isPositive().isLessThan(end);
      assertThat(example.group(2))
          .as(name)
          .isEqualTo(String.join("\n", lines.subList(begin + 1, end)).stripIndent() + "\n");
      names.add(name);
    }
    assertThat(names).containsExactly("users", "speak", "outbox", "rules", "listen", "settings");
  }

  @Test
  void the_host_speaks_by_itself_and_in_its_own_transaction() throws Exception {
    execute("CREATE TABLE orders (id INT PRIMARY KEY, paid BOOLEAN NOT NULL)");
    execute("INSERT INTO orders VALUES (4711, FALSE)");
    try (ImEngine engine = builder().build()) {
      GuideExamples.speak(engine);
      GuideExamples.inTheTransaction(engine, database);
      assertThat(next()).isEmpty();
      assertThat(next()).isEqualTo("Your order is on its way.");
      assertThat(next()).isEqualTo("Paid. Thank you!");
      assertThat(
              engine.messages().history("bob", new HistoryQuery(ORDER, null, null, 10)).entries())
          .hasSize(3);
    }
  }

  @Test
  void who_is_no_user_cannot_be_written_to() {
    Authenticator tokens = token -> new Authenticator.Result.Rejected("nobody comes in here");
    try (ImEngine engine =
        GuideExamples.users(JdbcStores.create(database), tokens, this::usersAmong)) {
      assertThat(send(engine, PAIR, Content.text("hi"))).isNotNull();
      refused(engine, ConversationId.direct("alice", "mallory"), Content.text("hi"));
    }
  }

  @Test
  void the_host_has_a_say() {
    ImEngine.Builder builder = builder();
    try (ImEngine engine =
        GuideExamples.rules(
            builder, (one, other) -> !other.equals("carol"), (viewer, user) -> true)) {
      assertThat(send(engine, PAIR, Content.text("hi"))).isNotNull();
      refused(engine, ConversationId.direct("alice", "carol"), Content.text("hi"));
      refused(engine, PAIR, Content.text("to the casino"));
      refused(engine, PAIR, new Content(ContentType.CUSTOM, "{\"cards\":3}", ""));
      assertThat(send(engine, PAIR, new Content(ContentType.CUSTOM, "{\"dice\":6}", "")))
          .isNotNull();
    }
  }

  @Test
  void limits_and_windows_are_the_hosts() {
    ImEngine.Builder builder = builder();
    GuideExamples.settings(builder);
    try (ImEngine engine = builder.build()) {
      assertThat(engine.settings().groupMembers()).isEqualTo(10_000);
      assertThat(engine.settings().messageRules().keepsEdits()).isTrue();
    }
  }

  private ImEngine.Builder builder() {
    ImEngine.Builder builder =
        ImEngine.builder()
            .stores(JdbcStores.create(database))
            .authenticator(token -> new Authenticator.Result.Rejected("nobody comes in here"));
    GuideExamples.listen(builder, committed::add);
    return builder;
  }

  private Set<String> usersAmong(Collection<String> ids) {
    Set<String> known = new HashSet<>(ids);
    known.retainAll(USERS);
    return known;
  }

  private static Object send(ImEngine engine, ConversationId id, Content content) {
    return engine
        .messages()
        .send(Caller.user("alice"), SendCommand.of(id, content))
        .toCompletableFuture()
        .join();
  }

  private static void refused(ImEngine engine, ConversationId id, Content content) {
    CompletionStage<?> sent =
        engine.messages().send(Caller.user("alice"), SendCommand.of(id, content));
    assertThatThrownBy(() -> sent.toCompletableFuture().join())
        .hasCauseInstanceOf(ImException.class);
  }

  private String next() throws InterruptedException {
    LogEntry entry = committed.poll(30, TimeUnit.SECONDS);
    assertThat(entry).as("an entry").isNotNull();
    return entry.draft().content().plainText();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
