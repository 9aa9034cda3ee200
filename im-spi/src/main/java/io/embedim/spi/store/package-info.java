/**
 * What a storage backend implements. Permission rules are not here: a store offers atomic
 * primitives and reports outcomes.
 */
@NullMarked
package io.embedim.spi.store;

import org.jspecify.annotations.NullMarked;
