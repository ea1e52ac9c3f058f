package groupsync.deadletters.topic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The position of a record in Kafka; its text leaves out the topic, such as {@code 0@17}. */
public record RecordPosition(String topic, int partition, long offset) {

    static RecordPosition of(ConsumerRecord<?, ?> source) {
        return new RecordPosition(source.topic(), source.partition(), source.offset());
    }

    /** Reads a position in the JSON of an outcome or of a note about a replay. */
    public static Optional<RecordPosition> of(JsonNode json) {
        return json.path("topic").isTextual()
                        && json.path("partition").isInt()
                        && json.path("offset").isIntegralNumber()
                ? Optional.of(new RecordPosition(
                        json.path("topic").textValue(),
                        json.path("partition").intValue(),
                        json.path("offset").longValue()))
                : Optional.empty();
    }

    TopicPartition topicPartition() {
        return new TopicPartition(topic, partition);
    }

    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
