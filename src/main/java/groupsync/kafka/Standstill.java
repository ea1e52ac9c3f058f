package groupsync.kafka;

import java.time.Instant;
import org.apache.kafka.common.TopicPartition;

/**
 * A partition that cannot be read, while the others are.
 *
 * @param offset of the first unread update
 * @param cause with the partition and the offset in it
 * @param remedy an instruction for the operator
 * @param since the time of day at which it was found
 */
public record Standstill(TopicPartition partition, long offset, String cause, String remedy, Instant since) {}
