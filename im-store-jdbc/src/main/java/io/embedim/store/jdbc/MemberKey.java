package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;

/** A user in a conversation. */
record MemberKey(ConversationId conversationId, String userId) {}
