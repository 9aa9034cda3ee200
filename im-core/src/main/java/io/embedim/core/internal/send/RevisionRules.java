package io.embedim.core.internal.send;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.MessageRules;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.Membership;
import io.embedim.spi.model.Revision;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides who may do what to an earlier message. */
final class RevisionRules {

  private final SendRules rules;
  private final MessageRules settings;

  RevisionRules(SendRules rules, MessageRules settings) {
    this.rules = rules;
    this.settings = settings;
  }

  /**
   * What has to hold for a revision.
   *
   * @param target the message that it is about, which its author may see
   */
  SendCheck revision(EntryDraft draft, LogEntry target) {
    return (membership, now) -> {
      boolean system = draft.senderId().equals(Ids.SYSTEM_USER);
      if (system) {
        rules.system().check(membership, now);
        decide(draft, target, new Author(null, membership, now));
      } else {
        decide(draft, target, new Author(rules.member(draft, membership), membership, now));
        rules.askHost(draft);
      }
    };
  }

  /**
   * Who revises, and where.
   *
   * @param member null for the system, for which the host speaks
   */
  private record Author(@Nullable Member member, Membership membership, long now) {

    /** Whether the conversation is hers to keep in order. */
    boolean leads() {
      return member == null || member.role() != MemberRole.MEMBER;
    }
  }

  private void decide(EntryDraft draft, LogEntry target, Author author) {
    Revision revision = draft.revision();
    boolean own = target.draft().senderId().equals(draft.senderId());
    if (revision instanceof Revision.Revoke) {
      revoke(own, target, author);
      return;
    }
    if (target.state().revoked()) {
      throw new ImException(ImError.MESSAGE_NOT_FOUND, "the message was revoked");
    }
    if (revision instanceof Revision.Edit) {
      speaks(author);
      edit(own, draft, target, author);
    } else if (revision instanceof Revision.React react && react.added()) {
      speaks(author);
    } else if (revision instanceof Revision.Pin) {
      pin(author);
    }
  }

  private void revoke(boolean own, LogEntry target, Author author) {
    if (author.leads()) {
      return;
    }
    if (!own) {
      throw new ImException(ImError.NOT_SENDER, "only its sender may revoke the message");
    }
    if (isOver(settings.revokeWindow(), target, author.now())) {
      throw new ImException(
          ImError.REVOKE_WINDOW_PASSED,
          "a message can be revoked for " + settings.revokeWindow().toSeconds() + " seconds");
    }
  }

  private void edit(boolean own, EntryDraft draft, LogEntry target, Author author) {
    if (!own) {
      throw new ImException(ImError.NOT_SENDER, "only its sender may edit the message");
    }
    if (isOver(settings.editWindow(), target, author.now())) {
      throw new ImException(
          ImError.EDIT_WINDOW_PASSED,
          "a message can be edited for " + settings.editWindow().toSeconds() + " seconds");
    }
    if (target.draft().options().expiresIn() > 0) {
      // The entry of the edit would say what it says when the message is gone.
      throw invalid("a message that destroys itself cannot be edited");
    }
    if (draft.content().type() != target.draft().content().type()) {
      throw invalid(
          "content_type: the message has "
              + target.draft().content().type().code()
              + " and keeps it");
    }
  }

  private void pin(Author author) {
    if (author.membership().conversationId().isGroup()) {
      if (!author.leads()) {
        throw new ImException(
            ImError.NOT_GROUP_ADMIN, "only the owner and the admins of the group may do this");
      }
    } else {
      speaks(author);
    }
  }

  private void speaks(Author author) {
    if (author.member() != null) {
      rules.speaks(author.member(), author.membership(), author.now());
    }
  }

  private static boolean isOver(Duration window, LogEntry target, long now) {
    return now - target.timestamp() > window.toMillis();
  }

  private static ImException invalid(String message) {
    return new ImException(ImError.INVALID_ARGUMENT, message);
  }
}
