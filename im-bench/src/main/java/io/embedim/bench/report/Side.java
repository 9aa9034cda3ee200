package io.embedim.bench.report;

import java.util.List;

/**
 * What one of the compared did, round by round.
 *
 * @param name what it is, as a table says it
 * @param rounds at least one
 */
public record Side(String name, List<Sample> rounds) {

  public Side {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException(name + " was measured in no round");
    }
  }

  Spread values() {
    return Spread.of(rounds, Sample::value);
  }

  double cpuMicros() {
    return Spread.of(rounds, Sample::cpuMicros).median();
  }

  double generatorCpu() {
    return Spread.of(rounds, Sample::generatorCpu).median();
  }
}
