package io.embedim.spi.cluster;

import io.embedim.spi.model.Platform;

/**
 * A live session of a user.
 *
 * @param sessionId its id, unique in the cluster
 * @param userId whose it is
 * @param nodeId the node that holds it
 * @param deviceId the device as the client names it
 * @param platform what kind of client
 * @param connectedAt in ms since the epoch
 */
public record SessionInfo(
    String sessionId,
    String userId,
    String nodeId,
    String deviceId,
    Platform platform,
    long connectedAt) {}
