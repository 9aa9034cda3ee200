/** A chat server with a web page on one port: EmbedIM as a program. */
@NullMarked
package io.embedim.examples.server;

import org.jspecify.annotations.NullMarked;
