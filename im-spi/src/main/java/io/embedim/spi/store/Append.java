package io.embedim.spi.store;

import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Membership;

/**
 * A draft and the membership on which it was allowed.
 *
 * @param draft what to log
 * @param expectedVersion the {@linkplain Membership#version() version} that the decision was made
 *     on, or {@link #ANY_VERSION}
 */
public record Append(EntryDraft draft, long expectedVersion) {

  /** For entries that depend on no membership: what the host itself says as the system. */
  public static final long ANY_VERSION = -1;
}
