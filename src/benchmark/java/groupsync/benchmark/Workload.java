package groupsync.benchmark;

import java.time.Duration;

/**
 * What is to be done, and what Zoom allows.
 *
 * @param latency of each answer of the stand-in
 * @param limit requests that Zoom takes in any one second; 0 for any number
 * @param concurrency requests under way at the same time
 * @param merging whether the service makes one request of updates that wait together
 */
record Workload(
        int partitions, int events, int groups, Duration latency, int limit, int concurrency, boolean merging) {}
