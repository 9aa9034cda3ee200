package io.embedim.spi.model;

/**
 * What a message said before an edit.
 *
 * @param content the payload that it had
 * @param since since when it had that, in ms since the epoch: the time of the message, then those
 *     of its edits
 */
public record PastContent(Content content, long since) {}
