package io.embedim.spi.model;

/**
 * Somebody asks to be let into a group.
 *
 * @param requestId names the request
 * @param groupId the group
 * @param userId who asks
 * @param note what she says to it; may be empty
 * @param createdAt in ms since the epoch
 * @param expiresAt from when on it is as if it had been closed, in ms since the epoch
 */
public record JoinRequest(
    String requestId, String groupId, String userId, String note, long createdAt, long expiresAt) {}
