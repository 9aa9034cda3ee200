/** The engine as a host application and a transport use it. */
@NullMarked
package io.embedim.core;

import org.jspecify.annotations.NullMarked;
