/**
 * The packaged server as its users have it: a process of its own, real sockets, real browsers.
 *
 * <p>Classes whose names end in {@code IT} need the jar and run after it was packaged.
 */
@NullMarked
package io.embedim.examples.server.e2e;

import org.jspecify.annotations.NullMarked;
