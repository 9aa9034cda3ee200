/** The contracts, run on the backend in memory. */
@NullMarked
package io.embedim.testkit.memory;

import org.jspecify.annotations.NullMarked;
