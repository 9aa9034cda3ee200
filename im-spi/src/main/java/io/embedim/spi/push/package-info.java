/** Notifications for users without a live session. */
@NullMarked
package io.embedim.spi.push;

import org.jspecify.annotations.NullMarked;
