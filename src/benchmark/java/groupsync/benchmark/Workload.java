package groupsync.benchmark;

import java.time.Duration;

/**
 * The events of a scenario, and the limits of Zoom.
 *
 * @param latency of each answer of the stand-in
 * @param limit requests that Zoom takes in any one second; 0 for any number
 * @param concurrency requests in flight at the same time
 * @param merging whether the service makes one request of updates that wait together
 * @param mapped whether the events are records of Debezium, and the service maps them
 */
record Workload(
        int partitions,
        int events,
        int groups,
        Duration latency,
        int limit,
        int concurrency,
        boolean merging,
        boolean mapped) {

    /** Of the service's own events. */
    Workload(int partitions, int events, int groups, Duration latency, int limit, int concurrency, boolean merging) {
        this(partitions, events, groups, latency, limit, concurrency, merging, false);
    }

    @Override
    public String toString() {
        return Section.text(events) + " events of " + Section.text(groups) + " groups";
    }
}
