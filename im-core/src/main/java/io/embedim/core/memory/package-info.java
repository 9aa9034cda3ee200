/**
 * The backend that keeps everything in this process: the reference for what the interfaces of the
 * SPI mean, and all that tests and small embedders need. Nothing of it outlives the process.
 */
@NullMarked
package io.embedim.core.memory;

import org.jspecify.annotations.NullMarked;
