package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.kafka.LostUpdates;
import groupsync.sandbox.StandInReply;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retention, or an operator, deletes updates from their topic. */
class LostUpdatesTest extends ShippedRoutes {

    private final LogLines log = new LogLines(LostUpdates.class);

    @AfterEach
    void closeLog() {
        log.close();
    }

    /** Sends updates of one group, and returns their partition. */
    private int sends(int first, int last, int blanks) {
        return IntStream.rangeClosed(first, last)
                .map(i -> groupSync
                        .receives("g1", "{\"groupId\":\"g1\",\"name\":\"" + i + "\"}" + " ".repeat(blanks))
                        .partition())
                .max()
                .orElseThrow();
    }

    private String line(int partition, int from, int to, int lost) {
        return "WARN updates were deleted before they were read topic=" + topics.updates + " partition="
                + partition + " from=" + from + " to=" + to + " lost=" + lost
                + " remedy=[send them again; raise the topic's retention.ms or retention.bytes]";
    }

    /** Also if no update is left. */
    @ParameterizedTest
    @ValueSource(ints = {12, 15})
    void countsUpdatesThatWereDeletedWhileItWasStopped(int deleted) {
        var partition = sends(0, 4, 0);
        groupSync.start();
        groupSync.allAreApplied(5);
        groupSync.stop();
        sends(5, 14, 0);
        topics.deleteUpdates(partition, deleted);

        groupSync.start();

        await().until(() -> groupSync.metric("lost_events_total") == deleted - 5);
        assertThat(log.all()).containsExactly(line(partition, 5, deleted - 1, deleted - 5));
        groupSync.allAreApplied(20 - deleted);
    }

    @Test
    void countsUpdatesThatWereDeletedBehindAFullBacklog() {
        groupSync.with("consumer.batch-size", "5");
        zoom.answersAlways(StandInReply.zoom(400, 200, "Only available for Paid account."));
        // A fetch has at most 1 MiB of a partition: three of these.
        var partition = sends(0, 29, 300_000);
        groupSync.start();
        await().until(() -> groupSync.metric("in_hand_events") >= 5);

        topics.deleteUpdates(partition, 20);
        zoom.answersAlways(new StandInReply.AsZoom());
        groupSync.isDone();

        var applied = 30 - (int) groupSync.metric("lost_events_total");
        assertThat(applied).isBetween(15, 25);
        groupSync.allAreApplied(applied);
        assertThat(log.all()).containsExactly(line(partition, applied - 10, 19, 30 - applied));
    }

    @Test
    void countsNoReadUpdatesAndNoAbortedTransactions() {
        groupSync.start();
        var partition = sends(0, 4, 0);
        topics.transactions().abort("g1", "{\"groupId\":\"g1\",\"name\":\"never\"}");
        topics.transactions().commit("g1", "{\"groupId\":\"g1\",\"name\":\"5\"}");
        topics.outcomes(6);
        topics.deleteUpdates(partition, 6);
        topics.transactions().abort("g1", "{\"groupId\":\"g1\",\"name\":\"never\"}");
        sends(6, 9, 0);

        groupSync.allAreApplied(10);

        assertThat(groupSync.metric("lost_events_total")).isZero();
        assertThat(log.all()).isEmpty();
    }
}
