package groupsync.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Runs the scenarios one after the other, and writes a report in Markdown. */
public final class Benchmark {

    private static final Path REPORT = Path.of("target", "benchmark", "benchmark.md");
    private static final String HEAD = """
            # How fast it is

            `plain` is a KafkaConsumer, a thread pool and the same HTTP client, without any promise: what is possible here.
            `parallel` is Confluent's Parallel Consumer, ordered by key. `careful` is `plain` with the service's duties and nothing
            else: each event is checked by the shipped schema and gets an outcome (`acks=all`, idempotent), each group keeps its
            order, and an offset is committed when all events before it have their outcomes. `parallel-careful` is `parallel` with
            the same check and outcome. `service` is zoom-group-sync.jar. All of them run in a process of their own, with the
            options that the image gives the JVM in a container of 512 MB, on the same broker, and send the same requests to the
            same stand-in for Zoom. Processors: %d, for all of it. Java %s.

            Rates are measured at Zoom, from the first request to the last, so the start of a JVM is not in them; where a limit
            holds, they are the slope of the line through all arrivals, so that a burst at the start does not count as speed.
            CPU seconds are those of the process from its first request on; memory is the highest that the system saw.
            """;

    private Benchmark() {}

    /** Ends with a status other than 0 if a system did not apply all its events. */
    public static void main(String[] arguments) throws Exception {
        var begun = System.nanoTime();
        Files.createDirectories(REPORT.getParent());
        var sizes = Boolean.getBoolean("benchmark.short")
                ? Sizes.tiny()
                : Sizes.full(Boolean.getBoolean("benchmark.million"));
        var failures = new ArrayList<String>();
        try (var broker = new Broker()) {
            run(
                    new BacklogScenarios(broker, sizes, failures),
                    new LiveScenarios(broker, sizes, failures),
                    new PageScenario(broker, sizes, failures),
                    new LatencyScenario(broker, sizes, failures));
        }
        System.out.printf("It took %d s.%n", (System.nanoTime() - begun) / 1_000_000_000L);
        failures.forEach(failure -> System.err.println("FAILED: " + failure));
        System.exit(failures.isEmpty() ? 0 : 1);
    }

    private static void run(BacklogScenarios backlog, LiveScenarios live, PageScenario page, LatencyScenario latency)
            throws Exception {
        var all = List.<Callable<Section>>of(
                backlog::rateLimited,
                backlog::slow,
                backlog::fast,
                backlog::fewGroups,
                live::instances,
                backlog::growth,
                live::idle,
                live::start,
                backlog::mapped,
                page::pages,
                latency::latencies);
        var only = System.getProperty("benchmark.only", "").replace(" ", "");
        var report = new StringBuilder(
                HEAD.formatted(Runtime.getRuntime().availableProcessors(), System.getProperty("java.version")));
        backlog.warmUp();
        for (var number = 1; number <= all.size(); number++) {
            if (only.isEmpty() || List.of(only.split(",", -1)).contains(String.valueOf(number))) {
                var section = all.get(number - 1).call();
                System.out.println(section);
                // After each, so that a failure of a later one loses no result.
                Files.writeString(REPORT, report.append(section));
            }
        }
    }
}
