package io.embedim.store.jdbc;

import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import org.jspecify.annotations.Nullable;

/**
 * What the row of a member says about belonging to the conversation.
 *
 * @param cursors how far she has come
 * @param end the entry that tells of her leaving; null while she belongs to it
 */
record MemberRow(Member member, Cursors cursors, @Nullable End end) {

  /** Where the log ends for somebody who left, and when that was, in ms since the epoch. */
  record End(long seq, long time) {}

  /**
   * One who comes into a conversation, or comes back: what she had read before is behind her, since
   * the log went on without her.
   *
   * @param seq the entry that tells of it
   */
  static MemberRow joined(Member member, long seq) {
    return new MemberRow(member.joinedWith(seq), new Cursors(seq - 1, seq - 1), null);
  }

  String userId() {
    return member.userId();
  }

  boolean former() {
    return end != null;
  }

  boolean owns() {
    return member.role() == MemberRole.OWNER;
  }

  MemberRow left(long seq, long time) {
    return new MemberRow(member, cursors, new End(seq, time));
  }

  MemberRow with(Member changed) {
    return new MemberRow(changed, cursors, end);
  }
}
