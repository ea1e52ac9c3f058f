package groupsync.trial;

import groupsync.deadletters.topic.RecordPosition;
import groupsync.event.SourceRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A record to try.
 *
 * @param name the file, the line of standard input, or the position in the topic
 */
record Sample(String name, SourceRecord source) {

    /** A record of a topic. */
    static Sample of(ConsumerRecord<byte[], byte[]> read) {
        var position = new RecordPosition(read.topic(), read.partition(), read.offset());
        var source = new SourceRecord(
                new TopicPartition(read.topic(), read.partition()),
                read.offset(),
                read.timestamp(),
                read.key(),
                read.value(),
                read.headers());
        return new Sample(position.toString(), source);
    }
}
