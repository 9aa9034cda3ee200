package io.embedim.spi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationIdTest {

  @Test
  void two_users_have_one_conversation_whoever_comes_first() {
    assertThat(ConversationId.direct("bob", "alice").value()).isEqualTo("alice:bob");
    assertThat(ConversationId.direct("alice", "bob").value()).isEqualTo("alice:bob");
    // By bytes: capital letters come before small ones, and '.' before all letters.
    assertThat(ConversationId.direct("alice", "Zoe").value()).isEqualTo("Zoe:alice");
    assertThat(ConversationId.direct("a.b", "a").value()).isEqualTo("a:a.b");
    assertThat(ConversationId.direct("a", "a").value()).isEqualTo("a:a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "a",
        "a:",
        ":b",
        "b:a",
        "a:b:c",
        "a:b ",
        " a:b",
        "é:z",
        "group:",
        "group:a:b",
        "group:system",
        "group:group",
        "a:group",
        "system:system",
        "group",
        "a::b"
      })
  void anything_but_the_one_canonical_form_is_refused(String value) {
    assertThatThrownBy(() -> new ConversationId(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a conversation id is");
  }

  @Test
  void the_longest_id_has_129_characters() {
    assertThat(ConversationId.direct("x".repeat(64), "y".repeat(64)).value()).hasSize(129);
    assertThatThrownBy(() -> ConversationId.direct("x".repeat(65), "y"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void members_follow_from_the_id_of_a_one_to_one_conversation() {
    ConversationId id = ConversationId.direct("bob", "alice");

    assertThat(id.isGroup()).isFalse();
    assertThat(id.directMembers()).containsExactly("alice", "bob");
    assertThat(id.peerOf("alice")).isEqualTo("bob");
    assertThat(id.peerOf("bob")).isEqualTo("alice");
    assertThatThrownBy(() -> id.peerOf("carol")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(id::groupId).isInstanceOf(IllegalStateException.class);
    assertThat(Membership.ofDirect(id).members().keySet())
        .containsExactlyInAnyOrder("alice", "bob");
    assertThat(Membership.ofDirect(id).version()).isEqualTo(Membership.DIRECT_VERSION);
  }

  @Test
  void one_can_talk_to_oneself_and_the_system_to_anybody() {
    ConversationId self = ConversationId.direct("alice", "alice");
    ConversationId system = ConversationId.direct("zoe", Ids.SYSTEM_USER);

    assertThat(self.directMembers()).containsExactly("alice");
    assertThat(self.peerOf("alice")).isEqualTo("alice");
    assertThat(system.value()).isEqualTo("system:zoe");
    assertThat(system.peerOf("zoe")).isEqualTo("system");
  }

  @Test
  void the_id_of_a_group_says_nothing_of_its_members() {
    ConversationId id = ConversationId.group("a@b.c-1");

    assertThat(id.value()).isEqualTo("group:a@b.c-1");
    assertThat(id.isGroup()).isTrue();
    assertThat(id.groupId()).isEqualTo("a@b.c-1");
    assertThatThrownBy(id::directMembers).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> id.peerOf("a")).isInstanceOf(IllegalStateException.class);
  }
}
