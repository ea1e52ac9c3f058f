package groupsync.benchmark;

import java.util.List;

/**
 * The result of one run.
 *
 * @param label of the system, or the number of instances
 * @param events that were done
 * @param arrivals the times of the requests that Zoom applied, in seconds after the first
 * @param refused requests that Zoom answered 429
 * @param cpuSeconds of all its processes from the first request on
 * @param warmCpuSeconds those of the second half of the requests; 0 where requests are merged
 * @param peakMegabytes of its largest process
 */
record Measurement(
        String label,
        int events,
        List<Double> arrivals,
        long refused,
        double cpuSeconds,
        double warmCpuSeconds,
        long peakMegabytes) {

    int requests() {
        return arrivals.size();
    }

    /** From the first request to the last. */
    double seconds() {
        return arrivals.isEmpty() ? 0 : arrivals.get(requests() - 1);
    }

    /** Requests per second in the first half, while Java still compiles. */
    double coldRate() {
        return rate(0, requests() / 2);
    }

    /** Requests per second in the second half. */
    double warmRate() {
        return rate(requests() / 2, requests() - 1);
    }

    private double rate(int from, int to) {
        return to <= from ? 0 : (to - from) / (arrivals.get(to) - arrivals.get(from));
    }

    double eventsPerSecond() {
        return seconds() == 0 ? 0 : events / seconds();
    }

    double cpuSecondsPerThousand() {
        return events == 0 ? 0 : cpuSeconds * 1000 / events;
    }

    double warmCpuSecondsPerThousand() {
        return events == 0 ? 0 : warmCpuSeconds * 2000 / events;
    }

    /** The slope of the straight line that fits the count over time best: a burst at the start does not flatter it. */
    double steadyRate() {
        var mean = arrivals.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        var covariance = 0.0;
        var variance = 0.0;
        for (var i = 0; i < requests(); i++) {
            var distance = arrivals.get(i) - mean;
            covariance += distance * (i - (requests() - 1) / 2.0);
            variance += distance * distance;
        }
        return variance == 0 ? 0 : covariance / variance;
    }
}
