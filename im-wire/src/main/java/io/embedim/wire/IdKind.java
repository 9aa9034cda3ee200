package io.embedim.wire;

import io.embedim.spi.model.Ids;

/** What an id can be the id of, and what it looks like then. */
enum IdKind {
  USER("user id", "A-Za-z0-9_.@-") {
    @Override
    boolean matches(String id) {
      return Ids.isUserId(id);
    }
  },
  GROUP("group id", "A-Za-z0-9_.@-") {
    @Override
    boolean matches(String id) {
      return Ids.isGroupId(id);
    }
  },
  MESSAGE("message id", "A-Za-z0-9_.:-") {
    @Override
    boolean matches(String id) {
      return Ids.isMessageId(id);
    }
  };

  private final String noun;
  private final String characters;

  IdKind(String noun, String characters) {
    this.noun = noun;
    this.characters = characters;
  }

  abstract boolean matches(String id);

  /** For a sentence about what was expected. */
  String noun() {
    return noun;
  }

  /** Ends such a sentence. */
  String expected() {
    return "expected 1 to 64 characters of " + characters;
  }
}
