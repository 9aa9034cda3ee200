package io.embedim.wire;

import io.embedim.core.ImException;
import io.embedim.spi.model.ConversationId;

/** Reads conversation ids. */
final class ConversationIds {

  static final String EXPECTED =
      "expected two user ids in byte order joined by ':', or 'group:' and a group id";

  private ConversationIds() {}

  /**
   * Reads an id.
   *
   * @param complaint begins the sentence about one that is none
   * @throws ImException with {@code invalid_argument}
   */
  static ConversationId parse(String text, String complaint) {
    try {
      return new ConversationId(text);
    } catch (IllegalArgumentException e) {
      throw Parameters.invalid(complaint + ", " + EXPECTED);
    }
  }
}
