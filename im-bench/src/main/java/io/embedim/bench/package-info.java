/** Measurements, each beside a baseline of the same run. */
@NullMarked
package io.embedim.bench;

import org.jspecify.annotations.NullMarked;
