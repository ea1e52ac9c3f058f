package groupsync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Updates in transactions, as a replay of dead letters sends them.
 *
 * @param topic of the updates
 */
public record Transactions(String brokers, Admin admin, String topic) {

    void commit(String key, String... values) {
        try (var producer = begin(key, values)) {
            producer.commitTransaction();
        }
    }

    void abort(String key, String... values) {
        try (var producer = begin(key, values)) {
            producer.abortTransaction();
        }
    }

    /** Leaves the transaction open, as a producer that was killed does. */
    public void leaveOpen(String key, String... values) {
        // Not in a try: a regular close aborts the transaction.
        begin(key, values).close(Duration.ZERO);
    }

    /** Ends the transaction that began there, as {@code kafka-transactions.sh abort --start-offset} does. */
    public void abortOpen(int partition, long begin) {
        var position = new TopicPartition(topic, partition);
        var transaction =
                Topics.await(admin.describeProducers(List.of(position)).partitionResult(position))
                        .activeProducers()
                        .stream()
                        .filter(producer ->
                                producer.currentTransactionStartOffset().equals(OptionalLong.of(begin)))
                        .findFirst()
                        .orElseThrow();
        Topics.await(admin.abortTransaction(new AbortTransactionSpec(
                        position,
                        transaction.producerId(),
                        (short) transaction.producerEpoch(),
                        transaction.coordinatorEpoch().orElse(0)))
                .all());
    }

    private KafkaProducer<byte[], byte[]> begin(String key, String... values) {
        var producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "transactional.id",
                        UUID.randomUUID().toString(),
                        // The longest that a broker allows.
                        "transaction.timeout.ms",
                        900_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        for (var value : values) {
            var unused = producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8)));
        }
        producer.flush();
        return producer;
    }
}
