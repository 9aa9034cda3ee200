/** The send path: limit, intercept, authorize, append, deliver. */
@NullMarked
package io.embedim.core.internal.send;

import org.jspecify.annotations.NullMarked;
