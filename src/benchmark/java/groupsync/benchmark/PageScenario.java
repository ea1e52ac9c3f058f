package groupsync.benchmark;

import java.time.Duration;
import java.util.List;

/**
 * The cost of the page under /observe/ while all events wait when the service starts.
 *
 * @param failures takes the runs that did not apply all their events
 */
record PageScenario(Broker broker, Sizes sizes, List<String> failures) {

    private static final int PAGES = 3;

    Section pages() {
        var workload = new Workload(4, sizes.mapped(), 1000, Duration.ZERO, 0, 64, false);
        var section = new Section(
                "10. The page, open three times",
                workload
                        + ", no limit, 0 ms, 64 at a time, one request for each event. In turn without a page, and with"
                        + " three clients that ask for health and status every 2 s, as three open pages do.",
                "pages | answers to them | requests/s | CPU s / 1,000 events | peak memory MB");
        var rates = new double[2];
        try (var events = new Events(broker, workload.partitions(), workload.mapped())) {
            events.send(workload.events(), workload.groups());
            for (var pages : new int[] {0, PAGES, 0, PAGES, 0, PAGES}) {
                try (var run = new Run(Contender.SERVICE, workload, events, failures);
                        var open = new OpenPages(pages, run.start().managementPort())) {
                    var measured = run.awaitDone(pages + " pages", workload.events());
                    rates[pages / PAGES] += measured.warmRate();
                    section.row(
                            pages,
                            open.answers(),
                            measured.warmRate(),
                            measured.cpuSecondsPerThousand(),
                            measured.peakMegabytes());
                }
            }
        }
        section.row("with / without", "", Section.ratio(rates[1], rates[0]), "", "");
        return section;
    }
}
