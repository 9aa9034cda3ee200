package io.embedim.core.internal.send;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.MessageRules;
import io.embedim.spi.hook.SendAuthorizer;
import io.embedim.spi.hook.SendAuthorizer.Decision;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.Membership;
import io.embedim.spi.model.MessageOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may say something where: the engine's own rules on the membership snapshot, then the
 * host's authorizers, of whom the first that allows or denies has the last word.
 */
public final class SendRules {

  private final List<SendAuthorizer> authorizers;
  private final MessageRules settings;

  public SendRules(List<SendAuthorizer> authorizers, MessageRules settings) {
    this.authorizers = List.copyOf(authorizers);
    this.settings = settings;
  }

  /** What has to hold for a user's message. */
  SendCheck message(EntryDraft draft) {
    return (membership, now) -> {
      Member sender = member(draft, membership);
      if (hiddenFrom(draft, membership) == null || !settings.silentBlocks()) {
        speaks(sender, membership, now);
      }
      mentions(draft.options().mentions(), sender, membership);
      askHost(draft);
    };
  }

  /** The only rule for what the system says: a dismissed group takes nothing. */
  SendCheck system() {
    return (membership, now) -> active(membership);
  }

  /** The sender, who belongs to a conversation in which something can be done. */
  Member member(EntryDraft draft, Membership membership) {
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
    active(membership);
    return sender;
  }

  /** Whoever has blocked the sender of a message and does not see it; null for nobody. */
  static @Nullable String hiddenFrom(EntryDraft draft, Membership membership) {
    ConversationId id = draft.conversationId();
    if (id.isGroup() || draft.type() != EntryType.SINGLE_CHAT) {
      return null;
    }
    Member sender = membership.member(draft.senderId());
    return sender != null && sender.mutedUntil() == Member.BLOCKED
        ? id.peerOf(draft.senderId())
        : null;
  }

  void speaks(Member sender, Membership membership, long now) {
    if (sender.mutedUntil() == Member.BLOCKED && !membership.conversationId().isGroup()) {
      throw new ImException(ImError.BLOCKED, "the other user wants no messages from you");
    }
    boolean silenced = membership.allMuted() && sender.role() == MemberRole.MEMBER;
    if (silenced || sender.mutedUntil() > now) {
      throw new ImException(ImError.MUTED, "you may not speak in this group at the moment");
    }
  }

  void askHost(EntryDraft draft) {
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

  private static void active(Membership membership) {
    if (!membership.active()) {
      throw new ImException(ImError.GROUP_DISMISSED, "the group was dismissed");
    }
  }

  private void mentions(List<String> mentions, Member sender, Membership membership) {
    if (mentions.contains(MessageOptions.EVERYBODY)) {
      if (membership.conversationId().isGroup()
          && sender.role() == MemberRole.MEMBER
          && !settings.membersMentionAll()) {
        throw new ImException(
            ImError.NOT_GROUP_ADMIN, "only the owner and the admins may mention everybody");
      }
      return;
    }
    for (String mentioned : mentions) {
      if (membership.member(mentioned) == null) {
        throw new ImException(
            ImError.NOT_MEMBER, "mentions somebody who does not belong to the conversation");
      }
    }
  }
}
