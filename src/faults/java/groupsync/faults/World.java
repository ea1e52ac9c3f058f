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
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.core.ConditionTimeoutException;

/** One scenario: topics of its own on a real broker, Zoom, the instances of the service, and who watches them. */
final class World implements AutoCloseable {

    private static final int PARTITIONS = 4;

    final ZoomStandIn zoom = new ZoomStandIn();
    final Topics topics;
    final Load load;
    final TopicWatch watch;
    /** What must hold in this scenario; all of it is told, and not only the first. */
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

    /** With topics, on the broker of all scenarios. */
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

    /** The group protocol, with time-outs at which a member that was killed is missed soon. */
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
     * Starts an instance in its own surroundings.
     *
     * @param own settings that only it has
     * @param prefix what is put before its command
     */
    Instance start(Map<String, String> own, List<String> prefix) {
        var all = new HashMap<>(settings);
        all.putAll(own);
        var log = Path.of("target", "faults", fault.replaceAll("\\W+", "-") + "-" + instances.size() + ".log");
        var instance = new Instance(all, log, prefix);
        instances.add(instance);
        return instance;
    }

    /** Something happens to the instances now that may set groups back to what is not committed. */
    void disturbed() {
        disturbances.add(System.nanoTime());
    }

    /** How long after a disturbance groups may be set back. */
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

    /** Waits until so many updates were applied. */
    void awaitApplied(long count) {
        await().atMost(Duration.ofSeconds(90)).until(() -> applied() >= count);
    }

    /** How long after that time the first update was applied; a day if none is within two minutes. */
    Duration awaitResumed(long since) {
        return awaitResumed(since, 0);
    }

    /** The same for the first of those events that have at least this number. */
    Duration awaitResumed(long since, int least) {
        try {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> appliedAfter(since, least).isPresent());
        } catch (ConditionTimeoutException e) {
            return Duration.ofDays(1);
        }
        return Duration.ofNanos(appliedAfter(since, least).getAsLong() - since);
    }

    private OptionalLong appliedAfter(long time, int least) {
        return patches().stream()
                .filter(request -> request.status() == 204
                        && Integer.parseInt(request.fields().get("name")) >= least)
                .mapToLong(ReceivedRequest::begun)
                .filter(begun -> begun > time)
                .min();
    }

    /** Lets time pass in which nothing is looked at. */
    static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(30)).until(() -> true);
    }

    void tellRepeated(String text) {
        repeated = text;
    }

    void tellProbes(String text) {
        probes = text;
    }

    void tellResumed(Duration time) {
        resumed = String.format("%.1f s", time.toMillis() / 1000.0);
    }

    /** Waits until every event has its outcome and is committed, as long as that may take, and judges the run. */
    void endsWell(Duration longest, Set<Integer> deserving) {
        var sent = load.sent();
        try {
            await().atMost(longest)
                    .until(() -> watch.outcomes().size() >= sent.size()
                            && watch.commits().total() >= sent.size());
        } catch (ConditionTimeoutException e) {
            must.fail(
                    "not done after %s: %d events, %d with outcomes, %d committed",
                    longest,
                    sent.size(),
                    watch.outcomes().size(),
                    watch.commits().total());
        }
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
                    .as("stack traces and mistakes in the log")
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
        endsWell(Duration.ofSeconds(90), Set.of());
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
