package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.EntryType.Kind;
import io.embedim.spi.store.SettingsChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What the row of a member says about her, and the end of the log beside it. For somebody who left,
 * the log ends with the entry that tells of it.
 *
 * @param left whether she is a former member, whose log ended when she left
 * @param hiddenSeq the end of the log when she hid the conversation; null when she did not
 * @param hidden whether it still is, because nothing but revisions followed
 */
record MemberState(
    ConversationId conversationId,
    String userId,
    boolean left,
    Cursors cursors,
    long visibleFromSeq,
    long clearedSeq,
    @Nullable Long hiddenSeq,
    boolean hidden,
    boolean pinned,
    boolean muted,
    @Nullable String draft,
    long maxSeq,
    long updatedAt) {

  /** Of what followed, for {@link #newsSinceHidden}. */
  static final String UP_TO_HER_END = "(m.left_seq IS NULL OR e.seq <= m.left_seq)";

  /** How many columns {@link #columns} names. */
  static final int COLUMN_COUNT = 14;

  /**
   * The columns for {@link #read}, of the table of members, which the statement calls {@code m}.
   *
   * @param maxSeq SQL for the end of the conversation's log
   * @param updatedAt SQL for the time of that entry
   */
  static String columns(Dialect dialect, Tables tables, String maxSeq, String updatedAt) {
    return "m.conversation_id, m.user_id, m.read_seq, m.received_seq, m.visible_from_seq,"
        + " m.cleared_seq, m.hidden_seq, m.pinned, m.muted, m.draft, COALESCE(m.left_seq, "
        + maxSeq
        + "), COALESCE(m.left_at, "
        + updatedAt
        + "), m.former, m.hidden_seq IS NOT NULL AND NOT "
        + newsSinceHidden(dialect, tables, UP_TO_HER_END);
  }

  /**
   * SQL that asks whether a message or an event followed what was the end of the log when {@code m}
   * hid the conversation: that brings it back. What is done to messages does not.
   *
   * @param within which entries {@code e} are looked at
   */
  static String newsSinceHidden(Dialect dialect, Tables tables, String within) {
    return "EXISTS (SELECT 1 FROM "
        + tables.message()
        + " e"
        + dialect.byIndex(Dialect.PRIMARY_KEY)
        + " WHERE e.conversation_id = m.conversation_id AND e.seq > m.hidden_seq AND "
        + within
        + " AND e.entry_type IN ("
        + EntryColumns.codesOf(Kind.MESSAGE, Kind.EVENT)
        + "))";
  }

  static MemberState read(ResultSet row) throws SQLException {
    return new MemberState(
        new ConversationId(row.getString(1)),
        row.getString(2),
        row.getBoolean(13),
        new Cursors(row.getLong(3), row.getLong(4)),
        row.getLong(5),
        row.getLong(6),
        EntryColumns.nullableLong(row, 7),
        row.getBoolean(14),
        row.getBoolean(8),
        row.getBoolean(9),
        row.getString(10),
        row.getLong(11),
        row.getLong(12));
  }

  MemberKey key() {
    return new MemberKey(conversationId, userId);
  }

  /** With what she changes about the conversation. */
  MemberState changedBy(SettingsChange change) {
    Boolean newPinned = change.pinned();
    Boolean newMuted = change.muted();
    Boolean hide = change.hidden();
    String newDraft = change.draft();
    return new MemberState(
        conversationId,
        userId,
        left,
        cursors,
        visibleFromSeq,
        clearedSeq,
        hide == null ? hiddenSeq : (hide ? (Long) maxSeq : null),
        hide == null ? hidden : hide,
        newPinned == null ? pinned : newPinned,
        newMuted == null ? muted : newMuted,
        newDraft == null ? draft : (newDraft.isEmpty() ? null : newDraft),
        maxSeq,
        updatedAt);
  }

  /** With the log up to its end hidden from her, and read. */
  MemberState cleared() {
    return new MemberState(
        conversationId,
        userId,
        left,
        new Cursors(maxSeq, maxSeq),
        visibleFromSeq,
        maxSeq,
        hiddenSeq,
        hidden,
        pinned,
        muted,
        draft,
        maxSeq,
        updatedAt);
  }

  ConversationSettings settings() {
    return new ConversationSettings(pinned, muted, draft, hidden, clearedSeq);
  }
}
