package io.embedim.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.spi.cluster.SessionInfo;
import io.embedim.spi.model.Platform;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemorySessionDirectoryTest {

  private static final long NOW = 1_800_000_000_000L;

  @Test
  void sessions_whose_lease_ended_are_not_held_for_ever() {
    MemorySessionDirectory directory = new MemorySessionDirectory();
    for (int i = 0; i < 100; i++) {
      directory.register(session("s" + i, "user" + i), NOW + 90_000);
    }
    directory.find(List.of(), NOW);
    assertThat(directory.heldSessions()).isEqualTo(100);

    directory.find(List.of(), NOW + 89_999);
    assertThat(directory.heldSessions()).isEqualTo(100);
    directory.find(List.of("user1"), NOW + 150_000);
    assertThat(directory.heldSessions()).isZero();
  }

  @Test
  void only_so_many_users_are_remembered_when_they_are_gone() {
    MemorySessionDirectory directory = new MemorySessionDirectory(50);
    for (int i = 0; i < 1_000; i++) {
      directory.unregister(session("s" + i, "user" + i), NOW + i);
    }

    assertThat(directory.rememberedUsers()).isLessThanOrEqualTo(50);
    assertThat(directory.heldSessions()).isZero();
  }

  @Test
  void a_negative_number_of_users_is_refused() {
    assertThatThrownBy(() -> new MemorySessionDirectory(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rememberedUsers is -1, expected 0 or more");
  }

  private static SessionInfo session(String sessionId, String userId) {
    return new SessionInfo(sessionId, userId, "node-1", "device-1", Platform.WEB, NOW);
  }
}
