package io.embedim.spi.store;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import java.util.List;
import java.util.Optional;

/**
 * The logs of all conversations.
 *
 * <p>Calls overlap, also from several processes on one backend. Threads, nulls and errors are those
 * of {@link ImStores}. {@link SearchableMessageStore} is for backends that can look for text.
 */
public interface MessageStore {

  /**
   * Commits drafts of any conversations, atomically: all that can be appended are durable when this
   * returns, and none of them when it throws and the commit did not happen.
   *
   * <p>For each draft, in the order of the batch and under a lock on its conversation:
   *
   * <ol>
   *   <li>its message id is looked up in the conversation, earlier drafts of this batch included:
   *       {@link AppendResult.Duplicate} or {@link AppendResult.KeyTaken};
   *   <li>the expected version is compared: {@link AppendResult.MembershipChanged}. A one-to-one
   *       conversation that does not exist has version 1 and is created with its members by its
   *       first entry; a group that does not exist has version 0 and is not created, and a
   *       dismissed one takes nothing, whatever version is expected, {@link Append#ANY_VERSION} and
   *       the version of now included;
   *   <li>its revision, if any, is applied to its target, which may be in this batch: {@link
   *       AppendResult.RevisionRefused};
   *   <li>it gets the conversation's next sequence and is written: {@link AppendResult.Appended}.
   * </ol>
   *
   * <p>One refused draft does not keep the others from being committed. Calls overlap, also from
   * several processes on one backend; sequences stay free of gaps and repeats all the same.
   *
   * @param batch one or more drafts
   * @param now the time to stamp them with, in ms since the epoch; an entry is stamped later when
   *     the one before it was
   * @return a result for each draft, in the order of the batch
   * @throws StoreException when nothing is known about the commit; the batch may be repeated as it
   *     is, and what was committed is then {@link AppendResult.Duplicate}
   */
  List<AppendResult> append(List<Append> batch, long now);

  /**
   * Reads a stretch of a log, in ascending order of sequence. A conversation that does not exist
   * has an empty log. What is returned was committed, and everything before the last returned entry
   * too.
   */
  List<LogEntry> read(ConversationId id, SeqRange range);

  /** Finds an entry by its key; compared character by character. */
  Optional<LogEntry> find(ConversationId id, String messageId);
}
