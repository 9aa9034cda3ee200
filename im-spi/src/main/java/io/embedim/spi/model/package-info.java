/**
 * The values that the engine, its stores and its hooks exchange: conversations as logs, entries,
 * members, cursors.
 */
@NullMarked
package io.embedim.spi.model;

import org.jspecify.annotations.NullMarked;
