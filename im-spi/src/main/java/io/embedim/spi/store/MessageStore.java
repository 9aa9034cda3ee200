package io.embedim.spi.store;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.PastContent;
import io.embedim.spi.model.Revision;
import java.util.Collection;
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
   *       first entry, or by the first {@linkplain ContactStore#block block} in it; a group that
   *       does not exist has version 0 and is not created, and a dismissed one takes nothing,
   *       whatever version is expected, {@link Append#ANY_VERSION} and the version of now included;
   *   <li>its revision, if any, is applied to its target, which may be in this batch: {@link
   *       AppendResult.RevisionRefused}. Whether the target has expired, the time decides that the
   *       entry would be stamped with;
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

  /**
   * Finds entries by their keys, in ascending order of sequence; keys that the log does not have
   * are ignored.
   */
  List<LogEntry> find(ConversationId id, Collection<String> messageIds);

  /**
   * The pinned messages, what was pinned last first.
   *
   * @param now the time that decides what has expired, which is left out; in ms since the epoch
   */
  List<LogEntry> pinned(ConversationId id, long now);

  /**
   * What a message said before, oldest first, as far as its {@linkplain Revision.Edit#keepsPast
   * edits kept it}; empty when there is no such message, or nothing was kept.
   *
   * @param seq the message
   */
  List<PastContent> pastContents(ConversationId id, long seq);

  /**
   * Takes out of the store what messages said that have expired. Such a message keeps its place in
   * the log, its key, and its expiry, so that it stays invisible; whoever reads it with a clock
   * that is behind finds it revoked. Its content becomes {@link Content#REVOKED}, also in the
   * entries that edited it; what it said before, where it was forwarded from, its reactions and its
   * pin are gone.
   *
   * <p>May run in several processes at once; each message is counted by one of them.
   *
   * @param now in ms since the epoch
   * @param limit how many messages at most, 1 or more
   * @return how many messages there were; less than {@code limit} when there are no more, or
   *     another process is at them
   */
  int purgeExpired(long now, int limit);
}
