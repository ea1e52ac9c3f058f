package groupsync.sandbox;

import java.time.Duration;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Models of the time from a request to its answer. Each draws with a fixed seed, so that all runs meet the same times. */
public final class Latencies {

    private static final long SEED = 20;
    /** 99% of a standard normal distribution are below it. */
    private static final double Z_99 = 2.326348;

    private Latencies() {}

    /** Always the same time. */
    public static Supplier<Duration> constant(Duration time) {
        return () -> time;
    }

    /** Any time between these two, all of them equally likely. */
    public static Supplier<Duration> uniform(Duration shortest, Duration longest) {
        var random = new Random(SEED);
        return times(() -> seconds(shortest) + random.nextDouble() * (seconds(longest) - seconds(shortest)));
    }

    /**
     * Log-normal: most answers come early, and some very late. The logarithm of the time has the mean ln(median), and the
     * standard deviation sigma = (ln(rare) - ln(median)) / 2.326: 1.035 for 180 ms and 2 s, whose mean is 307 ms.
     *
     * @param median half of the answers take longer
     * @param rare one of a hundred answers takes longer
     */
    public static Supplier<Duration> logNormal(Duration median, Duration rare) {
        var random = new Random(SEED);
        var sigma = Math.log(seconds(rare) / seconds(median)) / Z_99;
        return times(() -> seconds(median) * Math.exp(sigma * random.nextGaussian()));
    }

    private static Supplier<Duration> times(DoubleSupplier seconds) {
        return () -> Duration.ofNanos(Math.round(seconds.getAsDouble() * 1e9));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
