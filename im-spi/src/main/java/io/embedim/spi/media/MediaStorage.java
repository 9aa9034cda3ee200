package io.embedim.spi.media;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Where the bytes of files are. Safe for use by many threads; methods block. */
public interface MediaStorage {

  /** Writes a whole file; the stream is read to its end and not closed. */
  void put(String key, InputStream bytes, long size, String mimeType) throws IOException;

  /** Opens a file for reading; the caller closes it. */
  InputStream open(String key) throws IOException;

  /** Begins a file that comes in parts and returns the storage's own name for the upload. */
  String beginParts(String key, String mimeType) throws IOException;

  /** Writes a part, counted from 1, and returns its tag. */
  String putPart(String key, String uploadId, int part, InputStream bytes, long size)
      throws IOException;

  /** Joins the parts, given by their tags in order. */
  void completeParts(String key, String uploadId, List<String> tags) throws IOException;

  /** Drops a begun upload; harmless when there is none. */
  void abortParts(String key, String uploadId) throws IOException;

  /** A URL that gives the file to whoever holds it, for a while. */
  URI signedUrl(String key, Duration validity);

  /** Removes a file; harmless when there is none. */
  void remove(String key) throws IOException;
}
