package groupsync.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * Scenarios in which events come to systems that run, each on topics of its own.
 *
 * @param failures takes the systems that did not apply all their events
 */
record LiveScenarios(Broker broker, Sizes sizes, List<String> failures) {

    private static final int LIMIT = 80;

    Section instances() throws InterruptedException {
        var workload = new Workload(8, sizes.limited(), sizes.limited(), Duration.ofMillis(50), LIMIT, 32, true);
        var section = new Section(
                "5. Instances of the service that share 80 requests/s",
                workload + " on 8 partitions, sent when all instances have joined.",
                "instances | requests/s | of the limit | 429s | seconds | CPU s / 1,000 events");
        for (var instances : new int[] {1, 2, 4}) {
            try (var events = new Events(broker, workload.partitions(), workload.mapped());
                    var run = new Run(Contender.SERVICE, workload, events, failures)) {
                for (var i = 0; i < instances; i++) {
                    run.start();
                }
                run.awaitJoined();
                // By then, each knows the shares of the others.
                Thread.sleep(1000);
                events.send(workload.events(), workload.groups());
                var measured = run.awaitDone(String.valueOf(instances), workload.events());
                section.row(
                        measured.label(),
                        measured.steadyRate(),
                        Section.percent(measured.steadyRate() / LIMIT),
                        measured.refused(),
                        measured.seconds(),
                        measured.cpuSecondsPerThousand());
            }
        }
        return section;
    }

    Section idle() throws InterruptedException {
        var workload = new Workload(4, sizes.singles(), sizes.singles(), Duration.ZERO, 30, 32, true);
        var section = new Section(
                "7. Single events, and idle",
                sizes.singles()
                        + " events, one each half second: from the broker's append to the arrival at Zoom; then "
                        + 3 * sizes.idleSeconds()
                        + " s of nothing, of which the last third is measured. The clocks are read in whole milliseconds.",
                "system | p50 ms | p90 ms | p99 ms | % of a core while idle | peak memory MB");
        for (var contender : Contender.values()) {
            try (var events = new Events(broker, workload.partitions(), workload.mapped());
                    var run = new Run(contender, workload, events, failures)) {
                var system = run.start();
                run.awaitJoined();
                for (var i = 0; i < sizes.singles(); i++) {
                    Thread.sleep(500);
                    events.send("single-" + i);
                }
                var measured = run.awaitDone(contender.toString(), events.sent());
                var latencies = latencies(events, run);
                // In the first part the JVM compiles what the end of the work needs.
                Thread.sleep(2000L * sizes.idleSeconds());
                var before = run.cpuSeconds();
                Thread.sleep(sizes.idleSeconds() * 1000L);
                section.row(
                        measured.label(),
                        Section.percentile(latencies, 0.5),
                        Section.percentile(latencies, 0.9),
                        Section.percentile(latencies, 0.99),
                        Section.percent((run.cpuSeconds() - before) / sizes.idleSeconds()),
                        system.peakMegabytes());
            }
        }
        return section;
    }

    private static double[] latencies(Events events, Run run) {
        // The stand-in's times are of another clock.
        var now = System.currentTimeMillis();
        var nanos = System.nanoTime();
        var appended = events.appended();
        return run.patches(204).stream()
                .mapToDouble(request ->
                        now - (nanos - request.begun()) / 1e6 - appended.getOrDefault(request.groupId(), now))
                .toArray();
    }

    Section start() {
        var section = new Section(
                "8. Start",
                "From the start of the process until /observe/health/ready is 200, without and with an archive of classes as the"
                        + " image has one.",
                "archive | starts | median s | longest s | CPU s, median");
        var archive = Path.of("target", "benchmark", "zoom-group-sync.jsa").toAbsolutePath();
        starts(section, "no", List.of());
        // This one writes the archive when it ends.
        starts(section, "written", List.of("-XX:ArchiveClassesAtExit=" + archive));
        starts(section, "yes", List.of("-XX:SharedArchiveFile=" + archive));
        return section;
    }

    private void starts(Section section, String label, List<String> options) {
        var times = new double[label.equals("written") ? 1 : sizes.starts()];
        var cpu = new double[times.length];
        var workload = new Workload(4, 0, 1, Duration.ZERO, 30, 32, true);
        try (var events = new Events(broker, workload.partitions(), workload.mapped())) {
            for (var i = 0; i < times.length; i++) {
                try (var run = new Run(Contender.SERVICE, workload, events, failures)) {
                    var begun = System.nanoTime();
                    var system = run.start(options);
                    Awaitility.await().pollInterval(Duration.ofMillis(20)).until(system::isReady);
                    times[i] = (System.nanoTime() - begun) / 1e9;
                    cpu[i] = run.cpuSeconds();
                }
            }
        }
        section.row(
                label,
                times.length,
                Section.percentile(times, 0.5),
                Section.percentile(times, 1),
                Section.percentile(cpu, 0.5));
    }
}
