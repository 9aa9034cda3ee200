/** The shortest host application. */
@NullMarked
package io.embedim.examples.embedded;

import org.jspecify.annotations.NullMarked;
