/** Live sessions: what a transport hands in, and what it is handed to write. */
@NullMarked
package io.embedim.core.session;

import org.jspecify.annotations.NullMarked;
