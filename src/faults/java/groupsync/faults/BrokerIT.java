package groupsync.faults;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An outage of Kafka, or a topic or a right that is missing. */
@Tag("faults")
class BrokerIT {

    private static final Duration AWAY = Form.seconds("faults.broker-seconds", 15, 8);
    /** The service checks Kafka every 5 s; a machine may be busy. */
    private static final int EVENTS = 200;

    private static final int GROUPS = 40;

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void resumesAfterItsBrokerIsKilledUnderLoadAndStartedAgain() {
        try (var broker = new BrokerProcess();
                var world = startOn(broker, "broker SIGKILLed for " + AWAY.toSeconds() + " s")) {
            world.zoom.latency(Duration.ofMillis(30));
            world.settlesWithin(Duration.ofMinutes(1));
            world.load.sendSteadily(100);
            var service = world.start();
            world.awaitApplied(EVENTS);

            broker.kill();
            world.disturbed();
            World.pass(AWAY);
            judgeHealth(world, service);
            broker.start();
            var back = System.nanoTime();
            var next = world.load.next();

            // From the first new update, not from the pending ones.
            world.reportResumed(world.awaitResumed(back, next));
            world.load.stop();
            world.endsWell();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void startsWithoutItsBrokerAndWaitsForIt() {
        try (var broker = new BrokerProcess();
                var world = new World("broker away at the start", broker, GROUPS)) {
            var service = world.start();
            World.pass(AWAY);
            judgeHealth(world, service);
            broker.start();
            var back = System.nanoTime();
            world.createTopics();
            world.load.send(EVENTS);

            world.reportResumed(world.awaitResumed(back));
            world.endsWell();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void waitsForTopicsThatAreMissingAtTheStart() {
        try (var world = new World("topics missing at the start", BrokerProcess.shared(), GROUPS)) {
            var service = world.start();
            judgeHealth(world, service);
            world.createTopics();
            var created = System.nanoTime();
            world.load.send(EVENTS);

            world.reportResumed(world.awaitResumed(created));
            world.endsWell();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void keepsOutcomesWhileTheirTopicIsDeleted() {
        try (var world = new World("outcomes topic deleted and created again")) {
            world.load.send(EVENTS);
            var service = world.start();
            await().atMost(World.PATIENCE).until(() -> world.watch.commits().total() == EVENTS);

            world.topics.delete(world.topics.outcomes);
            world.load.send(EVENTS);
            judgeHealth(world, service);
            world.topics.create(world.topics.outcomes, 4);
            world.watch.topicIsNew();
            var created = System.nanoTime();

            await().atMost(World.PATIENCE).until(() -> world.watch.outcomes().size() > EVENTS);
            world.reportResumed(Duration.ofNanos(System.nanoTime() - created));
            world.endsWell();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"outcomes", "dead letters"})
    @Execution(ExecutionMode.CONCURRENT)
    void keepsRecordsWithoutTheRightToWriteThem(String what) {
        try (var world = new World("no right to write " + what)) {
            // A late answer on a busy machine would cause a repetition, and here each repetition counts.
            world.with("zoom.response-timeout", "15s");
            var topic = what.equals("outcomes") ? world.topics.outcomes : world.topics.deadLetters;
            world.zoom.unknown("unknown");
            world.topics.rights().forbidWriting(topic);
            var refused = world.load.send("unknown");
            world.load.send(EVENTS);
            var service = world.start();
            judgeState(world, service);
            world.must
                    .assertThat(service.health().cause())
                    .as("cause")
                    .contains("the right to WRITE the topic " + topic);
            World.pass(Duration.ofSeconds(5));
            world.topics.rights().allowWriting(topic);
            var allowed = System.nanoTime();

            await().atMost(World.PATIENCE).until(() -> world.watch.outcomes().size() > EVENTS);
            world.reportResumed(Duration.ofNanos(System.nanoTime() - allowed));
            world.must.assertThat(world.patches()).as("requests, none repeated").hasSize(EVENTS + 1);
            world.must.assertThat(world.watch.deadLetters()).as("dead letters").hasSize(1);
            world.endsWell(World.PATIENCE, Set.of(refused));
        }
    }

    private static World startOn(BrokerProcess broker, String fault) {
        broker.start();
        var world = new World(fault, broker, GROUPS);
        world.createTopics();
        return world;
    }

    private static void judgeHealth(World world, Instance service) {
        judgeState(world, service);
        world.must.assertThat(world.watch.deadLetters()).as("dead letters").isEmpty();
    }

    private static void judgeState(World world, Instance service) {
        world.mustBecome(
                World.PATIENCE,
                () -> namesTheCause(service.health()),
                () -> "health without a cause: " + service.health());
        world.judgeHealth(service);
    }

    private static boolean namesTheCause(Health health) {
        return health.status() == 503 && !health.cause().startsWith("starting");
    }
}
