package groupsync.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.LogLines;
import groupsync.TestBroker;
import groupsync.TestClock;
import groupsync.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaHealthTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestClock clock = new TestClock("2026-11-25T20:00:00Z");

    @Test
    void isStartingUntilTheFirstCheckAndThenNamesTheCause() {
        var noBroker = Map.<String, Object>of("bootstrap.servers", "127.0.0.1:1");
        try (var health = new KafkaHealth(noBroker, "updates", "outcomes", "dead-letters", Clock.systemUTC(), clock)) {
            assertThat(health.outage())
                    .hasValueSatisfying(
                            away -> assertThat(away.cause()).isEqualTo("starting, Kafka has not been looked at yet"));
            await().untilAsserted(() -> assertThat(health.outage())
                    .hasValueSatisfying(away -> assertThat(away.cause()).isEqualTo("no broker answers")));
        }
    }

    @Test
    void reportsATransactionThatDoesNotEndUntilItIsAborted() {
        try (var topics = new Topics(TestBroker.brokers());
                var log = new LogLines(OpenTransactions.class)) {
            topics.createAll(1);
            var partition = new TopicPartition(topics.updates, 0);
            try (var health = health(topics)) {
                topics.transactions().leaveOpen("g1", "1", "2", "3");

                await().atMost(PATIENCE).until(() -> behind(health, partition) == 3);
                clock.goesOn(Duration.ofMinutes(2));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(health.standstills(List.of(partition)))
                                .singleElement()
                                .satisfies(standstill -> {
                                    assertThat(standstill.cause())
                                            .isEqualTo(partition
                                                    + " stands still at offset 0, where a transaction begins that"
                                                    + " does not end");
                                    assertThat(standstill.remedy())
                                            .contains("kafka-transactions.sh abort --topic " + topics.updates
                                                    + " --partition 0 --start-offset 0 (find-hanging");
                                }));

                topics.transactions().abortOpen(0, 0);

                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(health.standstills(List.of(partition)))
                                .isEmpty());
                assertThat(log.all()).hasSize(2);
                assertThat(log.all().get(0))
                        .startsWith("WARN updates wait behind a transaction that does not end topic=" + topics.updates
                                + " partition=0 offset=0 since=2026-11-25T20:00:00Z remedy=[");
                assertThat(log.all().get(1))
                        .isEqualTo("INFO updates are read again topic=" + topics.updates + " partition=0");
            }
        }
    }

    private KafkaHealth health(Topics topics) {
        return new KafkaHealth(
                Map.of("bootstrap.servers", TestBroker.brokers()),
                topics.updates,
                topics.outcomes,
                topics.deadLetters,
                clock,
                clock);
    }

    private static long behind(KafkaHealth health, TopicPartition partition) {
        return health.behind(Map.of(partition, 0L)).orElse(-1);
    }
}
