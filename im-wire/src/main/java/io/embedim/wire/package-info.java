/**
 * The wire protocol {@code im.v1} without I/O: frames and their JSON form, the operations that
 * every transport offers, and the conversation of one connection with the engine.
 */
@NullMarked
package io.embedim.wire;

import org.jspecify.annotations.NullMarked;
