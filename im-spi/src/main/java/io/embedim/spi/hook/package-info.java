/** Where the host application takes part: its users, its rules, its listeners. */
@NullMarked
package io.embedim.spi.hook;

import org.jspecify.annotations.NullMarked;
