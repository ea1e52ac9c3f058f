package groupsync.faults;

import groupsync.sandbox.ReceivedRequest;
import java.time.Duration;
import java.util.List;

/** The requests in a pause, which should be probes only. */
final class Probes {

    /** Timers are not exact. */
    private static final double TOLERANCE = 0.85;

    private Probes() {}

    /**
     * Checks that there are no more probes than intervals: in each a GET and, after its answer, one update. Two probes may
     * be closer together: a busy machine may delay the first one.
     *
     * @return the number of requests
     */
    static int atMostOnePerInterval(World world, long from, long to, Duration interval) {
        var all = 0;
        for (var method : List.of("GET", "PATCH")) {
            var begun = world.requests(method).stream()
                    .map(ReceivedRequest::begun)
                    .filter(time -> time >= from && time < to)
                    .toList();
            all += begun.size();
            world.must
                    .assertThat(begun.size())
                    .as("%s requests in %d ms of pause, one for each %s", method, (to - from) / 1_000_000, interval)
                    .isLessThanOrEqualTo((int) ((to - from) / (TOLERANCE * interval.toNanos())) + 1);
        }
        return all;
    }
}
