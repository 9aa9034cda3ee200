package io.embedim.examples.server.e2e;

/**
 * How long messages took.
 *
 * @param acknowledged from sending one to its acknowledgement
 * @param delivered from sending one to its arrival at the other party
 */
record Measured(Latencies acknowledged, Latencies delivered) {

  Measured() {
    this(new Latencies(), new Latencies());
  }

  @Override
  public String toString() {
    return "acknowledged " + acknowledged + "; delivered " + delivered;
  }
}
