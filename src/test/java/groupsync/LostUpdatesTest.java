package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.kafka.LostUpdates;
import groupsync.sandbox.StandInReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Retention, or an operator, deletes updates from their topic. */
class LostUpdatesTest extends ShippedRoutes {

    private static final String LOST = "zoom_group_sync_lost_events_total";

    private final LogLines log = new LogLines(LostUpdates.class);

    @AfterEach
    void closeLog() {
        log.close();
    }

    /** All of one group, and so of one partition: which it is. */
    private int sends(int first, int last) {
        return sends(first, last, 0);
    }

    private int sends(int first, int last, int blanks) {
        var partition = -1;
        for (var i = first; i <= last; i++) {
            partition = groupSync
                    .receives("g1", "{\"groupId\":\"g1\",\"name\":\"" + i + "\"}" + " ".repeat(blanks))
                    .partition();
        }
        return partition;
    }

    private double lost() {
        return groupSync.metrics().value(LOST);
    }

    private String line(int partition, int from, int to, int lost) {
        return "WARN updates were deleted before they were read topic=" + topics.updates + " partition="
                + partition + " from=" + from + " to=" + to + " lost=" + lost
                + " remedy=[send them again; raise the topic's retention.ms or retention.bytes]";
    }

    @Test
    void countsWhatWasDeletedWhileItWasStopped() {
        var partition = sends(0, 4);
        groupSync.start();
        groupSync.allAreApplied(5);
        groupSync.stop();
        sends(5, 14);
        topics.deleteUpdates(partition, 12);

        groupSync.start();
        topics.outcomes(8);

        await().untilAsserted(() -> assertThat(lost()).isEqualTo(7));
        assertThat(log.all()).containsExactly(line(partition, 5, 11, 7));
        groupSync.isDone();
    }

    @Test
    void countsWhatWasDeletedAlsoWhereNoUpdateIsLeft() {
        var partition = sends(0, 4);
        groupSync.start();
        groupSync.allAreApplied(5);
        groupSync.stop();
        sends(5, 14);
        topics.deleteUpdates(partition, 15);

        groupSync.start();

        await().untilAsserted(() -> assertThat(lost()).isEqualTo(10));
        assertThat(log.all()).containsExactly(line(partition, 5, 14, 10));
        groupSync.isDone();
    }

    @Test
    void countsWhatWasDeletedBehindAFullHandInAPause() {
        groupSync.with("consumer.batch-size", "5");
        zoom.answersAlways(StandInReply.zoom(400, 200, "Only available for Paid account."));
        // So large that three are fetched at a time, 1 MiB of a partition at the most, and not all are fetched ahead.
        var partition = sends(0, 29, 300_000);
        groupSync.start();
        await().until(() -> groupSync.metric("in_hand_events") >= 5);

        topics.deleteUpdates(partition, 20);
        zoom.answersAlways(new StandInReply.AsZoom());
        groupSync.isDone();

        var applied = 30 - (int) lost();
        assertThat(applied).isBetween(15, 25);
        assertThat(topics.outcomes(applied)).hasSize(applied);
        assertThat(log.all()).containsExactly(line(partition, applied - 10, 19, 30 - applied));
    }

    @Test
    void countsNothingOfWhatWasReadOrNeverThere() {
        groupSync.start();
        var partition = sends(0, 4);
        topics.transactions().abort("g1", "{\"groupId\":\"g1\",\"name\":\"never\"}");
        topics.transactions().commit("g1", "{\"groupId\":\"g1\",\"name\":\"5\"}");
        topics.outcomes(6);
        topics.deleteUpdates(partition, 6);
        topics.transactions().abort("g1", "{\"groupId\":\"g1\",\"name\":\"never\"}");
        sends(6, 9);

        groupSync.allAreApplied(10);

        assertThat(lost()).isZero();
        assertThat(log.all()).isEmpty();
    }
}
