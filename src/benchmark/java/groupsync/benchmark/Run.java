package groupsync.benchmark;

import static org.awaitility.Awaitility.await;

import groupsync.sandbox.ReceivedRequest;
import groupsync.sandbox.ZoomStandIn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** One system at work on one workload, with a stand-in and a consumer group of its own. */
final class Run implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(45);

    private final ZoomStandIn zoom = new ZoomStandIn();
    private final List<RunningSystem> systems = new ArrayList<>();
    private final Contender contender;
    private final Workload workload;
    private final Events events;
    private final List<String> failures;
    private final Map<String, String> more = new HashMap<>();
    private final String consumerGroup = "benchmark-" + UUID.randomUUID();
    private final long outcomesBefore;
    private final AtomicInteger applied = new AtomicInteger();
    private volatile double cpuBefore = -1;
    private volatile double cpuAtHalf = -1;
    private volatile long lastApplied = System.nanoTime();

    /** @param failures takes what goes wrong */
    Run(Contender contender, Workload workload, Events events, List<String> failures) {
        this.contender = contender;
        this.workload = workload;
        this.events = events;
        this.failures = failures;
        outcomesBefore = events.outcomes();
        zoom.remembersOnlyTimes();
        zoom.latency(workload.latency());
        if (workload.limit() > 0) {
            zoom.perSecond(workload.limit());
        }
        zoom.watch(this::count);
    }

    private void count(ReceivedRequest request) {
        if (request.method().equals("PATCH") && request.status() == 204) {
            applied.incrementAndGet();
            lastApplied = System.nanoTime();
        }
    }

    /** Sets a key of the service; to be called before it starts. */
    void set(String key, int value) {
        more.put(key, String.valueOf(value));
    }

    /** Starts one process of the system. */
    RunningSystem start() {
        return start(List.of());
    }

    /** Starts one process of the service, with more options for its JVM. */
    RunningSystem start(List<String> options) {
        var settings = new HashMap<>(events.settings());
        settings.putAll(zoom.settings());
        settings.put("consumer.group", consumerGroup);
        settings.put("zoom.max-concurrent-requests", String.valueOf(workload.concurrency()));
        settings.put("zoom.requests-per-second", String.valueOf(workload.limit()));
        settings.put("updates.merge", String.valueOf(workload.merging()));
        if (workload.mapped()) {
            settings.put(
                    "events.mapping",
                    Path.of("mappings", "debezium.jq").toAbsolutePath().toString());
        }
        settings.putAll(more);
        if (contender != Contender.SERVICE) {
            settings.put("zoom.access-token", zoom.newToken());
        }
        var system = RunningSystem.start(contender, settings, options);
        systems.add(system);
        return system;
    }

    /** Starts so many processes of the system at once. */
    void start(int processes) {
        for (var i = 0; i < processes; i++) {
            start();
        }
    }

    /** The stand-in, for a Zoom that differs from that of the workload. */
    ZoomStandIn zoom() {
        return zoom;
    }

    /** Waits until a request was applied. */
    void awaitFirst() {
        until(Duration.ofMinutes(1), () -> applied.get() > 0);
    }

    /** Waits until each process has partitions and, if it is the service, is ready. */
    void awaitJoined() {
        until(
                Duration.ofMinutes(1),
                () -> events.members(consumerGroup) == systems.size()
                        && (contender != Contender.SERVICE || systems.stream().allMatch(RunningSystem::isReady)));
    }

    private void until(Duration longest, Callable<Boolean> condition) {
        await().atMost(longest).pollInterval(Duration.ofMillis(20)).until(() -> {
            if (!systems.stream().allMatch(system -> system.process().isAlive())) {
                throw new IllegalStateException("a process of " + contender + " has ended");
            }
            return condition.call();
        });
    }

    /** Waits until that many requests were applied or, with merging, until all events are committed. */
    Measurement awaitDone(String label, int target) {
        lastApplied = System.nanoTime();
        try {
            until(LONGEST, () -> isDone(target));
            if (contender.publishesOutcomes()) {
                until(LONGEST_SILENCE, () -> events.outcomes() - outcomesBefore >= target);
            }
            if (target == events.sent() && contender != Contender.PLAIN) {
                checkNames();
            }
        } catch (RuntimeException e) {
            failures.add(label + " applied " + applied + " of " + target + " and published "
                    + (events.outcomes() - outcomesBefore) + " outcomes: " + e.getMessage());
        }
        return measured(label, target);
    }

    /** Waits until that many requests were applied, or until this time is over. */
    Measurement awaitAtMost(Duration time, String label, int target) {
        var end = System.nanoTime() + time.toNanos();
        until(LONGEST, () -> System.nanoTime() - end >= 0 || isDone(target));
        return measured(label, applied.get());
    }

    private Measurement measured(String label, int done) {
        var cpu = cpuSeconds();
        var spent = cpu - Math.max(0, cpuBefore);
        var warm = cpuAtHalf < 0 ? 0 : cpu - cpuAtHalf;
        var peak =
                systems.stream().mapToLong(RunningSystem::peakMegabytes).max().orElse(0);
        var times = patches(204).stream().mapToLong(ReceivedRequest::begun).toArray();
        var arrivals =
                Arrays.stream(times).mapToObj(time -> (time - times[0]) / 1e9).toList();
        var measured = new Measurement(label, done, arrivals, patches(429).size(), spent, warm, peak);
        System.out.printf(
                "  %s: %d requests and %d events in %.2f s%n",
                label, measured.requests(), measured.events(), measured.seconds());
        return measured;
    }

    private boolean isDone(int target) throws InterruptedException {
        if (cpuBefore < 0 && applied.get() > 0) {
            cpuBefore = cpuSeconds();
        }
        if (cpuAtHalf < 0 && applied.get() >= target / 2) {
            cpuAtHalf = cpuSeconds();
        }
        if (System.nanoTime() - lastApplied > LONGEST_SILENCE.toNanos()) {
            throw new IllegalStateException("nothing for " + LONGEST_SILENCE.toSeconds() + " s");
        }
        if (contender != Contender.SERVICE || !workload.merging()) {
            return applied.get() >= target;
        }
        // The question costs the broker something, too.
        Thread.sleep(100);
        return applied.get() > 0 && events.areCommitted(consumerGroup);
    }

    /** Each group has the name of its last event, where that is promised. */
    private void checkNames() {
        var wrong = events.lastNames().entrySet().stream()
                .filter(group ->
                        !group.getValue().equals(zoom.settings(group.getKey()).get("name")))
                .count();
        if (wrong > 0) {
            throw new IllegalStateException(wrong + " groups have the wrong name");
        }
    }

    /** The requests with this status, in the order of their arrival. */
    List<ReceivedRequest> patches(int status) {
        return zoom.requests().stream()
                .filter(request -> request.method().equals("PATCH") && request.status() == status)
                .toList();
    }

    /** The most requests that Zoom had not answered at a time. */
    long mostInFlight() {
        var patches = zoom.requests().stream()
                .filter(request -> request.method().equals("PATCH"))
                .toList();
        return patches.stream()
                .mapToLong(last -> patches.stream()
                        .filter(request -> request.begun() <= last.begun() && last.begun() < request.ended())
                        .count())
                .max()
                .orElse(0);
    }

    /** CPU seconds of all its processes so far. */
    double cpuSeconds() {
        return systems.stream()
                        .mapToLong(system -> system.process().cpuTime().toNanos())
                        .sum()
                / 1e9;
    }

    @Override
    public void close() {
        systems.forEach(RunningSystem::close);
        zoom.close();
    }
}
