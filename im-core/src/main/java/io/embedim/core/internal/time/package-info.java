/** Threads and time. */
@NullMarked
package io.embedim.core.internal.time;

import org.jspecify.annotations.NullMarked;
