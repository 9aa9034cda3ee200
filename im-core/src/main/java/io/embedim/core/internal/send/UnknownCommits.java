package io.embedim.core.internal.send;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.MessageStore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drafts whose commit failed in an unknown way: the connection to the database broke, and they may
 * be in the log all the same. Their senders were told so; if they are in the log, their receivers
 * still have to be. Used by one lane's thread, except where it says otherwise.
 */
final class UnknownCommits {

  private static final Logger LOG = LoggerFactory.getLogger(UnknownCommits.class);

  /** How many are remembered; beyond that receivers find the oldest ones when they sync. */
  private static final int MOST = 10_000;

  private record Key(ConversationId conversationId, String messageId) {
    static Key of(EntryDraft draft) {
      return new Key(draft.conversationId(), draft.messageId());
    }
  }

  private final MessageStore messages;
  private final Set<Key> keys = new LinkedHashSet<>();
  private volatile boolean empty = true;

  UnknownCommits(MessageStore messages) {
    this.messages = messages;
  }

  /** Asked by any thread. */
  boolean isEmpty() {
    return empty;
  }

  void add(EntryDraft draft) {
    keys.add(Key.of(draft));
    if (keys.size() > MOST) {
      Iterator<Key> oldest = keys.iterator();
      oldest.next();
      oldest.remove();
    }
    empty = false;
  }

  /** What became of this one is known. */
  void remove(EntryDraft draft) {
    if (keys.isEmpty()) {
      return;
    }
    keys.remove(Key.of(draft));
    empty = keys.isEmpty();
  }

  /** The entry that an unknown commit did write; null when nothing was unknown of this draft. */
  @Nullable LogEntry find(EntryDraft draft) {
    if (!keys.contains(Key.of(draft))) {
      return null;
    }
    LogEntry entry = messages.find(draft.conversationId(), draft.messageId()).orElse(null);
    remove(draft);
    return entry;
  }

  /** Looks them all up, as long as the store answers, and returns those that are in the log. */
  List<Committed> settle() {
    if (keys.isEmpty()) {
      return List.of();
    }
    List<Committed> found = new ArrayList<>();
    try {
      for (Iterator<Key> all = keys.iterator(); all.hasNext(); ) {
        Key key = all.next();
        messages
            .find(key.conversationId(), key.messageId())
            .ifPresent(entry -> found.add(new Committed(entry, null, null)));
        all.remove();
      }
    } catch (RuntimeException e) {
      LOG.debug("{} commits stay unknown", keys.size(), e);
    }
    empty = keys.isEmpty();
    return found;
  }
}
