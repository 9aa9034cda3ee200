/** What can be configured, declared once, and how it is read from files, variables and options. */
@NullMarked
package io.embedim.examples.server.config;

import org.jspecify.annotations.NullMarked;
