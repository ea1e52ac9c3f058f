package groupsync.benchmark;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Scenarios in which all events wait when a system starts, each on topics of its own.
 *
 * @param failures takes the systems that did not apply all their events
 */
record BacklogScenarios(Broker broker, Sizes sizes, List<String> failures) {

    private static final int LIMIT = 80;
    private static final Duration TYPICAL = Duration.ofMillis(50);

    /** Warms up the stand-in and the broker before anything is measured. */
    void warmUp() {
        var workload = new Workload(4, sizes.warmUp(), 1000, Duration.ZERO, 0, 64, false);
        try (var events = events(workload)) {
            backlog(Contender.PLAIN, workload, events, workload.events());
        }
    }

    Section rateLimited() {
        var workload = new Workload(4, sizes.steady(), sizes.steady(), TYPICAL, LIMIT, 32, false);
        return compare(
                "1. At the limit: 80 requests/s, 50 ms, 32 at a time",
                workload + ", all of them waiting. Zoom counts each second strictly, on arrival.",
                workload,
                "of the limit",
                LIMIT,
                Measurement::steadyRate);
    }

    Section slow() {
        var workload = new Workload(4, sizes.slow(), 1000, TYPICAL, 0, 64, false);
        var possible = workload.concurrency() / (TYPICAL.toMillis() / 1000.0);
        return compare(
                "2. No limit, 50 ms, 64 at a time",
                workload + ". Latency and concurrency allow " + Section.text(possible)
                        + " requests/s. Measured in the second half; the first half is from a cold start.",
                workload,
                "of what is possible",
                possible,
                Measurement::warmRate);
    }

    Section fast() {
        var workload = new Workload(4, sizes.fast(), 1000, Duration.ZERO, 0, 64, false);
        return compare(
                "3. No limit, 0 ms, 64 at a time",
                workload + ". Broker, stand-in and system share the processors. Measured in the second half.",
                workload,
                "of plain",
                0,
                Measurement::warmRate);
    }

    /** @param possible requests/s; 0 for those of the plain consumer */
    private Section compare(
            String title,
            String note,
            Workload workload,
            String share,
            double possible,
            ToDoubleFunction<Measurement> rateOf) {
        var runs = new EnumMap<Contender, Measurement>(Contender.class);
        try (var events = events(workload)) {
            for (var contender : Contender.values()) {
                runs.put(contender, backlog(contender, workload, events, workload.events()));
            }
        }
        var rates = new EnumMap<Contender, Double>(Contender.class);
        runs.forEach((contender, run) -> rates.put(contender, rateOf.applyAsDouble(run)));
        var section = new Section(
                title,
                note,
                "system | requests/s | events/s | " + share + " | requests/s, first half | 429s | CPU s / 1,000 events"
                        + " | second half | peak memory MB | to plain | to parallel | to careful | to parallel-careful");
        for (var contender : Contender.values()) {
            var run = runs.get(contender);
            var rate = rates.get(contender);
            section.row(
                    run.label(),
                    rate,
                    rate * run.events() / Math.max(1, run.requests()),
                    Section.percent(rate / (possible == 0 ? rates.get(Contender.PLAIN) : possible)),
                    run.coldRate(),
                    run.refused(),
                    run.cpuSecondsPerThousand(),
                    run.warmCpuSecondsPerThousand(),
                    run.peakMegabytes(),
                    Section.ratio(rate, rates.get(Contender.PLAIN)),
                    Section.ratio(rate, rates.get(Contender.PARALLEL)),
                    Section.ratio(rate, rates.get(Contender.CAREFUL)),
                    Section.ratio(rate, rates.get(Contender.PARALLEL_CAREFUL)));
        }
        return section;
    }

    Section fewGroups() {
        var workload = new Workload(4, sizes.backlog(), sizes.backlogGroups(), TYPICAL, LIMIT, 32, true);
        var section = new Section(
                "4. A backlog of few groups, 80 requests/s",
                workload + ", all of them waiting; the service merges. The others were stopped after their first "
                        + sizes.limited() + " events; their seconds are extrapolated from these.",
                "system | events/s | requests/s | requests/event | seconds | 429s");
        try (var events = events(workload)) {
            for (var contender : Contender.values()) {
                var all = contender == Contender.SERVICE;
                var target = all ? workload.events() : Math.min(sizes.limited(), workload.events());
                var run = backlog(contender, workload, events, target);
                var perSecond = all ? run.eventsPerSecond() : run.steadyRate();
                section.row(
                        run.label(),
                        perSecond,
                        run.steadyRate(),
                        (double) run.requests() / run.events(),
                        all ? run.seconds() : "about " + Section.text(workload.events() / perSecond),
                        run.refused());
            }
        }
        return section;
    }

    Section growth() {
        var section = new Section(
                "6. Growth: more events waiting",
                "200 groups, no limit, 0 ms, 64 at a time; the service merges.",
                "events waiting | events/s | requests/s | seconds | CPU s / 1,000 events | peak memory MB");
        for (var count : sizes.growth()) {
            var workload = new Workload(4, count, 200, Duration.ZERO, 0, 64, true);
            try (var events = events(workload)) {
                var run = backlog(Contender.SERVICE, workload, events, count);
                section.row(
                        Section.text(count),
                        run.eventsPerSecond(),
                        run.requests() / run.seconds(),
                        run.seconds(),
                        run.cpuSecondsPerThousand(),
                        run.peakMegabytes());
            }
        }
        return section;
    }

    Section mapped() {
        var section = new Section(
                "9. Records of Debezium, mapped by debezium.jq",
                "1,000 groups, no limit, 0 ms, 64 at a time, one request for each event.",
                "events | events/s | CPU s / 1,000 events | peak memory MB | to events without a mapping");
        var without = 0.0;
        for (var mapped : List.of(false, true)) {
            var workload = new Workload(4, sizes.mapped(), 1000, Duration.ZERO, 0, 64, false, mapped);
            try (var events = events(workload)) {
                var run = backlog(Contender.SERVICE, workload, events, workload.events());
                without = mapped ? without : run.warmRate();
                section.row(
                        Section.text(workload.events()) + (mapped ? " of Debezium" : " without a mapping"),
                        run.warmRate(),
                        run.cpuSecondsPerThousand(),
                        run.peakMegabytes(),
                        Section.ratio(run.warmRate(), without));
            }
        }
        return section;
    }

    /** All events of a workload, sent before a system runs. */
    private Events events(Workload workload) {
        var events = new Events(broker, workload.partitions(), workload.mapped());
        events.send(workload.events(), workload.groups());
        return events;
    }

    private Measurement backlog(Contender contender, Workload workload, Events events, int target) {
        try (var run = new Run(contender, workload, events, failures)) {
            run.start();
            return run.awaitDone(contender.toString(), target);
        }
    }
}
