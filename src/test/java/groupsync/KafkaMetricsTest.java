package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The metrics of topics with unusual records, transactions and outages. */
class KafkaMetricsTest extends ShippedRoutes {

    /** Brokers may be set to accept such records, and brokers before 4.0 do by default. */
    @Test
    void anAbsurdTimestampStaysWithinBoundsAndStopsNothing() {
        topics.configure(topics.updates, "message.timestamp.after.max.ms", "" + Long.MAX_VALUE);
        // Retention would delete the oldest.
        topics.configure(topics.updates, "retention.ms", "-1");
        var now = Instant.now();
        var absurd = List.of(
                0L,
                now.getEpochSecond(),
                Instant.parse("2001-09-09T01:46:40Z").toEpochMilli(),
                now.plus(Duration.ofDays(3_650)).toEpochMilli(),
                now.toEpochMilli() * 1_000,
                now.toEpochMilli() * 1_000_000,
                Long.MAX_VALUE);
        absurd.forEach(timestamp ->
                topics.sendAt(timestamp, "g" + timestamp, "{\"groupId\":\"g" + timestamp + "\",\"name\":\"n\"}"));
        topics.flush();

        groupSync.start();
        groupSync.isDone();

        assertThat(topics.outcomes(absurd.size())).hasSize(absurd.size());
        assertThat(groupSync.metric("pauses_total")).isZero();
        assertThat(groupSync.metric("event_duration_seconds_count")).isEqualTo(absurd.size());
        // Three lie too far behind, and four ahead.
        assertThat(groupSync.metric("event_duration_seconds_sum"))
                .isEqualTo(3.0 * Duration.ofDays(30).toSeconds());
    }

    /** The end of a transaction takes an offset, at which there is no event. */
    @Test
    void theEndOfATransactionIsNoLag() {
        groupSync.start();

        topics.transactions().abort("g1", "{\"groupId\":\"g1\",\"name\":\"never\"}");
        topics.transactions().commit("g1", "{\"groupId\":\"g1\",\"name\":\"a\"}");
        topics.transactions().commit("g1", "{\"groupId\":\"g1\",\"name\":\"b\"}");
        topics.outcomes(2);

        await().until(() -> groupSync.metric("lag_events") == 0);
        assertThat(groupSync.metric("events_total")).isEqualTo(2);
    }

    @Test
    void updatesBehindAnOpenTransactionAreLag() {
        groupSync.start();

        topics.transactions().leaveOpen("g0", "{\"groupId\":\"g0\",\"name\":\"a\"}");
        groupSync.sends(20, 1);

        await().until(() -> groupSync.metric("lag_events") == 21);
    }

    @Test
    void showsKafkaAsDownWhileATopicIsMissing() {
        groupSync.start();
        await().until(() -> groupSync.metric("kafka_up") == 1);

        topics.delete(topics.outcomes);

        await().until(() -> groupSync.metric("kafka_up") == 0);
    }
}
