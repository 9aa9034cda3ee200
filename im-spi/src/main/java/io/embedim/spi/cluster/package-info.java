/** What several nodes share: presence, the bus between nodes, rate limits. */
@NullMarked
package io.embedim.spi.cluster;

import org.jspecify.annotations.NullMarked;
