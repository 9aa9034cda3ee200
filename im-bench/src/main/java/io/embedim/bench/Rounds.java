package io.embedim.bench;

import io.embedim.bench.report.Sample;
import io.embedim.bench.report.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures several sides in turns, so that whatever else the machine does meets all of them. Every
 * other round goes backwards: nobody always comes first.
 */
final class Rounds {

  /** A side that can be measured. */
  @FunctionalInterface
  interface Round {
    Sample measure() throws Exception;
  }

  /** What it is called and how it is measured. */
  record Contestant(String name, Round round) {}

  private Rounds() {}

  static List<Side> interleave(int rounds, List<Contestant> contestants) throws Exception {
    List<List<Sample>> samples = new ArrayList<>();
    contestants.forEach(unused -> samples.add(new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < contestants.size(); i++) {
        int turn = round % 2 == 0 ? i : contestants.size() - 1 - i;
        samples.get(turn).add(contestants.get(turn).round().measure());
      }
    }
    List<Side> sides = new ArrayList<>();
    for (int i = 0; i < contestants.size(); i++) {
      sides.add(new Side(contestants.get(i).name(), samples.get(i)));
    }
    return sides;
  }
}
