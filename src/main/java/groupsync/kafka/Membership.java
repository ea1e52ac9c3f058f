package groupsync.kafka;

import groupsync.queue.OwnedPartitions;

/**
 * This instance as a member of the consumer group, across the consumers that replace each other.
 *
 * @param partitions that Kafka has assigned to it
 * @param lease the time for which they are certainly its own
 * @param health whether it can read updates
 * @param damaged the batches that it cannot read
 */
public record Membership(OwnedPartitions partitions, Lease lease, ConsumerHealth health, DamagedBatches damaged) {}
