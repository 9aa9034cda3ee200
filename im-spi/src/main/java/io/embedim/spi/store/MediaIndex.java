package io.embedim.spi.store;

import io.embedim.spi.media.MediaFile;
import io.embedim.spi.model.ConversationId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The metadata of files and the uploads in progress. The bytes are in a {@link
 * io.embedim.spi.media.MediaStorage}.
 *
 * <p>Calls overlap, also from several processes on one backend. Threads, nulls and errors are those
 * of {@link ImStores}.
 */
public interface MediaIndex {

  /**
   * Keeps or replaces a file's metadata. With a status other than {@link
   * MediaFile.Status#UPLOADING} the file's upload in parts, if there is one, is forgotten.
   */
  void save(MediaFile file);

  /** Keeps a file's metadata and the upload in parts that it begins with, in one commit. */
  void begin(MediaFile file, Upload upload);

  /** A file, whatever its status; empty when there is none with this id. */
  Optional<MediaFile> find(String fileId);

  /**
   * A finished file with this content, for de-duplication; the one that was finished first.
   *
   * @param sha256 in lower-case hexadecimal
   * @param size in bytes
   */
  Optional<MediaFile> findByHash(String sha256, long size);

  /** A file's upload in parts; empty when it has ended or there was none. */
  Optional<Upload> upload(String fileId);

  /**
   * Notes that a part of an upload has arrived, in the place of the one with its number; ignored
   * when the upload has ended.
   *
   * @param now in ms since the epoch
   */
  void partArrived(String fileId, Part part, long now);

  /** The parts that have arrived, by number. */
  List<Part> parts(String fileId);

  /**
   * Uploads in parts of which nothing was heard for long, for somebody to drop them.
   *
   * @param before those that began, or whose last part arrived, before this time in ms since the
   *     epoch
   * @param limit how many at most, 1 or more
   */
  List<Upload> abandoned(long before, int limit);

  /** Notes that a file was sent in a conversation, whose members may then read it. */
  void shared(String fileId, ConversationId conversationId);

  /** Where a file was sent. */
  Collection<ConversationId> sharedIn(String fileId);

  /**
   * Forgets a file, its upload and where it was sent.
   *
   * @return whether no other file has its {@linkplain MediaFile#storageKey() bytes}, so that they
   *     can go; false when there is no such file
   */
  boolean remove(String fileId);

  /**
   * An upload in parts.
   *
   * @param fileId the file that it makes
   * @param storageUploadId what {@link io.embedim.spi.media.MediaStorage#beginParts} called it
   * @param partSize of every part but the last, in bytes, 1 or more
   * @param startedAt in ms since the epoch
   */
  record Upload(String fileId, String storageUploadId, long partSize, long startedAt) {}

  /**
   * A part of an upload.
   *
   * @param number counted from 1
   * @param etag what {@link io.embedim.spi.media.MediaStorage#putPart} returned
   * @param size in bytes
   */
  record Part(int number, String etag, long size) {}
}
