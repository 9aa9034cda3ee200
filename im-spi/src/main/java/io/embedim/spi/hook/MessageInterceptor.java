package io.embedim.spi.hook;

import io.embedim.spi.model.EntryDraft;

/**
 * Stands around the acceptance of a message: it may rewrite the draft before passing it on, or
 * refuse it. Called before authorization, on the engine's executor; it may block, which holds up
 * only the session that sends. Calls for different sessions overlap. Where it throws, the message
 * is not sent, and the sender is told {@code internal}. Nothing is null.
 */
@FunctionalInterface
public interface MessageInterceptor {

  /**
   * Looks at a draft.
   *
   * @param draft what is to be sent; conversation, sender, type and message id have to stay as they
   *     are
   * @param chain continues with the next interceptor, and finally with the engine
   * @return what {@code chain} returned, or a refusal of its own
   */
  Outcome intercept(EntryDraft draft, Chain chain);

  /** The rest of the way. */
  @FunctionalInterface
  interface Chain {
    /** Passes a draft on, at most once; what comes back is what the rest made of it. */
    Outcome proceed(EntryDraft draft);
  }

  /** What the interceptors made of a draft. */
  sealed interface Outcome {

    /** To be sent like this. */
    record Accepted(EntryDraft draft) implements Outcome {}

    /**
     * Not to be sent: the sender gets the error {@code rejected_by_host}.
     *
     * @param message what the sender is told
     */
    record Refused(String message) implements Outcome {}
  }
}
