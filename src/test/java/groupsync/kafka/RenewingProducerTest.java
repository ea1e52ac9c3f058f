package groupsync.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groupsync.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Kafka's mock of a producer completes each record as the test demands. */
class RenewingProducerTest {

    private final TestClock clock = new TestClock("2026-11-23T04:45:00Z");
    private final List<MockProducer<Object, Object>> made = new ArrayList<>();
    private final List<@Nullable Exception> ends = new ArrayList<>();
    private final RenewingProducer producer = new RenewingProducer(this::make, clock);

    private MockProducer<Object, Object> make() {
        Serializer<Object> none = (topic, data) -> new byte[0];
        var producer = new MockProducer<>(false, null, none, none);
        made.add(producer);
        return producer;
    }

    private void send() {
        var unused = producer.send(new ProducerRecord<>("outcomes", "o"), (metadata, failure) -> ends.add(failure));
    }

    /** On another thread, like Kafka's own producer. */
    private void fails(RuntimeException failure) throws InterruptedException {
        send();
        var io = new Thread(() -> made.get(made.size() - 1).errorNext(failure));
        io.start();
        io.join();
    }

    private void succeeds() {
        send();
        made.get(made.size() - 1).completeNext();
    }

    @Test
    void isRenewedAtTheNextRecordAfterAFailedAuthentication() throws Exception {
        fails(new SslAuthenticationException("certificate_expired"));
        var before = made.size();
        succeeds();

        assertThat(before).isEqualTo(1);
        assertThat(made).hasSize(2);
        assertThat(made.get(0).closed()).isTrue();
        assertThat(ends.get(0)).isInstanceOf(SslAuthenticationException.class);
        assertThat(ends.get(1)).isNull();
    }

    @Test
    void isRenewedAfterHalfAMinuteWithoutAPublishedRecord() throws Exception {
        fails(new TimeoutException("Expiring 1 record(s)"));
        clock.advance(Duration.ofSeconds(29));
        fails(new NotEnoughReplicasException("1 of 2"));
        send();
        var soon = made.size();
        clock.advance(Duration.ofSeconds(1));
        fails(new KafkaException("whatever it is"));
        send();

        assertThat(soon).isEqualTo(1);
        assertThat(made).hasSize(2);
    }

    @Test
    void isKeptWhileSomeRecordsArePublished() throws Exception {
        for (var i = 0; i < 10; i++) {
            fails(new TimeoutException("Expiring 1 record(s)"));
            clock.advance(Duration.ofSeconds(29));
            succeeds();
            clock.advance(Duration.ofSeconds(29));
        }

        assertThat(made).hasSize(1);
    }

    @Test
    void isKeptWhereTheRecordIsAtFault() throws Exception {
        for (var i = 0; i < 10; i++) {
            fails(new RecordTooLargeException("2 MB"));
            clock.advance(Duration.ofMinutes(1));
            fails(new InvalidRecordException("no key"));
        }

        assertThat(made).hasSize(1);
    }

    /** Each record would wait for max.block.ms. */
    @Test
    void failsTheRecordsOfTheNextSecondWhereTheTopicHasNoMetadata() {
        send();
        // On the sending thread.
        made.get(0).errorNext(new TimeoutException("Topic outcomes not present in metadata after 10000 ms."));

        assertThatThrownBy(this::send).isInstanceOf(TimeoutException.class).hasMessageContaining("outcomes");
        clock.advance(Duration.ofSeconds(1));
        succeeds();
        assertThat(ends.get(1)).isNull();
    }
}
