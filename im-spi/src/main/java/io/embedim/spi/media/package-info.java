/** Files that messages refer to. */
@NullMarked
package io.embedim.spi.media;

import org.jspecify.annotations.NullMarked;
