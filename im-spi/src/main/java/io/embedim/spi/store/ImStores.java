package io.embedim.spi.store;

import java.util.Optional;

/**
 * One storage backend: the stores that commit together. The engine that was built with it owns it
 * and closes it.
 *
 * <p>The stores are safe for use by many threads at once. Their methods block, and are called on
 * the engine's threads, never on a transport's. They start no call of the engine themselves.
 *
 * <p>No argument and no result is null unless it says so. Collections that are handed over are not
 * changed by either side afterwards; those that are returned may be unmodifiable.
 *
 * <p>What a caller must expect comes back as a value; what nobody can handle is a {@link
 * StoreException}; after {@link #close()} every call may end so. A method that changes something
 * has committed it durably when it returns. Interrupting a thread that waits in a store ends the
 * call with a {@link StoreException} or not at all.
 */
public interface ImStores extends AutoCloseable {

  /** The logs; a {@link SearchableMessageStore} where this backend can look for text. */
  MessageStore messages();

  /** What belongs to the members of conversations. */
  ConversationStore conversations();

  /** Groups, where this backend has them. */
  default Optional<GroupStore> groups() {
    return Optional.empty();
  }

  /** Registered devices, where this backend has them. */
  default Optional<DeviceStore> devices() {
    return Optional.empty();
  }

  /** Pending notifications, where this backend has them. */
  default Optional<PushQueue> pushQueue() {
    return Optional.empty();
  }

  /** Metadata of files, where this backend has it. */
  default Optional<MediaIndex> media() {
    return Optional.empty();
  }

  /** Messages to be sent later, where this backend has them. */
  default Optional<ScheduleStore> schedules() {
    return Optional.empty();
  }

  /** Who has blocked whom, where this backend knows. */
  default Optional<ContactStore> contacts() {
    return Optional.empty();
  }

  /** Messages that the host wrote in its own transactions, where this backend has them. */
  default Optional<OutboxStore> outbox() {
    return Optional.empty();
  }

  /** Says in a few words what this is, for the log; without passwords. */
  String describe();

  /** Releases what the backend itself opened; never what the host handed over. Idempotent. */
  @Override
  void close();
}
