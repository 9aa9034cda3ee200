/** Reading the log on a user's behalf. */
@NullMarked
package io.embedim.core.internal.read;

import org.jspecify.annotations.NullMarked;
