package groupsync.kafka;

import java.time.Instant;

/**
 * Why Kafka cannot be used.
 *
 * @param since the time of day at which it was found
 */
public record Outage(String cause, Instant since) {}
