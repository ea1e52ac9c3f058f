package groupsync.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Where a record stands in Kafka; in text without its topic, such as {@code 0@17}. */
record Place(String topic, int partition, long offset) {

    static Place of(ConsumerRecord<?, ?> source) {
        return new Place(source.topic(), source.partition(), source.offset());
    }

    /** Reads it from the JSON of an outcome or of a note of a replay. */
    static Optional<Place> of(JsonNode json) {
        return json.path("topic").isTextual()
                        && json.path("partition").isInt()
                        && json.path("offset").isIntegralNumber()
                ? Optional.of(new Place(
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
