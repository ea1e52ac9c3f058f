package groupsync.benchmark;

import groupsync.sandbox.ReceivedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The scenarios, each of them on topics of its own. */
final class Scenarios {

    private static final int LIMIT = 80;
    private static final Duration TYPICAL = Duration.ofMillis(50);

    private final Broker broker;
    private final Sizes sizes;
    private final List<String> failures = new ArrayList<>();

    Scenarios(Broker broker, Sizes sizes) {
        this.broker = broker;
        this.sizes = sizes;
    }

    /** What did not apply all its events. */
    List<String> failures() {
        return failures;
    }

    /** Has the stand-in and the broker compiled what they do before anything is measured. */
    void warmUp() {
        var workload = new Workload(4, sizes.warmUp(), 1000, Duration.ZERO, 0, 64, false);
        try (var events = new Events(broker, workload.partitions())) {
            events.send(workload.events(), workload.groups());
            backlog("warm-up", Contender.PLAIN, workload, events, workload.events());
        }
    }

    Section rateLimited() {
        var workload = new Workload(4, sizes.limited(), sizes.limited(), TYPICAL, LIMIT, 32, false);
        var runs = compare(workload);
        return section(
                "1. At the limit: 80 requests/s, 50 ms, 32 at a time",
                text(workload) + ", all of them waiting. Zoom counts each second strictly, on arrival.",
                runs,
                "of the limit",
                run -> run.steadyRate() / LIMIT,
                Measurement::steadyRate);
    }

    Section slow() {
        var workload = new Workload(4, sizes.slow(), 1000, TYPICAL, 0, 64, false);
        var possible = workload.concurrency() / (TYPICAL.toMillis() / 1000.0);
        return section(
                "2. No limit, 50 ms, 64 at a time",
                text(workload) + ". Latency and concurrency allow " + Numbers.text(possible)
                        + " requests/s. Measured in the second half; the first half is from a cold start.",
                compare(workload),
                "of what is possible",
                run -> run.warmRate() / possible,
                Measurement::warmRate);
    }

    Section fast() {
        var workload = new Workload(4, sizes.fast(), 1000, Duration.ZERO, 0, 64, false);
        var runs = compare(workload);
        var plain = runs.get(0).warmRate();
        return section(
                "3. No limit, 0 ms, 64 at a time",
                text(workload) + ". Broker, stand-in and system share the processors. Measured in the second half.",
                runs,
                "of plain",
                run -> plain == 0 ? 0 : run.warmRate() / plain,
                Measurement::warmRate);
    }

    Section fewGroups() {
        var workload = new Workload(4, sizes.backlog(), sizes.backlogGroups(), TYPICAL, LIMIT, 32, true);
        var header = List.of("system", "events/s", "requests/s", "requests/event", "seconds", "429s");
        var rows = new ArrayList<List<String>>();
        var bars = new ArrayList<Section.Bar>();
        try (var events = new Events(broker, workload.partitions())) {
            events.send(workload.events(), workload.groups());
            for (var contender : Contender.values()) {
                var all = contender == Contender.SERVICE;
                var target = all ? workload.events() : Math.min(sizes.limited(), workload.events());
                var run = backlog("scenario 4", contender, workload, events, target);
                var perSecond = all ? run.eventsPerSecond() : run.steadyRate();
                var seconds = all ? run.seconds() : workload.events() / perSecond;
                rows.add(List.of(
                        run.label(),
                        Numbers.text(perSecond),
                        Numbers.text(run.steadyRate()),
                        Numbers.text((double) run.requests() / run.events()),
                        (all ? "" : "about ") + Numbers.text(seconds),
                        String.valueOf(run.refused())));
                bars.add(new Section.Bar(run.label(), perSecond, "events/s"));
            }
        }
        return new Section(
                "4. A backlog of few groups, 80 requests/s",
                text(workload)
                        + ", all of them waiting; the service merges. The others were stopped after their first "
                        + sizes.limited() + " events; their seconds are extrapolated from these.",
                header,
                rows,
                bars);
    }

    Section instances() {
        var header = List.of("instances", "requests/s", "of the limit", "429s", "seconds", "CPU s / 1,000 events");
        var rows = new ArrayList<List<String>>();
        var bars = new ArrayList<Section.Bar>();
        var workload = new Workload(8, sizes.limited(), sizes.limited(), TYPICAL, LIMIT, 32, true);
        for (var instances : new int[] {1, 2, 4}) {
            try (var events = new Events(broker, workload.partitions());
                    var run = new Run(Contender.SERVICE, workload, events)) {
                for (var i = 0; i < instances; i++) {
                    run.start();
                }
                run.awaitJoined();
                // Each is told the others' parts.
                Waiting.sleep(Duration.ofSeconds(1));
                events.send(workload.events(), workload.groups());
                var label = instances + (instances == 1 ? " instance" : " instances");
                var measured = checked("scenario 5", run.awaitDone(label, workload.events()));
                rows.add(List.of(
                        String.valueOf(instances),
                        Numbers.text(measured.steadyRate()),
                        Numbers.percent(measured.steadyRate() / LIMIT),
                        String.valueOf(measured.refused()),
                        Numbers.text(measured.seconds()),
                        Numbers.text(measured.cpuSecondsPerThousand())));
                bars.add(new Section.Bar(label, measured.steadyRate(), "requests/s"));
            }
        }
        return new Section(
                "5. Instances of the service that share 80 requests/s",
                text(workload) + " on 8 partitions, sent when all instances have joined.",
                header,
                rows,
                bars);
    }

    Section growth() {
        var header = List.of(
                "events waiting", "events/s", "requests/s", "seconds", "CPU s / 1,000 events", "peak memory MB");
        var rows = new ArrayList<List<String>>();
        var bars = new ArrayList<Section.Bar>();
        for (var count : sizes.growth()) {
            var workload = new Workload(4, count, 200, Duration.ZERO, 0, 64, true);
            try (var events = new Events(broker, workload.partitions())) {
                events.send(workload.events(), workload.groups());
                var run = backlog("scenario 6", Contender.SERVICE, workload, events, count);
                var label = Numbers.text(count);
                rows.add(List.of(
                        label,
                        Numbers.text(run.eventsPerSecond()),
                        Numbers.text(run.requestsPerSecond()),
                        Numbers.text(run.seconds()),
                        Numbers.text(run.cpuSecondsPerThousand()),
                        String.valueOf(run.peakMegabytes())));
                bars.add(new Section.Bar(label + " events", run.eventsPerSecond(), "events/s"));
            }
        }
        return new Section(
                "6. Growth: more events waiting",
                "200 groups, no limit, 0 ms, 64 at a time; the service merges.",
                header,
                rows,
                bars);
    }

    Section idle() {
        var workload = new Workload(4, sizes.singles(), sizes.singles(), Duration.ZERO, 30, 32, true);
        var header = List.of("system", "p50 ms", "p90 ms", "p99 ms", "% of a core while idle", "peak memory MB");
        var rows = new ArrayList<List<String>>();
        var bars = new ArrayList<Section.Bar>();
        for (var contender : Contender.values()) {
            try (var events = new Events(broker, workload.partitions());
                    var run = new Run(contender, workload, events)) {
                var system = run.start();
                run.awaitJoined();
                for (var i = 0; i < sizes.singles(); i++) {
                    Waiting.sleep(Duration.ofMillis(500));
                    events.send("single-" + i);
                }
                var measured = checked("scenario 7", run.awaitDone(contender.label(), events.sent()));
                var latencies = latencies(events, run.patches());
                var before = run.cpu();
                Waiting.sleep(Duration.ofSeconds(sizes.idleSeconds()));
                var idle = (run.cpu() - before) / sizes.idleSeconds();
                rows.add(List.of(
                        measured.label(),
                        Numbers.text(Numbers.percentile(latencies, 0.5)),
                        Numbers.text(Numbers.percentile(latencies, 0.9)),
                        Numbers.text(Numbers.percentile(latencies, 0.99)),
                        Numbers.percent(idle),
                        String.valueOf(system.peakMegabytes())));
                bars.add(new Section.Bar(measured.label(), Numbers.percentile(latencies, 0.5), "ms, p50"));
            }
        }
        return new Section(
                "7. Single events, and idle",
                sizes.singles()
                        + " events, one each half second: from the broker's append to the arrival at Zoom; then "
                        + sizes.idleSeconds() + " s of nothing. The clocks are read in whole milliseconds.",
                header,
                rows,
                bars);
    }

    private static double[] latencies(Events events, List<ReceivedRequest> patches) {
        // The stand-in's times are of another clock.
        var now = System.currentTimeMillis();
        var nanos = System.nanoTime();
        var appended = events.appended();
        return patches.stream()
                .filter(request -> request.status() == 204)
                .mapToDouble(request ->
                        now - (nanos - request.begun()) / 1e6 - appended.getOrDefault(request.groupId(), now))
                .toArray();
    }

    Section start() {
        var times = new double[sizes.starts()];
        var workload = new Workload(4, 0, 1, Duration.ZERO, 30, 32, true);
        try (var events = new Events(broker, workload.partitions())) {
            for (var i = 0; i < times.length; i++) {
                try (var run = new Run(Contender.SERVICE, workload, events)) {
                    var begun = System.nanoTime();
                    var system = run.start();
                    Waiting.until(Duration.ofMinutes(1), "the service is not ready", system::ready);
                    times[i] = (System.nanoTime() - begun) / 1e9;
                }
            }
        }
        return new Section(
                "8. Start",
                "From the start of the process until /observe/health/ready is 200.",
                List.of("starts", "median s", "longest s"),
                List.of(List.of(
                        String.valueOf(times.length),
                        Numbers.text(Numbers.percentile(times, 0.5)),
                        Numbers.text(Numbers.percentile(times, 1)))),
                List.of());
    }

    private List<Measurement> compare(Workload workload) {
        var runs = new ArrayList<Measurement>();
        try (var events = new Events(broker, workload.partitions())) {
            events.send(workload.events(), workload.groups());
            for (var contender : Contender.values()) {
                runs.add(backlog("a comparison of " + text(workload), contender, workload, events, workload.events()));
            }
        }
        return runs;
    }

    private Measurement backlog(String scenario, Contender contender, Workload workload, Events events, int target) {
        try (var run = new Run(contender, workload, events)) {
            run.start();
            return checked(scenario, run.awaitDone(contender.label(), target));
        }
    }

    private Measurement checked(String scenario, Measurement measured) {
        System.out.printf(
                "  %s: %s requests and %s events in %s s%n",
                measured.label(), measured.requests(), measured.events(), Numbers.text(measured.seconds()));
        if (!measured.complete()) {
            failures.add(measured.label() + " in " + scenario);
        }
        return measured;
    }

    private static String text(Workload workload) {
        return Numbers.text(workload.events()) + " events of " + Numbers.text(workload.groups()) + " groups";
    }

    /** The table for a comparison of the three. */
    private static Section section(
            String title,
            String note,
            List<Measurement> runs,
            String share,
            Share of,
            ToDoubleFunction<Measurement> rateOf) {
        var rows = new ArrayList<List<String>>();
        var bars = new ArrayList<Section.Bar>();
        var plain = rate(runs, Contender.PLAIN, rateOf);
        var parallel = rate(runs, Contender.PARALLEL, rateOf);
        for (var run : runs) {
            var rate = rateOf.applyAsDouble(run);
            rows.add(List.of(
                    run.label(),
                    Numbers.text(rate),
                    Numbers.text(run.events() == 0 ? 0 : rate * run.events() / Math.max(1, run.requests())),
                    Numbers.percent(of.of(run)),
                    Numbers.text(run.coldRate()),
                    String.valueOf(run.refused()),
                    Numbers.text(run.cpuSecondsPerThousand()),
                    String.valueOf(run.peakMegabytes()),
                    Numbers.ratio(rate, plain),
                    Numbers.ratio(rate, parallel)));
            bars.add(new Section.Bar(run.label(), rate, "requests/s"));
        }
        var header = List.of(
                "system",
                "requests/s",
                "events/s",
                share,
                "requests/s, first half",
                "429s",
                "CPU s / 1,000 events",
                "peak memory MB",
                "to plain",
                "to parallel");
        return new Section(title, note, header, rows, bars);
    }

    private static double rate(List<Measurement> runs, Contender contender, ToDoubleFunction<Measurement> rateOf) {
        Predicate<Measurement> same = run -> run.label().equals(contender.label());
        return runs.stream().filter(same).findFirst().stream()
                .mapToDouble(rateOf)
                .sum();
    }

    /** What part of the possible a run came to. */
    private interface Share {
        double of(Measurement run);
    }
}
