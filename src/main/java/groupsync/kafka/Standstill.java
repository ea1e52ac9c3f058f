package groupsync.kafka;

import java.time.Instant;
import org.apache.kafka.common.TopicPartition;

/**
 * A partition that is not read on, while the others are.
 *
 * @param offset of the first update that is not read
 * @param cause names the partition and the offset
 * @param remedy what an operator can do about it
 * @param since when it was first found so
 */
public record Standstill(TopicPartition partition, long offset, String cause, String remedy, Instant since) {}
