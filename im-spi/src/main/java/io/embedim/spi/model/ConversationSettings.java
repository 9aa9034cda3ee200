package io.embedim.spi.model;

import org.jspecify.annotations.Nullable;

/**
 * What one member set for one conversation, the same on all of her devices.
 *
 * @param pinned whether it stays at the top of the list
 * @param muted whether it makes no noise: no push, except for a mention
 * @param draft a text begun and not sent
 * @param hidden whether it is left out of the list; the next message or event brings it back
 * @param clearedSeq the log up to here is hidden from this member; 0 for none
 */
public record ConversationSettings(
    boolean pinned, boolean muted, @Nullable String draft, boolean hidden, long clearedSeq) {

  public static final ConversationSettings DEFAULT =
      new ConversationSettings(false, false, null, false, 0);
}
