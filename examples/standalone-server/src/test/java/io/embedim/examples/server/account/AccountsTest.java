package io.embedim.examples.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.examples.server.account.Accounts.Outcome;
import io.embedim.spi.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {

  private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
  private static final String HERE = "192.0.2.1";

  private final JdbcDataSource dataSource = new JdbcDataSource();
  private final AccountTable table = new AccountTable(dataSource, "im_");
  private Connection keepsItOpen;
  private Accounts accounts;

  @BeforeEach
  void open() throws SQLException {
    dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID());
    keepsItOpen = dataSource.getConnection();
    table.create();
    accounts = at(START);
  }

  @AfterEach
  void close() throws SQLException {
    keepsItOpen.close();
  }

  private Accounts at(Instant now) {
    return new Accounts(table, 3, 5, 3, Clock.fixed(now, ZoneOffset.UTC));
  }

  @Test
  void who_has_registered_logs_in_with_that_password_only() throws SQLException {
    assertThat(accounts.register("alice", "correct horse", HERE))
        .isEqualTo(new Outcome.Welcome("alice"));
    assertThat(accounts.login("alice", "correct horse", HERE))
        .isEqualTo(new Outcome.Welcome("alice"));
    assertThat(accounts.login("alice", "correct horsf", HERE)).isEqualTo(new Outcome.Wrong());
  }

  @Test
  void an_unknown_user_looks_like_a_wrong_password() throws SQLException {
    assertThat(accounts.login("nobody", "12345678", HERE)).isEqualTo(new Outcome.Wrong());
    assertThat(accounts.login("not a user id", "12345678", HERE)).isEqualTo(new Outcome.Wrong());
  }

  @Test
  void upper_and_lower_case_are_two_users() throws SQLException {
    accounts.register("alice", "correct horse", HERE);
    assertThat(accounts.login("Alice", "correct horse", HERE)).isEqualTo(new Outcome.Wrong());
    assertThat(accounts.register("Alice", "battery staple", HERE))
        .isEqualTo(new Outcome.Welcome("Alice"));
    assertThat(accounts.login("alice", "battery staple", HERE)).isEqualTo(new Outcome.Wrong());
  }

  @Test
  void in_a_database_that_takes_Alice_for_alice_nobody_gets_the_others_account()
      throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE im_example_account");
      statement.execute(
          "CREATE TABLE im_example_account (user_id VARCHAR_IGNORECASE(64) NOT NULL PRIMARY KEY,"
              + " password_hash VARCHAR(100) NOT NULL, created_at BIGINT NOT NULL)");
    }
    accounts.register("alice", "correct horse", HERE);
    assertThat(accounts.login("ALICE", "correct horse", HERE)).isEqualTo(new Outcome.Wrong());
    assertThat(accounts.existing(List.of("ALICE", "alice"))).containsExactly("alice");
  }

  @Test
  void a_username_that_is_taken_stays_its_owners() throws SQLException {
    accounts.register("alice", "correct horse", HERE);
    assertThat(accounts.register("alice", "battery staple", HERE)).isEqualTo(new Outcome.Taken());
    assertThat(accounts.login("alice", "correct horse", HERE))
        .isEqualTo(new Outcome.Welcome("alice"));
    assertThat(accounts.login("alice", "battery staple", HERE)).isEqualTo(new Outcome.Wrong());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "system", "group", "a b", "a:b", "../x", "ä", "x' OR '1'='1"})
  void a_username_must_be_a_user_id(String username) throws SQLException {
    assertThat(accounts.register(username, "12345678", HERE)).isEqualTo(new Outcome.BadUsername());
  }

  @Test
  void a_password_has_8_characters_and_at_most_72_bytes_and_all_of_them_count()
      throws SQLException {
    for (String bad :
        List.of("", "1234567", "密码密码", "x".repeat(73), "密".repeat(25), "1234\u00005678")) {
      assertThat(accounts.register("alice", bad, HERE)).isEqualTo(new Outcome.BadPassword());
      assertThat(accounts.login("alice", bad, HERE)).isEqualTo(new Outcome.Wrong());
    }
    String longest = "密".repeat(24);
    assertThat(accounts.register("alice", longest, HERE)).isEqualTo(new Outcome.Welcome("alice"));
    assertThat(accounts.login("alice", longest.substring(1) + "蜜", HERE))
        .isEqualTo(new Outcome.Wrong());
    assertThat(accounts.login("alice", longest, HERE)).isEqualTo(new Outcome.Welcome("alice"));
  }

  @Test
  void the_database_never_sees_a_password() throws SQLException {
    accounts.register("alice", "correct horse", HERE);
    assertThat(table.passwordHash("alice"))
        .hasValueSatisfying(hash -> assertThat(hash).startsWith("$2a$10$").hasSize(60));
  }

  @Test
  void attempts_to_log_in_are_limited_for_each_user_and_come_back_evenly() throws SQLException {
    accounts.register("alice", "correct horse", HERE);
    for (int i = 0; i < 3; i++) {
      assertThat(accounts.login("alice", "wrong one", HERE)).isEqualTo(new Outcome.Wrong());
    }
    assertThat(accounts.login("alice", "correct horse", HERE))
        .isEqualTo(new Outcome.TooMany(20_000));
    assertThat(accounts.login("bob", "wrong one", HERE)).isEqualTo(new Outcome.Wrong());
  }

  @Test
  void one_password_cannot_be_tried_with_every_user_from_one_address() throws SQLException {
    accounts.register("alice", "correct horse", HERE);
    for (int i = 0; i < 5; i++) {
      assertThat(accounts.login("user" + i, "12345678", HERE)).isEqualTo(new Outcome.Wrong());
    }
    assertThat(accounts.login("alice", "correct horse", HERE))
        .isEqualTo(new Outcome.TooMany(12_000));
    assertThat(accounts.login("alice", "correct horse", "192.0.2.2"))
        .isEqualTo(new Outcome.Welcome("alice"));
  }

  @Test
  void an_attempt_is_free_again_when_its_time_has_passed() {
    SteppingClock clock = new SteppingClock();
    AttemptLimiter limiter = new AttemptLimiter(3, clock);
    for (int i = 0; i < 3; i++) {
      assertThat(limiter.attempt("alice")).isZero();
    }
    assertThat(limiter.attempt("alice")).isEqualTo(20_000);
    clock.advance(Duration.ofMillis(19_999));
    assertThat(limiter.attempt("alice")).isEqualTo(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(limiter.attempt("alice")).isZero();
    assertThat(limiter.attempt("alice")).isEqualTo(20_000);
    clock.advance(Duration.ofHours(1));
    for (int i = 0; i < 3; i++) {
      assertThat(limiter.attempt("alice")).isZero();
    }
    assertThat(limiter.attempt("alice")).isPositive();
    clock.advance(Duration.ofDays(-1));
    assertThat(limiter.attempt("alice")).isZero();
  }

  @Test
  void attempts_to_register_are_limited_for_each_address() throws SQLException {
    for (int i = 0; i < 3; i++) {
      assertThat(accounts.register("user" + i, "12345678", HERE))
          .isEqualTo(new Outcome.Welcome("user" + i));
    }
    assertThat(accounts.register("user3", "12345678", HERE)).isEqualTo(new Outcome.TooMany(20_000));
    assertThat(accounts.register("user3", "12345678", "192.0.2.2"))
        .isEqualTo(new Outcome.Welcome("user3"));
  }

  @Test
  void the_engines_users_are_those_who_have_registered() throws SQLException {
    accounts.register("alice", "12345678", HERE);
    accounts.register("bob", "12345678", HERE);
    List<String> many =
        Stream.concat(
                Stream.of("bob", "alice", "Bob"), IntStream.range(0, 1000).mapToObj(i -> "u" + i))
            .toList();
    assertThat(accounts.existing(many)).containsExactlyInAnyOrder("alice", "bob");
    assertThat(accounts.existing(List.of())).isEmpty();
  }

  @Test
  void a_database_that_is_down_is_no_wrong_password() throws SQLException {
    keepsItOpen.close();
    dataSource.setURL("jdbc:h2:tcp://127.0.0.1:1/nothing");
    assertThatThrownBy(() -> accounts.login("alice", "12345678", HERE))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> accounts.existing(List.of("alice")))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void the_table_may_be_there_already() throws SQLException {
    accounts.register("alice", "12345678", HERE);
    table.create();
    assertThat(accounts.existing(List.of("alice"))).containsExactly("alice");
  }

  /** A clock that a test moves. */
  private static final class SteppingClock extends Clock {

    private Instant now = START;

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
