package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Blocking: protocol §6.7. */
class ContactConformanceTest extends RevisionScene {

  private static final String BOB = "{'user_id':'bob'}";

  @Test
  void whoever_is_blocked_is_not_heard_any_more_until_she_is_unblocked() throws IOException {
    Client laptop = login(server, "alice");
    alice.say("bob", "m1", "hi");
    heard(laptop, bob);
    alice.result("contact.block", BOB);
    JsonNode told = laptop.next();
    assertThat(told.get("type").asInt()).isEqualTo(28);
    assertThat(told.get("conversation_id").asText()).isEqualTo("alice:bob");
    assertThat(told.at("/content/blocked").asBoolean()).isTrue();
    alice.result("contact.block", BOB);
    assertThat(alice.result("contact.blocked", "{}").get("user_ids").toString())
        .isEqualTo(json("['bob']"));
    assertThat(bob.result("contact.blocked", "{}").get("user_ids")).isEmpty();
    assertRefused(bob, Client.chat("alice", "c1", "hello?"), "blocked");
    for (String frame : commands("c1", "alice:bob", "m1").subList(1, 3)) {
      assertRefused(bob, frame, "blocked");
    }
    assertThat(
            bob.refusal(
                "message.forward",
                "{'conversation_id':'alice:bob','message_ids':['m1'],'type':1,'to':'alice'}"))
        .isEqualTo("blocked");
    bob.send("{'type':23,'to':'alice'}");
    bob.settle();
    expectQuiet(alice, laptop, bob);
    alice.result("contact.unblock", BOB);
    assertThat(laptop.next().at("/content/blocked").asBoolean()).isFalse();
    alice.result("contact.unblock", BOB);
    bob.say("alice", "m2", "hello");
    heard(alice, laptop);
    expectQuiet(alice, laptop, bob);
  }

  @Test
  void the_blocked_are_listed_by_pages_and_wrong_users_are_refused() throws IOException {
    for (String user : List.of("dave", "bob", "carol")) {
      alice.result("contact.block", "{'user_id':'" + user + "'}");
    }
    JsonNode first = alice.result("contact.blocked", "{'limit':2}");
    assertThat(first.get("user_ids").toString()).isEqualTo(json("['bob','carol']"));
    JsonNode second =
        alice.result(
            "contact.blocked",
            "{'limit':2,'page_token':'" + first.get("next_page_token").asText() + "'}");
    assertThat(second.get("user_ids").toString()).isEqualTo(json("['dave']"));
    assertThat(second.has("next_page_token")).isFalse();
    for (String method : List.of("contact.block", "contact.unblock")) {
      for (String wrong :
          List.of(
              "{}",
              "{'user_id':''}",
              "{'user_id':'a b'}",
              "{'user_id':'system'}",
              "{'user_id':['bob']}",
              "{'user_id':'alice'}")) {
        assertThat(alice.refusalOfWrong(method, wrong)).as(wrong).isEqualTo("invalid_argument");
      }
    }
    for (String wrong : List.of("'limit':0", "'limit':201", "'page_token':'a b'")) {
      assertThat(alice.refusalOfWrong("contact.blocked", "{" + wrong + "}"))
          .isEqualTo("invalid_argument");
    }
    expectQuiet(alice, bob);
  }
}
