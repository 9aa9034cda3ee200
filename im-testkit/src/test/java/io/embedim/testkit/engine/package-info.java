/** The engine as a whole, in memory, with a clock that the tests move. */
@NullMarked
package io.embedim.testkit.engine;

import org.jspecify.annotations.NullMarked;
