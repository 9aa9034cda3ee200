package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.RoundTrips.reading;
import static io.embedim.store.jdbc.RoundTrips.transaction;
import static io.embedim.store.jdbc.RoundTrips.verbs;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestGroups.GROUP;
import static io.embedim.store.jdbc.TestGroups.groups;
import static io.embedim.store.jdbc.TestGroups.joining;
import static io.embedim.store.jdbc.TestGroups.leaving;
import static io.embedim.store.jdbc.TestGroups.users;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.JoinRequest;
import io.embedim.spi.store.GroupStore.Result;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a change of a group costs depends neither on the group's size nor on the change's. */
class GroupRoundTripTest {

  private SpyDataSource dataSource;
  private JdbcStores stores;

  @BeforeEach
  void open() {
    dataSource = new SpyDataSource(TestDatabase.dataSource(TestDatabase.lastingInMemory()));
    stores = JdbcStores.create(dataSource);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 10_000})
  void a_group_of_any_size_is_created_in_five_statements(int size) {
    List<String> roundTrips = create(size);

    assertThat(roundTrips).first().isEqualTo("getTransactionIsolation");
    assertThat(roundTrips.subList(1, roundTrips.size()))
        .isEqualTo(transaction("SELECT", "INSERT", "INSERT", "INSERT", "INSERT"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 10_000})
  void any_number_of_users_joins_a_group_of_any_size_in_nine_statements(int size) {
    create(size);

    assertThat(change(1, joining(users(size, size + 1))))
        .isEqualTo(
            transaction(
                "SELECT", "SELECT", "SELECT", "SELECT", "INSERT", "INSERT", "SELECT", "UPDATE",
                "UPDATE"));
    assertThat(change(2, joining(users(size + 1, 2 * size + 1))))
        .isEqualTo(
            transaction(
                "SELECT", "SELECT", "SELECT", "SELECT", "INSERT", "INSERT", "SELECT", "UPDATE",
                "UPDATE"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 10_000})
  void any_number_of_members_is_removed_and_comes_back_in_a_few_statements(int size) {
    create(size);

    assertThat(change(1, leaving(users(0, size))))
        .isEqualTo(
            transaction(
                "SELECT", "SELECT", "SELECT", "SELECT", "INSERT", "MERGE", "UPDATE", "UPDATE"));
    assertThat(change(2, joining(users(0, size))))
        .isEqualTo(
            transaction(
                "SELECT", "SELECT", "SELECT", "SELECT", "INSERT", "MERGE", "SELECT", "UPDATE",
                "UPDATE"));
  }

  @Test
  void requests_are_deleted_when_there_are_any_of_those_who_join() {
    create(1);
    for (String user : users(1, 4)) {
      groups(stores).request(new JoinRequest("r-" + user, "g", user, "", NOW, NOW + 9));
    }

    assertThat(change(1, joining(users(1, 3))))
        .isEqualTo(
            transaction(
                "SELECT", "SELECT", "SELECT", "SELECT", "INSERT", "INSERT", "SELECT", "DELETE",
                "UPDATE", "UPDATE"));
    assertThat(groups(stores).requests("g", NOW, 9))
        .extracting(JoinRequest::userId)
        .containsExactly("user3");
  }

  @Test
  void what_is_changed_about_one_member_is_seven_statements() {
    create(100);

    assertThat(change(1, new GroupChange.MemberMuted("user7", NOW + 9)))
        .isEqualTo(
            transaction("SELECT", "SELECT", "SELECT", "SELECT", "INSERT", "MERGE", "UPDATE"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 10_000})
  void a_group_of_any_size_is_read_in_one_statement(int size) {
    create(size);
    change(1, leaving(users(0, 1)));

    assertThat(reads(() -> groups(stores).membership(GROUP).orElseThrow().members().keySet()))
        .hasSize(size);
    assertThat(reads(() -> groups(stores).membershipSince(GROUP, 1).orElseThrow().gone()))
        .containsExactly("user0");
    assertThat(reads(() -> groups(stores).members("g", size / 2, 20))).isNotEmpty();
    assertThat(reads(() -> groups(stores).groupsOf("owner", "", 20))).hasSize(1);
    assertThat(reads(() -> groups(stores).find("g").stream().toList())).hasSize(1);
  }

  /** Makes a group of its owner and so many others. */
  private List<String> create(int others) {
    dataSource.forget();
    assertThat(TestGroups.create(stores, users(0, others))).isInstanceOf(Result.Changed.class);
    return verbs(dataSource.roundTrips());
  }

  private List<String> change(long expectedVersion, GroupChange change) {
    dataSource.forget();
    assertThat(TestGroups.change(stores, expectedVersion, change, NOW))
        .isInstanceOf(Result.Changed.class);
    return verbs(dataSource.roundTrips());
  }

  private <T> T reads(Supplier<T> call) {
    dataSource.forget();
    T result = call.get();
    assertThat(verbs(dataSource.roundTrips())).isEqualTo(reading("SELECT"));
    return result;
  }
}
