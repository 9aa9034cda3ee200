/** The tokens that show who a client is: issued here, or checked only. */
@NullMarked
package io.embedim.examples.server.token;

import org.jspecify.annotations.NullMarked;
