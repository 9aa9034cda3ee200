/**
 * What an implementation of an SPI has to guarantee, as tests that anybody can run against their
 * own: extend the contract of the interface, and say how a fresh implementation is opened.
 */
@NullMarked
package io.embedim.testkit.contract;

import org.jspecify.annotations.NullMarked;
