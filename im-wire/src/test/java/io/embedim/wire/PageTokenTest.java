package io.embedim.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.SearchableMessageStore;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTokenTest {

  private static final ConversationQuery.Position POSITION =
      new ConversationQuery.Position(1_795_512_956_672L, new ConversationId("alice:bob"));

  private static void assertRefused(String token, String userId) {
    assertThatThrownBy(() -> PageToken.parse(token, userId))
        .isInstanceOfSatisfying(
            ImException.class, e -> assertThat(e.error()).isEqualTo(ImError.INVALID_ARGUMENT))
        .hasMessageStartingWith("page_token is not valid");
  }

  @Test
  void a_token_leads_back_to_its_place() {
    assertThat(PageToken.parse(PageToken.of(POSITION, "alice"), "alice")).isEqualTo(POSITION);
  }

  @Test
  void a_token_of_a_search_leads_back_to_its_place_and_is_no_token_of_a_list() {
    SearchableMessageStore.Position place =
        new SearchableMessageStore.Position(17, new ConversationId("group:team"), 9);
    String token = PageToken.of(place, "alice");
    assertThat(PageToken.parsePlace(token, "alice")).isEqualTo(place);
    assertRefused(token, "alice");
    for (String other : List.of(PageToken.of(POSITION, "alice"), PageToken.of(place, "bob"), "")) {
      assertThatThrownBy(() -> PageToken.parsePlace(other, "alice"))
          .isInstanceOf(ImException.class)
          .hasMessageStartingWith("page_token is not valid");
    }
  }

  @Test
  void another_users_token_is_refused() {
    assertRefused(PageToken.of(POSITION, "alice"), "bob");
  }

  @Test
  void a_token_with_any_character_changed_is_refused() {
    String token = PageToken.of(POSITION, "alice");
    for (int i = 0; i < token.length() - 1; i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      assertRefused(token.substring(0, i) + other + token.substring(i + 1), "alice");
    }
  }

  @Test
  void nonsense_is_refused() {
    assertRefused("", "alice");
    assertRefused("!!!", "alice");
    assertRefused("AAAA", "alice");
    assertRefused("A".repeat(10_000), "alice");
  }
}
