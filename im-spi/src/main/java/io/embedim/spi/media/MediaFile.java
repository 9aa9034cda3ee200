package io.embedim.spi.media;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a file.
 *
 * @param fileId its id; the same alphabet and length as for messages
 * @param uploaderId who uploads it
 * @param kind what it is, as its content says
 * @param name its name as the uploader gave it
 * @param size in bytes, 0 or more
 * @param mimeType as its content says
 * @param storageKey where {@link MediaStorage} has it; files with the same content may share it
 * @param thumbnailKey where its thumbnail is; null when it has none
 * @param dimensions width, height and duration where the kind has them
 * @param md5 in lower-case hexadecimal; null until it is complete
 * @param sha256 in lower-case hexadecimal; null until it is complete
 * @param status how far its upload is
 * @param uploadedAt in ms since the epoch; 0 until it is complete
 */
public record MediaFile(
    String fileId,
    String uploaderId,
    Kind kind,
    String name,
    long size,
    String mimeType,
    String storageKey,
    @Nullable String thumbnailKey,
    Dimensions dimensions,
    @Nullable String md5,
    @Nullable String sha256,
    Status status,
    long uploadedAt) {

  /** The kinds of files. The codes are those of the wire and of the stores. */
  public enum Kind {
    IMAGE(1),
    VIDEO(2),
    AUDIO(3),
    DOCUMENT(4),
    ARCHIVE(5),
    OTHER(6);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }
  }

  /** How far an upload is. The codes are those of the wire and of the stores. */
  public enum Status {
    UPLOADING(0),
    DONE(1),
    FAILED(2);

    private final int code;

    Status(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }
  }

  /**
   * @param width in pixels, 0 when it has none
   * @param height in pixels, 0 when it has none
   * @param durationMillis in ms, 0 when it has none
   */
  public record Dimensions(int width, int height, long durationMillis) {
    public static final Dimensions NONE = new Dimensions(0, 0, 0);
  }
}
