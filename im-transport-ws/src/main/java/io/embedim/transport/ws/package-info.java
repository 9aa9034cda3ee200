/**
 * WebSockets: an endpoint for any Jakarta WebSocket container, and a server of its own for
 * applications that have none.
 */
@NullMarked
package io.embedim.transport.ws;

import org.jspecify.annotations.NullMarked;
