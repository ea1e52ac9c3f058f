package groupsync.kafka;

import groupsync.queue.OwnedPartitions;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** The polled records without those that an earlier owner of the partition has finished. */
final class UnfinishedRecords {

    private UnfinishedRecords() {}

    static ConsumerRecords<byte[], byte[]> of(ConsumerRecords<byte[], byte[]> polled, OwnedPartitions owned) {
        var records = new HashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
        for (var partition : polled.partitions()) {
            var unfinished =
                    polled.records(partition).stream().filter(owned::read).toList();
            if (!unfinished.isEmpty()) {
                records.put(partition, unfinished);
            }
        }
        // Otherwise the end of a transaction, which is no record, would look like an unfinished update.
        polled.nextOffsets().forEach((partition, next) -> owned.advanceTo(partition, next.offset()));
        return new ConsumerRecords<>(records, polled.nextOffsets());
    }
}
