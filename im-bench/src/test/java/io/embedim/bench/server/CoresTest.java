package io.embedim.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoresTest {

  @Test
  void lists_of_cores_are_read() {
    assertThat(Cores.numbers("0")).containsExactly(0);
    assertThat(Cores.numbers("0,1")).containsExactly(0, 1);
    assertThat(Cores.numbers("2-4,8")).containsExactly(2, 3, 4, 8);
  }
}
