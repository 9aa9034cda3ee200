package io.embedim.spi.hook;

import io.embedim.spi.model.EntryDraft;

/**
 * The host's say in who may send what to whom. It is asked after the engine's own rules allowed it,
 * and can only take away. Several authorizers are asked in the order of their registration until
 * one allows or denies; where all abstain, the message is sent. They are asked again when the
 * membership changed in between.
 *
 * <p>Called on the engine's executor, or on a lane when a decision has to be repeated: it must not
 * wait for the engine. Calls overlap. Where it throws, the message is not sent. Nothing is null.
 */
@FunctionalInterface
public interface SendAuthorizer {

  /** Decides on a message that is about to be committed. */
  Decision decide(EntryDraft draft);

  /** The answer. */
  sealed interface Decision {

    Decision ALLOW = new Allow();
    Decision ABSTAIN = new Abstain();

    /** Nothing against it; later authorizers are not asked. */
    record Allow() implements Decision {}

    /** Not for this authorizer to say. */
    record Abstain() implements Decision {}

    /**
     * Refused: the sender gets the error {@code rejected_by_host}.
     *
     * @param message what the sender is told
     */
    record Deny(String message) implements Decision {}
  }
}
