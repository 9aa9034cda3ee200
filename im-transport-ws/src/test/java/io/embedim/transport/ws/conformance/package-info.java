/**
 * The protocol's conformance suite: scenarios of {@code docs/protocol.md} over real sockets, on
 * every container of {@link io.embedim.transport.ws.conformance.Container}. Each frame that is
 * received, and each that is sent and not meant to be wrong, is held to its JSON Schema.
 */
package io.embedim.transport.ws.conformance;
