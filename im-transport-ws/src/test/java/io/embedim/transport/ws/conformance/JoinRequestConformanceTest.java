package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asking to join a group: type 19 and what is done about it. */
class JoinRequestConformanceTest extends GroupScene {

  private String id = "";
  private Client erin;

  /** Alice owns the group, bob is an admin and carol a member; erin would like to join. */
  @BeforeEach
  void ask() throws IOException {
    id = circle(",'join_mode':1");
    alice.result("group.set_admin", params(id, "'target_id':'bob','is_admin':true"));
    heard(alice, bob, carol);
    erin = login(server, "erin");
  }

  private JsonNode asked(String note) throws IOException {
    assertThat(
            erin.result("group.join", params(id, "'note':'" + note + "'")).get("status").asText())
        .isEqualTo("pending");
    return heard(alice, bob).get("content");
  }

  private String requestId() throws IOException {
    return asked("please").get("request_id").asText();
  }

  private String request(String requestId) {
    return params(id, "'request_id':'" + requestId + "'");
  }

  @Test
  void the_owner_and_the_admins_are_asked_on_all_their_devices_and_nobody_else()
      throws IOException {
    Client laptop = login(server, "alice");
    erin.result("group.join", params(id, "'note':'I bring cake'"));
    JsonNode frame = heard(alice, laptop, bob);
    assertThat(frame.get("type").asInt()).isEqualTo(19);
    assertThat(frame.has("seq")).isFalse();
    JsonNode content = frame.get("content");
    assertThat(content.get("group_id").asText()).isEqualTo(id);
    assertThat(content.get("user_id").asText()).isEqualTo("erin");
    assertThat(content.get("note").asText()).isEqualTo("I bring cake");
    JsonNode listed = bob.result("group.requests", params(id, "")).at("/requests/0");
    assertThat(listed.get("request_id")).isEqualTo(content.get("request_id"));
    assertThat(listed.get("note").asText()).isEqualTo("I bring cake");
    assertThat(listed.get("expires_at").asLong())
        .isEqualTo(server.clock.millis() + Duration.ofDays(7).toMillis());
    assertThat(carol.refusal("group.requests", params(id, ""))).isEqualTo("not_group_admin");
    assertThat(erin.refusal("group.requests", params(id, ""))).isEqualTo("group_not_found");
    assertThat(refusedToSpeak(erin, id, "m1")).isEqualTo("group_not_found");
    expectQuiet(alice, laptop, bob, carol, erin);
    assertThat(types(log(alice, id))).containsExactly(10, 16);
  }

  @Test
  void who_is_let_in_learns_it_by_the_event_as_all_others_do() throws IOException {
    Client phone = login(server, "erin");
    String requestId = requestId();
    assertThat(bob.result("group.approve", request(requestId)).toString()).isEqualTo("{}");
    JsonNode event = heard(alice, bob, carol, erin, phone);
    assertThat(event.get("type").asInt()).isEqualTo(11);
    assertThat(event.at("/content/operator_id").asText()).isEqualTo("bob");
    assertThat(event.at("/content/target_ids").toString()).isEqualTo(json("['erin']"));
    assertThat(alice.result("group.requests", params(id, "")).get("requests")).isEmpty();
    assertThat(alice.refusal("group.approve", request(requestId)))
        .isEqualTo("join_request_not_found");
    assertThat(alice.refusal("group.reject", request(requestId)))
        .isEqualTo("join_request_not_found");
    erin.sayToGroup(id, "m1", "thanks");
    heard(alice, bob, carol, phone);
    expectQuiet(alice, bob, carol, erin, phone);
  }

  @Test
  void who_is_not_let_in_is_not_told_and_may_ask_again() throws IOException {
    String requestId = requestId();
    assertThat(bob.result("group.reject", request(requestId)).toString()).isEqualTo("{}");
    expectQuiet(alice, bob, carol, erin);
    assertThat(bob.refusal("group.reject", request(requestId))).isEqualTo("join_request_not_found");
    assertThat(requestId()).isNotEqualTo(requestId);
  }

  @Test
  void a_user_has_one_open_request_however_often_she_asks() throws IOException {
    String requestId = requestId();
    assertThat(erin.result("group.join", params(id, "'note':'now!'")).get("status").asText())
        .isEqualTo("pending");
    JsonNode requests = bob.result("group.requests", params(id, "")).get("requests");
    assertThat(requests).hasSize(1);
    assertThat(requests.at("/0/request_id").asText()).isEqualTo(requestId);
    assertThat(requests.at("/0/note").asText()).isEqualTo("please");
  }

  @Test
  void a_request_expires() throws IOException {
    String requestId = requestId();
    server.clock.advance(Duration.ofDays(7).minusMillis(1));
    assertThat(bob.result("group.requests", params(id, "")).get("requests")).hasSize(1);
    server.clock.advance(Duration.ofMillis(1));
    assertThat(bob.result("group.requests", params(id, "")).get("requests")).isEmpty();
    assertThat(bob.refusal("group.approve", request(requestId)))
        .isEqualTo("join_request_not_found");
    assertThat(requestId()).isNotEqualTo(requestId);
  }

  @Test
  void an_invitation_lets_in_who_asked_and_closes_the_request() throws IOException {
    requestId();
    assertThat(
            bob.result("group.invite", params(id, "'user_ids':['erin']")).get("invited").toString())
        .isEqualTo(json("['erin']"));
    heard(alice, bob, carol, erin);
    assertThat(bob.result("group.requests", params(id, "")).get("requests")).isEmpty();
  }

  @Test
  void members_cannot_let_in_and_requests_of_other_groups_are_not_found() throws IOException {
    String requestId = requestId();
    for (String method : new String[] {"group.approve", "group.reject"}) {
      assertThat(carol.refusal(method, request(requestId))).isEqualTo("not_group_admin");
      assertThat(erin.refusal(method, request(requestId))).isEqualTo("group_not_found");
      assertThat(alice.refusal(method, request("nonsense"))).isEqualTo("join_request_not_found");
    }
    String other = create("{'name':'Other'}");
    assertThat(alice.next().get("type").asInt()).isEqualTo(10);
    for (String method : new String[] {"group.approve", "group.reject"}) {
      assertThat(alice.refusal(method, params(other, "'request_id':'" + requestId + "'")))
          .isEqualTo("join_request_not_found");
    }
    assertThat(alice.result("group.requests", params(id, "")).get("requests")).hasSize(1);
    expectQuiet(alice, bob, carol, erin);
  }
}
