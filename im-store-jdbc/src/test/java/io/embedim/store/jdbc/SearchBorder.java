package io.embedim.store.jdbc;

import java.util.function.Consumer;

/** Indexes so few entries that there is nearly always a border inside a log, which moves. */
final class SearchBorder implements Consumer<SearchCrank> {

  private static final long[] FEW = {1, 2, 700, 1, 3};

  private int turns;

  @Override
  public void accept(SearchCrank crank) {
    crank.turn(FEW[turns++ % FEW.length]);
  }
}
