package groupsync.benchmark;

import groupsync.sandbox.Latencies;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/**
 * The share of the limit that the service uses while the time to Zoom's answer differs, on one instance and on several.
 *
 * @param failures takes the runs that did not apply all their events
 */
record LatencyScenario(Broker broker, Sizes sizes, List<String> failures) {

    private static final int PARTITIONS = 12;
    private static final int LIMIT = 80;
    /** The share of the requests after which partitions may have nothing left to do. */
    private static final double BEFORE_THE_TAIL = 0.75;

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMillis(300);
    private static final Duration RARE = Duration.ofSeconds(2);
    private static final Duration STALL = Duration.ofSeconds(3);
    /** Long enough for the pace to settle. */
    private static final int SPANS_BESIDE_ANOTHER_APP = 16;

    private static final double OTHER_APP = LIMIT / 3.0;

    private static final String NOTE = """
            Events for %d s at the limit, a group each, on %d partitions, all of them waiting at the start. Log-normal: median
            180 ms, 1%% above 2 s. The stall holds all answers for 3 s in the middle. To several instances, Zoom answers after 200
            to 300 ms. *From cold*: they start together. *One joins*: it starts after a quarter of the time. *Settled*: all have
            joined before the events come. *One busy partition*: likewise, the others have nothing to do, and the run ends after
            half of the time. *Another app*: it sends a third of the limit at random times (Poisson), four times as long; the shares
            are of what it leaves. *A day*: zoom.requests-per-day has this value, so half of the events are left. Start: the first %s s from the first request on. Steady: after the start, on several instances until
            three quarters of the requests have come. Weakest: of all parts of %s s, in the same time. In all: from the first
            request to the last. 429s: of all requests, by a strict sliding second on arrival. In flight: the most at Zoom at a
            time; allowed: to an instance.""";

    /**
     * A way in which Zoom answers.
     *
     * @param longest time to an answer, but for one of a hundred
     */
    private record Model(String label, Supplier<Duration> times, Duration longest, Duration stall) {

        Model(String label, Supplier<Duration> times, Duration longest) {
            this(label, times, longest, Duration.ZERO);
        }

        /** The default, or more if the limit needs more. */
        int concurrency(int limit) {
            return Math.max(32, (int) (limit * longest.plus(stall).toMillis() / 1000));
        }
    }

    private static Model uniform() {
        return new Model("200 to 300 ms", Latencies.uniform(SHORT, LONG), LONG);
    }

    /** With their seeds at the beginning. */
    private static List<Model> models() {
        return List.of(
                new Model("250 ms", Latencies.constant(Duration.ofMillis(250)), Duration.ofMillis(250)),
                uniform(),
                new Model("log-normal", Latencies.logNormal(Duration.ofMillis(180), RARE), RARE),
                new Model("200 to 300 ms and a stall", Latencies.uniform(SHORT, LONG), LONG, STALL));
    }

    Section latencies() throws InterruptedException {
        var section = new Section(
                "11. The limit under real latency",
                NOTE.formatted(sizes.seconds(), PARTITIONS, Section.text(span()), Section.text(span())),
                "limit and latency, or instances | requests | start | steady | weakest | in all | 429s | in flight | allowed"
                        + " | CPU s / 1,000 events");
        for (var limit : sizes.limits()) {
            for (var model : models()) {
                row(section, limit + "/s, " + model.label(), limit, model, 1, (run, events, label) -> {
                    events.send(sizes.seconds() * limit, sizes.seconds() * limit);
                    run.start();
                    if (!model.stall().isZero()) {
                        run.awaitFirst();
                        Thread.sleep(sizes.seconds() * 500L);
                        run.zoom().stall(model.stall());
                    }
                    return run.awaitDone(label, events.sent());
                });
            }
        }
        for (var count : sizes.instances()) {
            instances(section, count);
        }
        besideAnotherApp(section);
        untilTheBoundOfTheDay(section, 1);
        untilTheBoundOfTheDay(section, 3);
        return section;
    }

    private void instances(Section section, int count) throws InterruptedException {
        var all = LIMIT * sizes.seconds();
        row(section, count + " from cold", LIMIT, uniform(), BEFORE_THE_TAIL, (run, events, label) -> {
            events.send(all, all);
            run.start(count);
            return run.awaitDone(label, all);
        });
        row(section, count + ", one joins", LIMIT, uniform(), BEFORE_THE_TAIL, (run, events, label) -> {
            events.send(all, all);
            run.start(count - 1);
            run.awaitFirst();
            Thread.sleep(sizes.seconds() * 250L);
            run.start();
            return run.awaitDone(label, all);
        });
        row(section, count + " settled", LIMIT, uniform(), BEFORE_THE_TAIL, (run, events, label) -> {
            awaitSettled(run, count);
            events.send(all, all);
            return run.awaitDone(label, all);
        });
        row(section, count + ", one busy partition", LIMIT, uniform(), 1, (run, events, label) -> {
            awaitSettled(run, count);
            events.sendToOnePartition(all, PARTITIONS);
            return run.awaitAtMost(Duration.ofSeconds(sizes.seconds()).dividedBy(2), label, all);
        });
    }

    private void besideAnotherApp(Section section) throws InterruptedException {
        var events = (int) ((LIMIT - OTHER_APP) * span() * SPANS_BESIDE_ANOTHER_APP);
        row(section, LIMIT + "/s, another app", LIMIT, uniform(), 1, (run, sent, label) -> {
            sent.send(events, events);
            run.start();
            run.awaitFirst();
            run.zoom().otherApp(OTHER_APP, new Random(20));
            return run.awaitDone(label, events);
        });
    }

    private void untilTheBoundOfTheDay(Section section, int instances) throws InterruptedException {
        var bound = LIMIT * sizes.seconds() / 2;
        row(section, instances + ", " + bound + " a day", LIMIT, uniform(), 1, (run, events, label) -> {
            run.set("zoom.requests-per-day", bound);
            awaitSettled(run, instances);
            events.send(2 * bound, 2 * bound);
            return run.awaitAtMost(Duration.ofSeconds(sizes.seconds()), label, 2 * bound);
        });
    }

    private static void awaitSettled(Run run, int instances) throws InterruptedException {
        run.start(instances);
        run.awaitJoined();
        // By then, each knows the shares of the others.
        Thread.sleep(1000);
    }

    /** @param end the share of the requests that counts as steady */
    private void row(Section section, String label, int limit, Model model, double end, Work work)
            throws InterruptedException {
        var chosen = System.getProperty("benchmark.runs", "");
        if (!chosen.isEmpty() && !label.matches(chosen)) {
            return;
        }
        var workload = new Workload(
                PARTITIONS,
                limit * sizes.seconds(),
                limit * sizes.seconds(),
                Duration.ZERO,
                limit,
                model.concurrency(limit),
                false);
        try (var events = new Events(broker, PARTITIONS, workload.mapped());
                var run = new Run(Contender.SERVICE, workload, events, failures)) {
            run.zoom().latency(model.times());
            var measured = work.measure(run, events, label);
            var others = measured.seconds() == 0 ? 0 : run.zoom().takenByOtherApp() / measured.seconds();
            var use = new LimitUse(measured.arrivals(), limit - others, span());
            var shares = List.of(use.atTheStart(), use.steady(end), use.weakest(end), use.inAll()).stream()
                    .map(Section::percent)
                    .toList();
            var refused = (double) measured.refused() / Math.max(1, measured.requests() + measured.refused());
            section.row(
                    label,
                    measured.requests(),
                    shares.get(0),
                    shares.get(1),
                    shares.get(2),
                    shares.get(3),
                    String.format(Locale.ROOT, "%.2f%%", refused * 100),
                    run.mostInFlight(),
                    workload.concurrency(),
                    measured.cpuSecondsPerThousand());
            System.out.printf(
                    "    start, steady, weakest, in all: %s; %d 429s; load average %.1f%n",
                    shares,
                    measured.refused(),
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        }
    }

    private double span() {
        return sizes.seconds() / 4.0;
    }

    /** What is done, and measured, in a run. */
    @FunctionalInterface
    private interface Work {
        Measurement measure(Run run, Events events, String label) throws InterruptedException;
    }
}
