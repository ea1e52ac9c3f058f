package groupsync.kafka;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestBroker;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Camel waits for the callback of each record. Without it, an update would be in flight for ever. */
class OutgoingRecordProducerTest {

    private final String topic = "test-" + UUID.randomUUID();
    private final Producer<Object, Object> producer = producer();

    private static Producer<Object, Object> producer() {
        var properties = new Properties();
        properties.put("bootstrap.servers", TestBroker.brokers());
        properties.put("key.serializer", ByteArraySerializer.class.getName());
        properties.put("value.serializer", OutgoingRecord.Serializer.class.getName());
        properties.put("max.request.size", "1000");
        return new OutgoingRecordProducer(properties);
    }

    @BeforeEach
    void createTopic() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", TestBroker.brokers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(60, SECONDS);
        }
    }

    @AfterEach
    void close() {
        producer.close();
    }

    private static OutgoingRecord tooLarge(@Nullable OutgoingRecord orElse) {
        return new OutgoingRecord(null, new byte[2_000], List.of(), orElse == null ? null : () -> orElse);
    }

    private @Nullable Exception failureOf(OutgoingRecord outgoing) throws Exception {
        var ended = new CompletableFuture<Exception>();
        var unused =
                producer.send(new ProducerRecord<>(topic, outgoing), (metadata, failure) -> ended.complete(failure));
        return ended.get(60, SECONDS);
    }

    @Test
    void publishesTheFirstFormThatTheTopicAccepts() throws Exception {
        assertThat(failureOf(tooLarge(tooLarge(new OutgoingRecord(null, new byte[10], List.of(), null)))))
                .isNull();
    }

    @Test
    void failsWhenTheTopicAcceptsNoForm() throws Exception {
        assertThat(failureOf(tooLarge(tooLarge(null)))).isInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void failsWhenAnotherFormCannotBeSentAtAll() throws Exception {
        Header cannotBeWritten = new RecordHeader("h", new byte[1]) {
            @Override
            public String key() {
                throw new IllegalStateException("no name");
            }
        };
        var notSent = new OutgoingRecord(null, new byte[10], List.of(cannotBeWritten), null);

        assertThat(failureOf(tooLarge(notSent))).isInstanceOf(IllegalStateException.class);
    }
}
