package io.embedim.spi.model;

/** What a message's content is. The codes are those of the wire and of the stores. */
public enum ContentType {
  TEXT(1),
  IMAGE(2),
  VOICE(3),
  VIDEO(4),
  FILE(5),
  LOCATION(6),
  CARD(7),
  CUSTOM(8);

  private final int code;

  ContentType(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException when no content has this code
   */
  public static ContentType ofCode(int code) {
    for (ContentType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new IllegalArgumentException("no content type has the code " + code);
  }
}
