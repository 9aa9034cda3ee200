package io.embedim.core.memory;

import io.embedim.spi.store.ContactStore;
import io.embedim.spi.store.ConversationStore;
import io.embedim.spi.store.GroupStore;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.ScheduleStore;
import java.util.Optional;

/**
 * Stores in this process's memory. They commit like any other backend, except that nothing outlives
 * the process; and they grow with what is said, because a log keeps everything.
 */
public final class MemoryStores implements ImStores {

  private final MessageStore messages;
  private final ConversationStore conversations;
  private final GroupStore groups;
  private final ContactStore contacts;
  private final ScheduleStore schedules = new MemoryScheduleStore();

  private MemoryStores(ConversationDirectory directory) {
    this.messages = new MemoryMessageStore(directory);
    this.conversations = new MemoryConversationStore(directory);
    this.groups = new MemoryGroupStore(directory);
    this.contacts = new MemoryContactStore(directory);
  }

  /** Opens a backend in which there is nothing yet. */
  public static MemoryStores create() {
    return new MemoryStores(new ConversationDirectory());
  }

  @Override
  public MessageStore messages() {
    return messages;
  }

  @Override
  public ConversationStore conversations() {
    return conversations;
  }

  @Override
  public Optional<GroupStore> groups() {
    return Optional.of(groups);
  }

  @Override
  public Optional<ScheduleStore> schedules() {
    return Optional.of(schedules);
  }

  @Override
  public Optional<ContactStore> contacts() {
    return Optional.of(contacts);
  }

  @Override
  public String describe() {
    return "memory (nothing outlives the process)";
  }

  /** Does nothing: there is nothing to release, and what was committed can still be read. */
  @Override
  public void close() {}
}
