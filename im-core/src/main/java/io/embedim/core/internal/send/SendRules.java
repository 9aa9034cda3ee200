package io.embedim.core.internal.send;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.spi.hook.SendAuthorizer;
import io.embedim.spi.hook.SendAuthorizer.Decision;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.Membership;
import java.util.List;

/**
 * Decides who may say something where: the engine's own rules on the membership snapshot, then the
 * host's authorizers, of whom the first that allows or denies has the last word.
 */
public final class SendRules {

  private final List<SendAuthorizer> authorizers;

  public SendRules(List<SendAuthorizer> authorizers) {
    this.authorizers = List.copyOf(authorizers);
  }

  /**
   * @param now in ms since the epoch
   * @throws ImException when the draft may not be sent on this membership
   */
  void check(EntryDraft draft, Membership membership, long now) {
    boolean group = draft.conversationId().isGroup();
    Member sender = membership.member(draft.senderId());
    if (sender == null) {
      throw group
          ? new ImException(ImError.GROUP_NOT_FOUND, "there is no such group")
          : new ImException(ImError.CONVERSATION_NOT_FOUND, "there is no such conversation");
    }
    if (!group && membership.member(Ids.SYSTEM_USER) != null) {
      throw new ImException(ImError.INVALID_ARGUMENT, "nobody can write to 'system'");
    }
    checkActive(membership);
    boolean silenced = membership.allMuted() && sender.role() == MemberRole.MEMBER;
    if (silenced || sender.mutedUntil() > now) {
      throw new ImException(ImError.MUTED, "you may not speak in this group at the moment");
    }
    askHost(draft);
  }

  /**
   * The only rule for what the system says.
   *
   * @throws ImException {@code group_dismissed}
   */
  void checkActive(Membership membership) {
    if (!membership.active()) {
      throw new ImException(ImError.GROUP_DISMISSED, "the group was dismissed");
    }
  }

  private void askHost(EntryDraft draft) {
    for (SendAuthorizer authorizer : authorizers) {
      Decision decision = authorizer.decide(draft);
      if (decision instanceof Decision.Deny deny) {
        throw new ImException(ImError.REJECTED_BY_HOST, deny.message());
      }
      if (decision instanceof Decision.Allow) {
        return;
      }
    }
  }
}
