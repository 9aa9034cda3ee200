package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;

/** Where an entry is. */
record EntryPlace(ConversationId conversationId, long seq) {}
