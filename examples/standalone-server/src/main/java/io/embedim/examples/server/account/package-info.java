/** Users with passwords, for when the demo login is off. */
@NullMarked
package io.embedim.examples.server.account;

import org.jspecify.annotations.NullMarked;
