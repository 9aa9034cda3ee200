/** Clients over sockets, all played by one thread. */
@NullMarked
package io.embedim.bench.load;

import org.jspecify.annotations.NullMarked;
