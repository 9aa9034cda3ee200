package io.embedim.bench;

import io.embedim.bench.report.Report;

/** Something that can be measured, beside its baseline. */
interface Measurement {

  /**
   * Measures. Blocks for as long as it takes.
   *
   * @throws Exception when it cannot be measured: then there is no figure at all
   */
  Report run(Effort effort) throws Exception;
}
