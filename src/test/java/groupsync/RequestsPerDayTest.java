package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.delivery.CircuitBreaker;
import groupsync.queue.GroupQueues;
import groupsync.sandbox.StandInReply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bound of requests per day, on the shipped routes. */
class RequestsPerDayTest extends ShippedRoutes {

    private static final Duration UNTIL_MIDNIGHT = Duration.ofHours(4);

    private final Instant started = Instant.now();
    private final List<Main> instances = new ArrayList<>();
    private volatile Duration step = Duration.ZERO;

    /** A clock that runs from eight in the evening on, and that all instances have. */
    private Clock clock() {
        var evening = Instant.parse("2026-05-30T20:00:00Z");
        InstantSource source =
                () -> evening.plus(Duration.between(started, Instant.now())).plus(step);
        return source.withZone(ZoneOffset.UTC);
    }

    private Main startInstance() {
        var settings = new HashMap<>(groupSync.settings());
        settings.put("management.port", "0");
        var instance = GroupSyncApplication.create(settings, clock());
        instances.add(instance);
        instance.start();
        return instance;
    }

    private void stop(Main instance) {
        instances.remove(instance);
        instance.stop();
    }

    @AfterEach
    void stopInstances() {
        List.copyOf(instances).forEach(this::stop);
    }

    private static boolean isSpent(Main instance) {
        return instance.lookup("circuitBreaker", CircuitBreaker.class)
                .pause()
                .filter(pause -> pause.cause().startsWith("DAILY_BUDGET_SPENT"))
                .isPresent();
    }

    private int sent() {
        return requests("PATCH").size();
    }

    private void isSpentAfter(int requests) {
        await().until(() -> sent() >= requests && instances.stream().allMatch(RequestsPerDayTest::isSpent));
        assertThat(sent()).isEqualTo(requests);
    }

    @Test
    void sendsTheBoundOnTheDayThenPausesUntilItsEndAndThenSendsTheRest() {
        groupSync.with("zoom.requests-per-day", "600");
        groupSync.sends(1_000, 120);
        groupSync.start(clock());
        groupSync.healthSays("DAILY_BUDGET_SPENT");
        await().until(() -> sent() >= 600);

        var health = groupSync.health("");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body())
                .contains(
                        "600 of 600 requests are used",
                        "the day ends at 2026-05-31T00:00:00Z",
                        "raise zoom.requests-per-day",
                        "\"nextProbe\":\"2026-05-31T00:00:0");
        assertThat(sent()).isEqualTo(600);
        step = UNTIL_MIDNIGHT;

        groupSync.allAreApplied(1_000);
        groupSync.isReady();
        assertThat(zoom.requests()).hasSize(1_000);
        Ledger.of(zoom.requests()).neverOverlapsInAGroup().neverGoesBackInAGroup();
    }

    @Test
    void twoInstancesKeepBothBoundsAcrossARebalanceAndARestart() {
        // Some more than the limit: a busy machine may hold up some requests on their way.
        zoom.perSecond(60);
        groupSync.with("zoom.requests-per-second", "50").with("zoom.requests-per-day", "600");
        groupSync.sends(1_000, 120);

        var first = startInstance();
        await().until(() -> sent() >= 100);
        startInstance();
        await().until(() -> sent() >= 250);
        stop(first);
        await().until(() -> sent() >= 400);
        startInstance();
        isSpentAfter(600);
        step = UNTIL_MIDNIGHT;

        groupSync.allAreApplied(1_000);
        assertThat(zoom.requests()).hasSize(1_000);
        assertThat(replies(429)).isZero();
    }

    @Test
    void spendsTheQuotasOfPartitionsThatItGetsInAPause() {
        groupSync.with("zoom.requests-per-day", "40");
        var one = startInstance();
        var other = startInstance();
        // Each has two of the four partitions, and half of the bound; all updates are in one partition.
        await().until(() -> partitions(one) == 2 && partitions(other) == 2);
        groupSync.sends(60, 1);
        await().until(() -> sent() >= 20 && (isSpent(one) || isSpent(other)));
        assertThat(sent()).isEqualTo(20);

        stop(isSpent(one) ? other : one);

        isSpentAfter(40);
        assertThat(requests("GET")).isEmpty();
    }

    private static int partitions(Main instance) {
        return instance.lookup("queues", GroupQueues.class).backlog().partitions();
    }

    @Test
    void aRestartSendsNothingMoreOnTheDay() {
        groupSync.with("zoom.requests-per-day", "40");
        groupSync.sends(60, 60);
        var first = startInstance();
        isSpentAfter(40);
        stop(first);

        startInstance();

        isSpentAfter(40);
        step = UNTIL_MIDNIGHT;
        groupSync.allAreApplied(60);
    }

    @Test
    void countsEachRequestThatZoomGotAlsoThoseThatFailed() {
        groupSync.with("zoom.requests-per-day", "40");
        zoom.answers(StandInReply.status(503), StandInReply.zoom(429, 429, "Too many"), new StandInReply.Reset(false));
        groupSync.sends(60, 60);

        startInstance();

        isSpentAfter(40);
        assertThat(replies(204)).isEqualTo(37);
    }

    @Test
    void countsNoRequestThatZoomNeverGot() {
        groupSync.with("zoom.requests-per-day", "40").with("zoom.retry.attempts", "1");
        groupSync.start(clock());
        await().until(() -> groupSync.metric("token_fetches_total", "result=fetched") == 1);
        zoom.refuseConnections();
        groupSync.sends(60, 60);
        groupSync.healthSays("UNAVAILABLE");

        zoom.acceptConnections();

        groupSync.healthSays("DAILY_BUDGET_SPENT");
        await().until(() -> sent() >= 40);
        assertThat(replies(204)).isEqualTo(40);
    }
}
