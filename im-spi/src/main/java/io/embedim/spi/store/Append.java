package io.embedim.spi.store;

import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Membership;
import org.jspecify.annotations.Nullable;

/**
 * A draft and the membership on which it was allowed.
 *
 * @param draft what to log
 * @param expectedVersion the {@linkplain Membership#version() version} that the decision was made
 *     on, or {@link #ANY_VERSION}
 * @param hiddenFrom a member who is not to see the entry: it is committed together with her
 *     {@linkplain ConversationStore#delete deletion} of it, so that nobody finds it there before,
 *     and does not bring a conversation back that she has hidden; null for nobody
 */
public record Append(EntryDraft draft, long expectedVersion, @Nullable String hiddenFrom) {

  /** For entries that depend on no membership: what the host itself says as the system. */
  public static final long ANY_VERSION = -1;

  /** For everybody to see. */
  public Append(EntryDraft draft, long expectedVersion) {
    this(draft, expectedVersion, null);
  }
}
