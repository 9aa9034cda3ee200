/**
 * Presence, the node bus, rate limits, caches and stores on Redis.
 *
 * <p>Nothing is here yet: the module exists so that its name and place are settled, and a later
 * release fills it.
 */
@NullMarked
package io.embedim.store.redis;

import org.jspecify.annotations.NullMarked;
