package io.embedim.wire;

import io.embedim.spi.model.Ids;
import org.jspecify.annotations.Nullable;

/** Reads the parameters that operations on messages have in common. */
final class MessageParameters {

  private static final String EXPECTED =
      " is not valid, expected 1 to 64 characters of A-Za-z0-9_.:-";

  private MessageParameters() {}

  /** A message's id, or that of a command; null when it was not given. */
  static @Nullable String id(Parameters parameters, String name) {
    String id = parameters.string(name);
    if (id != null && !Ids.isMessageId(id)) {
      throw Parameters.invalid(parameters.path(name) + EXPECTED);
    }
    return id;
  }

  static String requiredId(Parameters parameters, String name) {
    String id = parameters.requiredString(name);
    if (!Ids.isMessageId(id)) {
      throw Parameters.invalid(parameters.path(name) + EXPECTED);
    }
    return id;
  }
}
