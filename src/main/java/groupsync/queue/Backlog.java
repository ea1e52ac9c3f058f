package groupsync.queue;

/**
 * The events that are read and not done yet.
 *
 * @param bytes of memory, about
 * @param groups of these events; an invalid event counts as a group of its own
 * @param oldest the earliest timestamp of their records in milliseconds, or {@link Long#MAX_VALUE}
 * @param partitions of this instance
 */
public record Backlog(int events, long bytes, int groups, long oldest, int partitions) {}
