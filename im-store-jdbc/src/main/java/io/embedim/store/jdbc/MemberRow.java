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
    return new MemberRow(seenFrom(member, seq), new Cursors(seq - 1, seq - 1), null);
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

  MemberRow withRole(MemberRole role) {
    return with(role, member.nickname(), member.mutedUntil());
  }

  MemberRow withNickname(@Nullable String nickname) {
    return with(member.role(), nickname, member.mutedUntil());
  }

  MemberRow withMutedUntil(long mutedUntil) {
    return with(member.role(), member.nickname(), mutedUntil);
  }

  private MemberRow with(MemberRole role, @Nullable String nickname, long mutedUntil) {
    Member changed =
        new Member(
            userId(),
            role,
            nickname,
            mutedUntil,
            member.joinedAt(),
            member.invitedBy(),
            member.visibleFromSeq());
    return new MemberRow(changed, cursors, end);
  }

  /** With the entry that tells of her coming, where she sees nothing older. */
  private static Member seenFrom(Member member, long seq) {
    return member.visibleFromSeq() != Member.FROM_JOINING
        ? member
        : new Member(
            member.userId(),
            member.role(),
            member.nickname(),
            member.mutedUntil(),
            member.joinedAt(),
            member.invitedBy(),
            seq);
  }
}
