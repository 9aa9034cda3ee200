/** Live sessions: their mailboxes, queues and delivery. */
@NullMarked
package io.embedim.core.internal.session;

import org.jspecify.annotations.NullMarked;
