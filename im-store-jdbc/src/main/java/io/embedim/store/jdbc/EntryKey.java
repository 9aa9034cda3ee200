package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;

/** What an entry is known by to its sender. */
record EntryKey(ConversationId conversationId, String messageId) {}
