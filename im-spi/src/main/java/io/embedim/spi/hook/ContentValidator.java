package io.embedim.spi.hook;

import io.embedim.spi.model.Content;
import java.util.Optional;

/**
 * The host's say in what a content of some type has to look like, first of all its own custom
 * contents, of which the engine knows nothing. Asked about each message and each edit before it is
 * sent, after the interceptors. Called on the engine's executor or on the thread of the host's own
 * call; calls overlap. Where it throws, the message is not sent. Nothing is null.
 */
@FunctionalInterface
public interface ContentValidator {

  /**
   * Looks at a content.
   *
   * @return what is wrong with it, which the sender is told with the error {@code
   *     invalid_argument}; empty when nothing is
   */
  Optional<String> problem(Content content);
}
