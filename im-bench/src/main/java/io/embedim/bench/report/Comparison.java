package io.embedim.bench.report;

import java.util.stream.IntStream;

/**
 * The engine and its baseline in the same rounds.
 *
 * @param name what was done, as a table says it
 */
public record Comparison(String name, Side subject, Side baseline, Target target) {

  public Comparison {
    if (subject.rounds().size() != baseline.rounds().size()) {
      throw new IllegalArgumentException(name + ": the sides were not measured in the same rounds");
    }
  }

  /** The figure that decides, of each round. */
  Spread figures() {
    return Spread.of(
        IntStream.range(0, subject.rounds().size())
            .mapToDouble(
                round ->
                    target.figure(
                        subject.rounds().get(round).value(), baseline.rounds().get(round).value()))
            .toArray());
  }
}
