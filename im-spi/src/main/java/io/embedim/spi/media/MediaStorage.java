package io.embedim.spi.media;

import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the bytes of files are.
 *
 * <p>Safe for use by many threads; calls overlap, also from several processes on one storage.
 * Methods block, and are called on the engine's executor or on a transport's worker. Nothing is
 * null. Keys are made by the engine: 1 to 200 characters of {@code A-Za-z0-9_.-/}, without {@code
 * ..}. What the storage cannot do, because it is away, full or refuses, is a {@link
 * io.embedim.spi.store.StoreException}; so is a stream that ends early.
 */
public interface MediaStorage {

  /**
   * Writes a whole file, in the place of the one with this key. It can be read when this returns,
   * and not before.
   *
   * @param bytes read to its end and not closed
   * @param size in bytes
   */
  void put(String key, InputStream bytes, long size, String mimeType);

  /** Opens a file for reading, which the caller closes; empty when there is none. */
  Optional<InputStream> open(String key);

  /** Begins a file that comes in parts and returns the storage's own name for the upload. */
  String beginParts(String key, String mimeType);

  /**
   * Writes a part, in the place of the one with its number, and returns its tag.
   *
   * @param part counted from 1
   * @param bytes read to its end and not closed
   * @param size in bytes
   */
  String putPart(String key, String uploadId, int part, InputStream bytes, long size);

  /** Joins the parts, given by their tags in order; the file can be read when this returns. */
  void completeParts(String key, String uploadId, List<String> tags);

  /** Drops a begun upload; harmless when there is none. */
  void abortParts(String key, String uploadId);

  /**
   * A URL that gives the file to whoever holds it, for a while.
   *
   * @param validity how long, 1 s or more
   */
  URI signedUrl(String key, Duration validity);

  /** Removes a file; harmless when there is none. */
  void remove(String key);
}
