/** The servers that are measured, each in a process of its own. */
@NullMarked
package io.embedim.bench.server;

import org.jspecify.annotations.NullMarked;
