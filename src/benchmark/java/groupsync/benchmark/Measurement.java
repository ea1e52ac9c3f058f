package groupsync.benchmark;

import groupsync.sandbox.ReceivedRequest;
import java.util.List;

/**
 * What one run came to.
 *
 * @param label which system, or how many of it
 * @param events that were done
 * @param requests that Zoom applied
 * @param refused that Zoom answered 429
 * @param seconds from the first request to the last
 * @param steadyRate requests per second where a limit holds
 * @param coldRate requests per second in the first half, while Java still compiles what is done
 * @param warmRate requests per second in the second half
 * @param cpuSeconds of all its processes from the first request on
 * @param peakMegabytes of its largest process
 * @param complete whether all that was to be applied is
 */
record Measurement(
        String label,
        int events,
        int requests,
        int refused,
        double seconds,
        double steadyRate,
        double coldRate,
        double warmRate,
        double cpuSeconds,
        long peakMegabytes,
        boolean complete) {

    static Measurement of(
            String label,
            int events,
            List<ReceivedRequest> patches,
            double cpuSeconds,
            long peakMegabytes,
            boolean complete) {
        var applied = patches.stream()
                .filter(request -> request.status() == 204)
                .mapToLong(ReceivedRequest::begun)
                .toArray();
        var refused = (int)
                patches.stream().filter(request -> request.status() == 429).count();
        var seconds = applied.length < 2 ? 0 : (applied[applied.length - 1] - applied[0]) / 1e9;
        var half = applied.length / 2;
        return new Measurement(
                label,
                events,
                applied.length,
                refused,
                seconds,
                slope(applied),
                rate(applied, 0, half),
                rate(applied, half, applied.length - 1),
                cpuSeconds,
                peakMegabytes,
                complete);
    }

    private static double rate(long[] times, int from, int to) {
        return to <= from ? 0 : (to - from) * 1e9 / (times[to] - times[from]);
    }

    double requestsPerSecond() {
        return seconds == 0 ? 0 : requests / seconds;
    }

    double eventsPerSecond() {
        return seconds == 0 ? 0 : events / seconds;
    }

    double cpuSecondsPerThousand() {
        return events == 0 ? 0 : cpuSeconds * 1000 / events;
    }

    /** The slope of the straight line that fits the count over time best: a burst at the start does not flatter it. */
    private static double slope(long[] times) {
        if (times.length < 2) {
            return 0;
        }
        var meanCount = (times.length - 1) / 2.0;
        var meanTime = 0.0;
        for (var time : times) {
            meanTime += (time - times[0]) / 1e9 / times.length;
        }
        var covariance = 0.0;
        var variance = 0.0;
        for (var i = 0; i < times.length; i++) {
            var distance = (times[i] - times[0]) / 1e9 - meanTime;
            covariance += distance * (i - meanCount);
            variance += distance * distance;
        }
        return variance == 0 ? 0 : covariance / variance;
    }
}
