package groupsync.queue;

import org.apache.kafka.common.TopicPartition;

/**
 * Offsets of a partition that Kafka's consumer left out.
 *
 * @param from the first offset that was not read
 * @param to the offset at which reading continues
 * @param undone the number of these offsets that no earlier owner of the partition has done
 */
public record OffsetGap(TopicPartition partition, long from, long to, long undone) {}
