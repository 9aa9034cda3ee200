package io.embedim.store.jdbc;

import io.embedim.spi.model.Content;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a batch makes of what a message said before: kept, or taken out of the store. Confined to
 * one append.
 */
final class EditHistory {

  private final List<LoggedEntry> edits = new ArrayList<>();
  private final List<Past> kept = new ArrayList<>();
  private @Nullable Saying forgotten;

  /**
   * What an entry that edits the message says.
   *
   * @param content of the entry itself
   * @param replacement of the message's content
   */
  record Saying(Content content, Content replacement) {
    static final Saying NOTHING = new Saying(Content.REVOKED, Content.REVOKED);
  }

  /**
   * What the message said before an edit of the batch.
   *
   * @param replacedBySeq the edit
   * @param since since when, in ms since the epoch
   * @param content null for the one that the table has before the batch
   */
  record Past(long replacedBySeq, long since, @Nullable Content content) {}

  void keep(Past past) {
    kept.add(past);
  }

  /** Nothing is kept; those who edited the message before say this instead of what they said. */
  void forget(Saying instead) {
    kept.clear();
    forgotten = instead;
    edits.forEach(edit -> edit.say(instead));
  }

  /** Notes an entry of the batch that edits the message. */
  void add(LoggedEntry edit) {
    edits.add(edit);
  }

  /** What is to be written. */
  List<Past> kept() {
    return kept;
  }

  /** What the entries say now that edited the message before the batch; null as they did. */
  @Nullable Saying forgotten() {
    return forgotten;
  }
}
