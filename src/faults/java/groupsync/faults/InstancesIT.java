package groupsync.faults;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several instances that share the work, start, stop and die. */
@Tag("faults")
class InstancesIT {

    private static final int LIMIT = 60;
    private static final Duration STANDSTILL = Duration.ofSeconds(12);

    @ParameterizedTest
    @MethodSource("groupsync.faults.Form#protocols")
    void losesNothingAndOverlapsNowhereWhileInstancesJoinLeaveAndAreKilled(String protocol) {
        try (var world = new World("3 instances join, leave, are killed, " + protocol)) {
            world.withProtocol(protocol).settlesWithin(Duration.ofSeconds(15));
            world.zoom.latency(Duration.ofMillis(50));
            world.load.sendSteadily(100);

            var leaving = world.start();
            atWork(world, 1);
            var killed = world.start();
            atWork(world, 2);
            var staying = world.start();
            atWork(world, 3);
            world.disturbed();
            var status = leaving.terminate();
            atWork(world, 2);
            world.disturbed();
            killed.kill();
            atWork(world, 1);
            world.load.stop();

            world.must.assertThat(status).as("exit status after SIGTERM").isIn(0, 143);
            world.must.assertThat(staying.isAlive()).isTrue();
            world.endsWell();
        }
    }

    /** Zoom counts the requests of all of them in each second, also while partitions move. */
    @ParameterizedTest
    @MethodSource("groupsync.faults.Form#protocols")
    void keepTheLimitOfTheAccountTogetherWhileTheyStartAndStop(String protocol) {
        try (var world = new World("a limit of 60/s for 1, 2, 3, 2 instances, " + protocol)) {
            world.withProtocol(protocol)
                    .with("zoom.requests-per-second", String.valueOf(LIMIT))
                    .settlesWithin(Duration.ofSeconds(15));
            world.zoom.latency(Duration.ofMillis(50));
            world.zoom.perSecond(LIMIT);
            world.load.sendSteadily(100);

            world.start();
            atWork(world, 1);
            var leaving = world.start();
            atWork(world, 2);
            world.start();
            atWork(world, 3);
            leaving.terminate();
            world.disturbed();
            atWork(world, 2);
            world.load.stop();

            var refused = world.patches().stream()
                    .filter(request -> request.status() == 429)
                    .count();
            world.must.assertThat(refused).as("refused by the limit").isZero();
            world.reportProbes(refused + " refused by the limit");
            world.endsWell();
        }
    }

    @ParameterizedTest
    @MethodSource("groupsync.faults.Form#protocols")
    void changeTheirShareOfTheLimitWithTheirPartitions(String protocol) {
        try (var world = new World("the shares of 1, 2, 1 instances, " + protocol)) {
            world.withProtocol(protocol)
                    .with("zoom.requests-per-second", String.valueOf(LIMIT))
                    .settlesWithin(Duration.ofSeconds(15));
            world.load.sendSteadily(40);

            var staying = world.start();
            atWork(world, 1);
            var whole = staying.ownedLimit();
            var leaving = world.start();
            var joined = untilShared(world, 2, staying, leaving);
            var halves = List.of(staying.ownedLimit(), leaving.ownedLimit());
            leaving.terminate();
            var left = untilShared(world, 1, staying);
            world.load.stop();

            world.must.assertThat(whole).isEqualTo(LIMIT);
            world.must.assertThat(halves).containsExactly(LIMIT / 2.0, LIMIT / 2.0);
            world.reportProbes(String.format(
                    "shares right %d ms after one joined, %d ms after it left", joined.toMillis(), left.toMillis()));
            world.endsWell();
        }
    }

    /** The time from Kafka's assignment to so many members until their shares add up to the limit, to about 20 ms. */
    private static Duration untilShared(World world, int members, Instance... instances) {
        await().pollInterval(Duration.ofMillis(10)).atMost(World.PATIENCE).until(() -> {
            world.disturbed();
            return world.membersAtWork() == members;
        });
        var seen = System.nanoTime();
        await().pollInterval(Duration.ofMillis(10))
                .until(() ->
                        Stream.of(instances).mapToDouble(Instance::ownedLimit).sum() == LIMIT);
        return Duration.ofNanos(System.nanoTime() - seen);
    }

    /** Like a suspended machine, or a JVM with a long garbage collection. */
    @ParameterizedTest
    @MethodSource("groupsync.faults.Form#protocols")
    void anInstanceThatStoodStillSendsNothingOfItsLostPartitions(String protocol) {
        try (var world = new World("1 of 2 instances stands still, " + protocol)) {
            world.withProtocol(protocol).settlesWithin(Duration.ofSeconds(15));
            world.zoom.latency(Duration.ofMillis(50));
            world.load.sendSteadily(100);

            var still = world.start();
            atWork(world, 1);
            world.start();
            atWork(world, 2);
            still.freeze();
            var frozen = System.nanoTime();
            atWork(world, 1);
            // At the usual timeouts, a shorter time loses no partition, and the service does not expect it.
            await().atMost(STANDSTILL.plusSeconds(5)).until(() -> System.nanoTime() - frozen > STANDSTILL.toNanos());
            still.thaw();
            atWork(world, 2);
            world.load.stop();

            world.must.assertThat(still.isAlive()).isTrue();
            world.endsWell();
        }
    }

    /** Waits until so many have partitions, and for some more work. */
    private static void atWork(World world, int members) {
        world.disturbed();
        await().atMost(World.PATIENCE).until(() -> world.membersAtWork() == members);
        world.awaitApplied(world.applied() + 150);
    }
}
