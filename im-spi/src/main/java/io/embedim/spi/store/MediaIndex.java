package io.embedim.spi.store;

import io.embedim.spi.media.MediaFile;
import io.embedim.spi.model.ConversationId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The metadata of files and the uploads in progress. */
public interface MediaIndex {

  /** Keeps or replaces a file's metadata. */
  void save(MediaFile file);

  Optional<MediaFile> find(String fileId);

  /** A finished file with this content, for de-duplication. */
  Optional<MediaFile> findByHash(String sha256, long size);

  /** Notes that a part of an upload has arrived; repeating it is harmless. */
  void partArrived(String fileId, int part, String etag);

  /** The parts that have arrived, by number. */
  List<Part> parts(String fileId);

  /** Notes that a file was sent in a conversation, whose members may then read it. */
  void shared(String fileId, ConversationId conversationId);

  /** Where a file was sent. */
  Collection<ConversationId> sharedIn(String fileId);

  /** Forgets a file. */
  void remove(String fileId);

  /** A part of an upload, counted from 1. */
  record Part(int number, String etag) {}
}
