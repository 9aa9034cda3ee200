package io.embedim.bench.load;

/**
 * Who talks.
 *
 * @param talks how many senders
 * @param receivers how many sessions hear each of them
 * @param window how many messages of each are under way at most
 * @param batched whether the clients take several frames as one
 */
public record Crowd(int talks, int receivers, int window, boolean batched) {}
