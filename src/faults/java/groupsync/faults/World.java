package groupsync.faults;

import static org.awaitility.Awaitility.await;

import groupsync.Topics;
import groupsync.sandbox.ReceivedRequest;
import groupsync.sandbox.ZoomStandIn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.core.ConditionTimeoutException;

/** A scenario: topics on a real broker, a Zoom stand-in, instances of the service, and the judgement of the run. */
final class World implements AutoCloseable {

    /** The longest wait for what must happen, longer than a busy machine needs. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int PARTITIONS = 4;

    final ZoomStandIn zoom = new ZoomStandIn();
    final Topics topics;
    final Load load;
    final TopicWatch watch;
    /** The assertions of this scenario; the failed ones are reported together. */
    final SoftAssertions must = new SoftAssertions();

    private final String fault;
    private final long started = System.nanoTime();
    private final Map<String, String> settings = new HashMap<>();
    private final List<Instance> instances = new ArrayList<>();
    private final List<Long> disturbances = new CopyOnWriteArrayList<>();
    private Duration settling = Duration.ZERO;
    private String repeated = "";
    private String probes = "";
    private String resumed = "";

    /** On the shared broker, with topics. */
    World(String fault) {
        this(fault, 40);
    }

    World(String fault, int groups) {
        this(fault, BrokerProcess.shared(), groups);
        createTopics();
    }

    /** Without topics. */
    World(String fault, BrokerProcess broker, int groups) {
        this.fault = fault;
        topics = new Topics(broker.brokers());
        load = new Load(broker.brokers(), topics.updates, groups, Seeds.FIRST);
        watch = new TopicWatch(broker.brokers(), topics);
        settings.putAll(topics.settings(zoom));
        settings.put("zoom.groups", Form.groups());
        settings.put("zoom.max-concurrent-requests", "16");
        settings.put("zoom.response-timeout", "1s");
        settings.put("zoom.retry.delay", "200ms");
        settings.put("zoom.retry.max-delay", "2s");
        settings.put("zoom.pause.probe-interval", "1s");
    }

    World with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Sets the group protocol, with timeouts that soon remove a killed member. */
    World withProtocol(String protocol) {
        if (protocol.equals("classic")) {
            with("camel.component.kafka.session-timeout-ms", "4000")
                    .with("camel.component.kafka.heartbeat-interval-ms", "1000");
        }
        return with("consumer.group-protocol", protocol);
    }

    void createTopics() {
        topics.createAll(PARTITIONS);
    }

    Instance start() {
        return start(Map.of(), List.of());
    }

    /**
     * Starts an instance.
     *
     * @param own settings of this instance only
     * @param prefix a command that runs it, for example in another network
     */
    Instance start(Map<String, String> own, List<String> prefix) {
        var all = new HashMap<>(settings);
        all.putAll(own);
        var log = Path.of("target", "faults", fault.replaceAll("\\W+", "-") + "-" + instances.size() + ".log");
        var instance = new Instance(all, log, prefix);
        instances.add(instance);
        return instance;
    }

    /** Notes that an instance is disturbed now, so that groups may go back to their committed offsets. */
    void disturbed() {
        disturbances.add(System.nanoTime());
    }

    /** Sets the time after a disturbance in which groups may go back. */
    World settlesWithin(Duration time) {
        settling = time;
        return this;
    }

    /** The number of instances with partitions. */
    long membersAtWork() {
        return topics.membersAtWork(topics.group);
    }

    List<ReceivedRequest> patches() {
        return requests("PATCH");
    }

    List<ReceivedRequest> requests(String method) {
        return zoom.requests().stream()
                .filter(request -> request.method().equals(method))
                .toList();
    }

    long applied() {
        return patches().stream().filter(request -> request.status() == 204).count();
    }

    /** Waits until so many updates are applied. */
    void awaitApplied(long count) {
        await().atMost(PATIENCE).until(() -> applied() >= count);
    }

    /** Waits for a condition; without it in time, the scenario fails at its end. */
    boolean mustBecome(Duration longest, Callable<Boolean> condition, Supplier<String> problem) {
        try {
            await().atMost(longest).pollInterval(Duration.ofMillis(50)).until(condition);
            return true;
        } catch (ConditionTimeoutException e) {
            must.fail("%s after %s", problem.get(), longest);
            return false;
        }
    }

    /** The time from then to the first applied update; a day if there is none. */
    Duration awaitResumed(long since) {
        return awaitResumed(since, 0);
    }

    /** The same for updates with this number or a higher one. */
    Duration awaitResumed(long since, int least) {
        var resumed = mustBecome(PATIENCE, () -> appliedAfter(since, least).isPresent(), () -> "nothing applied");
        return resumed ? Duration.ofNanos(appliedAfter(since, least).getAsLong() - since) : Duration.ofDays(1);
    }

    private OptionalLong appliedAfter(long time, int least) {
        return patches().stream()
                .filter(request -> request.status() == 204
                        && Integer.parseInt(request.fields().get("name")) >= least)
                .mapToLong(ReceivedRequest::begun)
                .filter(begun -> begun > time)
                .min();
    }

    /** Lets time pass. */
    static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plus(PATIENCE)).until(() -> true);
    }

    /** Judges the health of a paused instance: alive, since a restart would not help, and with the reason. */
    void judgeHealth(Instance service) {
        var health = service.health();
        must.assertThat(service.isAlive()).as("alive").isTrue();
        must.assertThat(health.status()).as("health while paused").isEqualTo(503);
        must.assertThat(health.cause()).as("cause in health").isNotBlank();
        must.assertThat(service.ready().status()).as("ready while paused").isEqualTo(503);
        must.assertThat(service.live().status()).as("live while paused").isEqualTo(200);
    }

    /** The same for a pause because of Zoom. */
    void judgeHealthWithoutZoom(Instance service) {
        judgeHealth(service);
        must.assertThat(service.health().remedy()).as("remedy in health").isNotBlank();
        must.assertThat(service.health().nextProbe()).as("next probe in health").isNotBlank();
    }

    void reportRepeated(String text) {
        repeated = text;
    }

    void reportProbes(String text) {
        probes = text;
    }

    void reportResumed(Duration time) {
        resumed = String.format("%.1f s", time.toMillis() / 1000.0);
    }

    /** Waits until every event has its outcome and is committed, and judges the run. */
    void endsWell(Duration longest, Set<Integer> deserving) {
        var sent = load.sent();
        mustBecome(
                longest,
                () -> watch.outcomes().size() >= sent.size() && watch.commits().total() >= sent.size(),
                () -> "of " + sent.size() + " events, " + watch.outcomes().size() + " have outcomes and "
                        + watch.commits().total() + " are committed");
        watch.close();
        var requests = zoom.requests();
        var oracle = new Oracle(watch.evidence(sent, requests), deserving)
                .noEventIsLost()
                .noRequestsOfAGroupOverlap()
                .aGroupGoesBackOnlyToWhatWasNotCommitted(disturbances, settling)
                .nothingIsCommittedBeforeItsOutcome()
                .deadLettersAreOnlyForThoseThatDeserveThem()
                .zoomIsAsTheLastEventsWantIt(zoom::settings);
        if (!Boolean.parseBoolean(settings.get("updates.merge"))) {
            oracle.noEventIsOvertaken();
        }
        must.assertThat(watch.samples()).as("samples of the commits").isGreaterThan(3);
        must.assertThat(oracle.faults())
                .as("what the ledger and the topics show")
                .isEmpty();
        must.assertThat(Set.copyOf(sent.stream().map(Event::place).toList()))
                .as("places of events")
                .hasSize(sent.size())
                .containsAll(watch.outcomes().keySet());
        for (var instance : instances) {
            must.assertThat(instance.output().lines())
                    .as("stack traces in the log")
                    .noneMatch(line -> line.startsWith("\tat ") || line.contains("NullPointerException"));
        }
        var patches = patches().size();
        FaultTable.add(new FaultTable.Row(
                fault,
                sent.size(),
                requests.size(),
                repeated.isEmpty() ? String.valueOf(patches - sent.size()) : repeated,
                watch.deadLetters().size(),
                oracle.count("lost"),
                oracle.count("overlap"),
                probes,
                resumed));
        System.out.printf(
                "%s took %d s%n",
                fault, Duration.ofNanos(System.nanoTime() - started).toSeconds());
        must.assertAll();
    }

    void endsWell() {
        endsWell(PATIENCE, Set.of());
    }

    @Override
    public void close() {
        instances.forEach(Instance::close);
        watch.close();
        load.close();
        topics.close();
        zoom.close();
    }
}
