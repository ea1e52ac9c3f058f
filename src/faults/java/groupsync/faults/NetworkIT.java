package groupsync.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import groupsync.FreePort;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One of two instances, with pending updates, is away for longer than Kafka waits for it, and comes back. Meanwhile the
 * other one applies them and later ones: none of the pending updates may reach Zoom after that. In the classic protocol,
 * the first instance to join leads the group.
 */
@Tag("faults")
class NetworkIT {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int GROUPS = 200;
    private static final int LIMIT = 40;
    private static final int WAITING = 600;
    /** Kafka removes the instance after 4 s here; the rest is for the other one to overtake it. */
    private static final Duration AWAY = Duration.ofSeconds(20);

    @ParameterizedTest
    @MethodSource("groupsync.faults.Form#members")
    @Execution(ExecutionMode.CONCURRENT)
    void anInstanceThatIsCutOffFromKafkaAloneSetsNoGroupBack(String protocol, String joins) {
        var port = FreePort.find();
        try (var broker = started(new BrokerProcess(LOOPBACK + ":" + port));
                var kafka = new Wire(LOOPBACK, port, broker.outsidePort());
                var world = world("Kafka alone cut off", broker, protocol, joins)) {
            var own = Map.of("kafka.brokers", LOOPBACK + ":" + kafka.port());

            run(world, joins, () -> world.start(own, List.of()), one -> kafka.cut(), one -> kafka.repair());
        }
    }

    @ParameterizedTest
    @MethodSource("groupsync.faults.Form#members")
    @Execution(ExecutionMode.CONCURRENT)
    void anInstanceThatIsCutOffFromAllSetsNoGroupBack(String protocol, String joins) {
        var port = FreePort.find();
        try (var broker = started(new BrokerProcess(LOOPBACK + ":" + port));
                var kafka = new Wire(LOOPBACK, port, broker.outsidePort());
                var world = world("all cut off", broker, protocol, joins);
                var zoom = new Wire(LOOPBACK, 0, zoomPort(world))) {
            var own = own(world, LOOPBACK, kafka.port(), zoom.port());

            run(
                    world,
                    joins,
                    () -> world.start(own, List.of()),
                    one -> {
                        kafka.cut();
                        zoom.cut();
                    },
                    one -> {
                        kafka.repair();
                        zoom.repair();
                    });
        }
    }

    /** The system repeats its sent packets again and again, even after the service has closed the connection. */
    @ParameterizedTest
    @MethodSource("groupsync.faults.Form#members")
    @Execution(ExecutionMode.CONCURRENT)
    void anInstanceWhoseCableIsPulledOutSetsNoGroupBack(String protocol, String joins) {
        var port = FreePort.find();
        try (var network = network();
                var broker = started(new BrokerProcess(network.here() + ":" + port));
                var kafka = new Wire(network.here(), port, broker.outsidePort());
                var world = world("cable pulled out", broker, protocol, joins);
                var zoom = new Wire(network.here(), 0, zoomPort(world))) {
            var own = own(world, network.here(), kafka.port(), zoom.port());

            run(world, joins, () -> world.start(own, network.inside()), one -> network.cut(), one -> network.repair());
        }
    }

    /** Like a suspended machine, or a JVM with a long garbage collection. */
    @ParameterizedTest
    @MethodSource("groupsync.faults.Form#members")
    @Execution(ExecutionMode.CONCURRENT)
    void anInstanceThatStoodStillSetsNoGroupBack(String protocol, String joins) {
        try (var broker = started(new BrokerProcess());
                var world = world("frozen", broker, protocol, joins)) {
            run(world, joins, world::start, Instance::freeze, Instance::thaw);
        }
    }

    private static void run(
            World world, String joins, Supplier<Instance> start, Consumer<Instance> goes, Consumer<Instance> comes) {
        var isFirst = joins.equals("first");
        var first = isFirst ? start.get() : world.start();
        awaitMembers(world, 1);
        var second = isFirst ? world.start() : start.get();
        awaitMembers(world, 2);
        var one = isFirst ? first : second;
        world.load.send(WAITING);
        world.awaitApplied(WAITING / 10);
        world.load.sendSteadily(10);

        world.disturbed();
        goes.accept(one);
        World.pass(AWAY);
        comes.accept(one);
        var back = System.nanoTime();
        awaitMembers(world, 2);
        world.reportResumed(Duration.ofNanos(System.nanoTime() - back));
        world.load.stop();

        world.must
                .assertThat(one.output().lines())
                .as("the log of that instance")
                .anyMatch(line -> line.contains("no requests are sent cause="))
                .filteredOn(line -> line.contains("OffsetCommit failed"))
                .hasSizeLessThan(5);
        world.endsWell();
    }

    private static void awaitMembers(World world, int members) {
        await().atMost(World.PATIENCE).until(() -> world.membersAtWork() == members);
    }

    private static BrokerProcess started(BrokerProcess broker) {
        broker.start();
        return broker;
    }

    private static World world(String fault, BrokerProcess broker, String protocol, String joins) {
        var world = new World("1 of 2 instances: " + fault + ", " + protocol + ", joins " + joins, broker, GROUPS);
        world.createTopics();
        world.withProtocol(protocol)
                .with("zoom.requests-per-second", String.valueOf(LIMIT))
                // Minutes at the usual timeouts become seconds: outcomes fail, and clients close their connections,
                // which
                // the system takes some seconds to open again.
                .with("camel.component.kafka.request-timeout-ms", "1000")
                .with("camel.component.kafka.delivery-timeout-ms", "2000")
                .with("camel.component.kafka.max-block-ms", "2000")
                .with("camel.component.kafka.consumer-request-timeout-ms", "3000")
                .settlesWithin(Duration.ofSeconds(15));
        world.zoom.latency(Duration.ofMillis(50));
        return world;
    }

    private static NetworkNamespace network() {
        try {
            return new NetworkNamespace();
        } catch (UnsupportedOperationException e) {
            return abort("no network namespace on this machine: " + e.getMessage());
        }
    }

    private static int zoomPort(World world) {
        return URI.create(world.zoom.settings().get("zoom.api-url")).getPort();
    }

    /** The settings of an instance that reaches Kafka and Zoom by that address only. */
    private static Map<String, String> own(World world, String address, int kafkaPort, int zoomPort) {
        var own = new HashMap<String, String>();
        own.put("kafka.brokers", address + ":" + kafkaPort);
        for (var key : List.of("zoom.api-url", "zoom.token-url")) {
            var path = URI.create(world.zoom.settings().get(key)).getPath();
            own.put(key, "http://" + address + ":" + zoomPort + path);
        }
        return own;
    }
}
