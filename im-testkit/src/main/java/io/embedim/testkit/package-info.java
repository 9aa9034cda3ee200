/**
 * An engine for unit tests of host applications: in memory, with a movable clock, fake devices and
 * stores that fail on demand.
 */
@NullMarked
package io.embedim.testkit;

import org.jspecify.annotations.NullMarked;
