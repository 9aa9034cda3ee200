/** What was measured, as tables and plots. */
@NullMarked
package io.embedim.bench.report;

import org.jspecify.annotations.NullMarked;
