/** The engine's inside; not for use from other modules. */
@NullMarked
package io.embedim.core.internal;

import org.jspecify.annotations.NullMarked;
