/** Groups: who may do what, and the commits that do it. */
@NullMarked
package io.embedim.core.internal.group;

import org.jspecify.annotations.NullMarked;
