package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.JoinRequest;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests to join a group. */
interface JoinRequestRules extends GroupFixture {

  /** For how long a request is open, in ms. */
  long OPEN = 1_000;

  @Test
  default void a_request_is_kept_word_for_word() {
    founded();
    JoinRequest request = new JoinRequest("r1", "g", "bob", "请让我进去 😀\n'\"%", NOW, NOW + OPEN);

    assertThat(groups().request(request)).isEqualTo(request);

    assertThat(groups().findRequest("r1", NOW)).contains(request);
    assertThat(groups().requests("g", NOW, 9)).containsExactly(request);
    assertThat(groups().findRequest("R1", NOW)).isEmpty();
    assertThat(groups().requests("G", NOW, 9)).isEmpty();
  }

  @Test
  default void whoever_asks_again_has_the_request_that_is_open() {
    founded();
    JoinRequest first = request("r1", "bob", NOW);

    assertThat(groups().request(made("r2", "bob", NOW + OPEN - 1))).isEqualTo(first);
    assertThat(groups().request(first)).isEqualTo(first);

    assertThat(groups().findRequest("r2", NOW)).isEmpty();
    assertThat(groups().requests("g", NOW, 9)).containsExactly(first);
  }

  @Test
  default void whoever_asks_after_the_request_expired_has_a_new_one() {
    founded();
    request("r1", "bob", NOW);
    JoinRequest second = made("r2", "bob", NOW + OPEN);

    assertThat(groups().request(second)).isEqualTo(second);

    assertThat(groups().findRequest("r1", NOW + OPEN)).isEmpty();
    assertThat(groups().findRequest("r2", NOW + OPEN)).contains(second);
    assertThat(groups().requests("g", NOW + OPEN, 9)).containsExactly(second);
  }

  @Test
  default void each_user_has_a_request_of_her_own_in_each_group() {
    founded();
    JoinRequest bobs = request("r1", "bob", NOW);
    JoinRequest upperBobs = request("r2", "Bob", NOW + 1);
    JoinRequest elsewhere =
        groups().request(new JoinRequest("r3", "other", "bob", "", NOW, NOW + OPEN));

    assertThat(groups().requests("g", NOW + 1, 9)).containsExactly(bobs, upperBobs);
    assertThat(groups().requests("other", NOW, 9)).containsExactly(elsewhere);
  }

  @Test
  default void a_request_is_open_until_it_expires() {
    founded();
    JoinRequest request = request("r1", "bob", NOW);

    assertThat(groups().findRequest("r1", NOW + OPEN - 1)).contains(request);
    assertThat(groups().requests("g", NOW + OPEN - 1, 9)).containsExactly(request);
    assertThat(groups().findRequest("r1", NOW + OPEN)).isEmpty();
    assertThat(groups().requests("g", NOW + OPEN, 9)).isEmpty();
  }

  @Test
  default void a_closed_request_is_not_there_and_its_user_can_ask_again() {
    founded();
    request("r1", "bob", NOW);

    assertThat(groups().closeRequest("r1", NOW)).isTrue();

    assertThat(groups().closeRequest("r1", NOW)).isFalse();
    assertThat(groups().closeRequest("never", NOW)).isFalse();
    assertThat(groups().findRequest("r1", NOW)).isEmpty();
    assertThat(groups().requests("g", NOW, 9)).isEmpty();
    JoinRequest again = made("r2", "bob", NOW);
    assertThat(groups().request(again)).isEqualTo(again);
  }

  @Test
  default void a_request_that_has_expired_is_not_closed_any_more() {
    founded();
    request("r1", "bob", NOW);

    assertThat(groups().closeRequest("r1", NOW + OPEN)).isFalse();

    assertThat(groups().closeRequest("r1", NOW + OPEN - 1)).isTrue();
  }

  @Test
  default void what_has_expired_is_deleted_when_somebody_else_asks() {
    founded();
    request("r1", "bob", NOW);
    request("r2", "carol", NOW + 1);
    JoinRequest elsewhere =
        groups().request(new JoinRequest("r3", "other", "bob", "", NOW, NOW + OPEN));

    request("r4", "dave", NOW + OPEN);

    assertThat(groups().findRequest("r1", NOW)).isEmpty();
    assertThat(groups().findRequest("r2", NOW)).isPresent();
    assertThat(groups().findRequest("r3", NOW)).contains(elsewhere);
  }

  @Test
  default void requests_come_oldest_first_and_no_more_than_asked_for() {
    founded();
    JoinRequest second = request("r1", "bob", NOW + 2);
    JoinRequest first = request("r2", "carol", NOW + 1);
    JoinRequest fourth = request("r4", "dave", NOW + 3);
    JoinRequest third = request("r3", "erin", NOW + 3);

    assertThat(groups().requests("g", NOW + 3, 9)).containsExactly(first, second, third, fourth);
    assertThat(groups().requests("g", NOW + 3, 2)).containsExactly(first, second);
    assertThat(groups().requests("g", NOW + 1 + OPEN, 2)).containsExactly(second, third);
  }

  @Test
  default void of_many_requests_of_one_user_at_once_one_is_kept() {
    founded();
    for (int round = 0; round < 5 * effort(); round++) {
      String userId = "user" + round;
      List<Callable<JoinRequest>> askers =
          IntStream.range(0, 8)
              .<Callable<JoinRequest>>mapToObj(
                  i -> () -> groups().request(made(userId + "r" + i, userId, NOW)))
              .toList();

      List<JoinRequest> answers = Race.run(askers);

      assertThat(answers).containsOnly(answers.get(0));
      assertThat(groups().findRequest(answers.get(0).requestId(), NOW)).contains(answers.get(0));
      assertThat(groups().requests("g", NOW, 999)).hasSize(round + 1);
    }
  }

  private JoinRequest request(String requestId, String userId, long createdAt) {
    JoinRequest request = made(requestId, userId, createdAt);
    assertThat(groups().request(request)).isEqualTo(request);
    return request;
  }

  private static JoinRequest made(String requestId, String userId, long createdAt) {
    return new JoinRequest(requestId, "g", userId, "", createdAt, createdAt + OPEN);
  }
}
