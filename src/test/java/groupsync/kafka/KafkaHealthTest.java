package groupsync.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.LogLines;
import groupsync.TestBroker;
import groupsync.TestClock;
import groupsync.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaHealthTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestClock clock = new TestClock("2026-11-25T20:00:00Z");
    private final OpenTransactions transactions = new OpenTransactions(clock, clock);
    private final Lag lag = new Lag(transactions);

    @Test
    void isStartingUntilTheFirstCheckAndThenNamesTheCause() {
        try (var health = new KafkaHealth("updates", "outcomes", "dead-letters", lag, clock)) {
            assertThat(health.outage())
                    .contains(new Outage("starting, Kafka has not been looked at yet", clock.instant()));
            health.start(Map.of("bootstrap.servers", "127.0.0.1:1"));
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
            try (var health = new KafkaHealth(topics.updates, topics.outcomes, topics.deadLetters, lag, clock)) {
                health.start(Map.of("bootstrap.servers", TestBroker.brokers()));
                topics.transactions().leaveOpen("g1", "1", "2", "3");

                await().atMost(PATIENCE)
                        .until(() -> lag.behind(Map.of(partition, 0L)).equals(OptionalLong.of(3)));
                clock.advance(Duration.ofMinutes(2));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(transactions.standstills(List.of(partition)))
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
                        .untilAsserted(() -> assertThat(transactions.standstills(List.of(partition)))
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
}
