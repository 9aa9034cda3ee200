package io.embedim.core.internal.send;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.spi.hook.MessageInterceptor;
import io.embedim.spi.hook.MessageInterceptor.Outcome;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Revision;
import java.util.List;
import java.util.Objects;

/** Passes a draft through the host's interceptors, the first registered being the outermost. */
public final class InterceptorChain {

  private final List<MessageInterceptor> interceptors;

  public InterceptorChain(List<MessageInterceptor> interceptors) {
    this.interceptors = List.copyOf(interceptors);
  }

  /**
   * What is to be sent.
   *
   * @throws ImException {@code rejected_by_host} when an interceptor refused it
   */
  EntryDraft apply(EntryDraft draft) {
    if (interceptors.isEmpty()) {
      return draft;
    }
    Outcome outcome = proceed(0, draft);
    if (outcome instanceof Outcome.Refused refused) {
      throw new ImException(ImError.REJECTED_BY_HOST, refused.message());
    }
    EntryDraft accepted = ((Outcome.Accepted) outcome).draft();
    if (!accepted.conversationId().equals(draft.conversationId())
        || !accepted.messageId().equals(draft.messageId())
        || !accepted.senderId().equals(draft.senderId())
        || accepted.type() != draft.type()
        || !Objects.equals(accepted.revision(), draft.revision())) {
      throw new IllegalStateException(
          "an interceptor changed the conversation, id, sender, type or revision of "
              + draft.messageId());
    }
    return accepted.revision() instanceof Revision.Edit edit
        ? consistent(accepted, edit)
        : accepted;
  }

  /** What an edit makes of the message is what the interceptors made of the edit. */
  private static EntryDraft consistent(EntryDraft draft, Revision.Edit edit) {
    return new EntryDraft(
        draft.conversationId(),
        draft.type(),
        draft.messageId(),
        draft.senderId(),
        draft.content(),
        draft.options(),
        new Revision.Edit(edit.targetMessageId(), draft.content(), edit.keepsPast()));
  }

  private Outcome proceed(int index, EntryDraft draft) {
    return index == interceptors.size()
        ? new Outcome.Accepted(draft)
        : interceptors.get(index).intercept(draft, rewritten -> proceed(index + 1, rewritten));
  }
}
