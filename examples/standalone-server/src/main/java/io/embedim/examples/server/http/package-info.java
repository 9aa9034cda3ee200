/** The HTTP side of the server: the API before there is a session, and the page. */
@NullMarked
package io.embedim.examples.server.http;

import org.jspecify.annotations.NullMarked;
