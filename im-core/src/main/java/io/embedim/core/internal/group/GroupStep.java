package io.embedim.core.internal.group;

import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.GroupChange;
import org.jspecify.annotations.Nullable;

/**
 * What was decided on a group.
 *
 * @param result for the caller, once it is committed
 * @param change what is to change; null for nothing, which ends the decisions
 * @param event the entry that tells of it; null exactly when there is no change
 * @param again whether there is to be another decision, on what this one made of the group
 */
public record GroupStep<R>(
    R result, @Nullable GroupChange change, @Nullable EntryDraft event, boolean again) {

  /** Nothing has to change for it. */
  static <R> GroupStep<R> done(R result) {
    return new GroupStep<>(result, null, null, false);
  }

  /** One change does it. */
  static <R> GroupStep<R> change(R result, GroupChange change, EntryDraft event) {
    return new GroupStep<>(result, change, event, false);
  }
}
