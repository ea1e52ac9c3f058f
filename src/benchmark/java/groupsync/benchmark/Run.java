package groupsync.benchmark;

import groupsync.sandbox.ReceivedRequest;
import groupsync.sandbox.ZoomStandIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** One system at work on one workload, with a stand-in and a consumer group of its own. */
final class Run implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(45);

    final ZoomStandIn zoom = new ZoomStandIn();
    final List<RunningSystem> systems = new ArrayList<>();

    private final Contender contender;
    private final Workload workload;
    private final Events events;
    private final String consumerGroup = "benchmark-" + UUID.randomUUID();
    private final AtomicInteger applied = new AtomicInteger();
    private volatile double cpuBefore = -1;
    private volatile long lastApplied = System.nanoTime();

    Run(Contender contender, Workload workload, Events events) {
        this.contender = contender;
        this.workload = workload;
        this.events = events;
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

    /** Starts one process of the system. */
    RunningSystem start() {
        var settings = new HashMap<>(Map.of(
                "kafka.brokers", events.brokers(),
                "consumer.group", consumerGroup,
                "topics.updates", events.updates,
                "topics.outcomes", events.outcomes,
                "topics.dead-letters", events.deadLetters,
                "zoom.api-url", zoom.apiUrl(),
                "zoom.max-concurrent-requests", String.valueOf(workload.concurrency()),
                "zoom.requests-per-second", String.valueOf(workload.limit()),
                "updates.merge", String.valueOf(workload.merging())));
        var system = contender.start(settings, zoom);
        systems.add(system);
        return system;
    }

    /** Waits until each process has partitions, and, if it is the service, says that it is ready. */
    void awaitJoined() {
        Waiting.until(Duration.ofMinutes(1), contender + " does not join", () -> {
            awaitAlive();
            return events.members(consumerGroup) == systems.size()
                    && (contender != Contender.SERVICE || systems.stream().allMatch(RunningSystem::ready));
        });
    }

    /** Waits until that many requests were applied, or, with merging, until all events are committed. */
    Measurement awaitDone(String label, int target) {
        var merged = contender == Contender.SERVICE && workload.merging();
        lastApplied = System.nanoTime();
        var inTime = true;
        try {
            Waiting.until(LONGEST, contender + " is not done", () -> {
                awaitAlive();
                if (cpuBefore < 0 && applied.get() > 0) {
                    cpuBefore = cpu();
                }
                if (System.nanoTime() - lastApplied > LONGEST_SILENCE.toNanos()) {
                    throw new IllegalStateException(contender + " applied " + applied + " of " + target
                            + " and then nothing for " + LONGEST_SILENCE.toSeconds() + " s");
                }
                return merged ? applied.get() > 0 && committed() >= target : applied.get() >= target;
            });
        } catch (IllegalStateException e) {
            System.err.println("FAILED: " + e.getMessage());
            inTime = false;
        }
        var spent = cpu() - Math.max(0, cpuBefore);
        var peak =
                systems.stream().mapToLong(RunningSystem::peakMegabytes).max().orElse(0);
        return Measurement.of(label, target, patches(), spent, peak, inTime && (target < events.sent() || right()));
    }

    private long committed() {
        // Asking costs the broker something, too.
        Waiting.sleep(Duration.ofMillis(100));
        return events.committed(consumerGroup);
    }

    /** Each group has the name of its last event, where that is promised. */
    private boolean right() {
        if (contender == Contender.PLAIN) {
            return true;
        }
        var wrong = events.lastNames().entrySet().stream()
                .filter(group ->
                        !group.getValue().equals(zoom.settings(group.getKey()).get("name")))
                .count();
        if (wrong > 0) {
            System.err.println("FAILED: " + wrong + " groups have the wrong name after " + contender);
        }
        return wrong == 0;
    }

    private void awaitAlive() {
        if (!systems.stream().allMatch(RunningSystem::isAlive)) {
            throw new IllegalStateException("a process of " + contender + " has ended");
        }
    }

    /** Waits until so many were applied. */
    void awaitApplied(int count) {
        Waiting.until(Duration.ofMinutes(1), contender + " did not apply " + count, () -> applied.get() >= count);
    }

    List<ReceivedRequest> patches() {
        return zoom.requests().stream()
                .filter(request -> request.method().equals("PATCH"))
                .toList();
    }

    /** CPU seconds of all its processes so far. */
    double cpu() {
        return systems.stream().mapToLong(system -> system.cpu().toNanos()).sum() / 1e9;
    }

    @Override
    public void close() {
        systems.forEach(RunningSystem::close);
        zoom.close();
    }
}
