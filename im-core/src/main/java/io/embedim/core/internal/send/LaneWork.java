package io.embedim.core.internal.send;

import io.embedim.core.ImException;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.store.StoreException;
import java.util.Collection;
import java.util.List;

/**
 * Something that a lane commits by itself, between the messages that came before it and those that
 * come after it. Used by the lane's thread only.
 *
 * @param <R> what its caller is told
 */
public interface LaneWork<R> {

  /**
   * Commits it. Called once.
   *
   * @throws ImException when it is refused, or no more of it is done than {@link #committed} says
   * @throws StoreException when nothing is known of {@link #unknown}
   */
  R commit();

  /** What it has committed so far, also when it failed then. */
  List<Committed> committed();

  /** Entries that may be in the log, or not, after a failure. */
  Collection<EntryDraft> unknown();
}
