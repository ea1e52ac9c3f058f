package groupsync.observe;

import groupsync.queue.PendingUpdate;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether every part of the service gives signs of life. A part that is silent for long has ended or hangs, and only a
 * restart helps. A part that waits for Zoom, for Kafka or for the throttler still gives signs.
 */
public final class Liveness implements HealthCheck, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Liveness.class);

    /** In looks of one second each, so that the time for which a machine is suspended does not count. */
    static final int LONGEST_SILENCE = 300;

    private final Map<String, LongSupplier> parts;
    private final LongSupplier polls;
    private final Supplier<? extends Collection<PendingUpdate>> taken;
    private final Clock timeOfDay;
    private final Map<Object, Silence> silences = new HashMap<>();
    private volatile int longest;
    private volatile @Nullable Result dead;
    private final ScheduledExecutorService schedule =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("life-watch", true));

    /** @param looks the number of looks since the last sign */
    private record Silence(long signs, int looks) {}

    /**
     * Does not look yet.
     *
     * @param parts the number of signs that each part has given, by the name of the part
     * @param polls how often a worker has asked for an update
     * @param taken the updates that workers have taken
     * @param timeOfDay the time of day
     */
    public Liveness(
            Map<String, LongSupplier> parts,
            LongSupplier polls,
            Supplier<? extends Collection<PendingUpdate>> taken,
            Clock timeOfDay) {
        this.parts = Map.copyOf(parts);
        this.polls = polls;
        this.taken = taken;
        this.timeOfDay = timeOfDay;
    }

    /** Looks once a second from now on. */
    void start() {
        var unused = schedule.scheduleWithFixedDelay(this::lookSafely, 1, 1, TimeUnit.SECONDS);
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException e) {
            // Otherwise the schedule would end without a word in the log.
            LOG.warn("the signs of life cannot be counted", e);
        }
    }

    void look() {
        var signs = new HashMap<Object, Long>();
        parts.forEach((part, given) -> signs.put(part, given.getAsLong()));
        var busy = taken.get();
        busy.forEach(update -> signs.put(update, update.signsOfLife()));
        if (busy.isEmpty()) {
            // A busy worker does not poll, and its update gives the signs.
            signs.put("the pool of threads that take updates", polls.getAsLong());
        }
        silences.keySet().retainAll(signs.keySet());
        signs.forEach((part, given) -> silences.merge(
                part,
                new Silence(given, 0),
                (before, now) -> before.signs == given ? new Silence(given, before.looks + 1) : now));
        longest = silences.values().stream().mapToInt(Silence::looks).max().orElse(0);
        report(silences.entrySet().stream()
                .filter(silence -> silence.getValue().looks >= LONGEST_SILENCE)
                .map(silence -> silence.getKey() instanceof PendingUpdate update
                        ? "the work on the update " + update
                        : silence.getKey().toString())
                .sorted()
                .findFirst()
                .orElse(null));
    }

    private void report(@Nullable String silent) {
        var before = dead;
        if (silent == null) {
            dead = null;
            if (before != null) {
                LOG.info("all parts give signs of life again");
            }
        } else if (before == null) {
            var cause = silent + " has given no sign of life for " + LONGEST_SILENCE + " s";
            LOG.error("a restart is needed cause=[{}]", cause);
            var now = timeOfDay.instant();
            dead = Result.down("life", cause, "take a thread dump, restart the service and report it", now, now);
        }
    }

    @Override
    public Result check() {
        var result = dead;
        return result == null ? Result.up("life") : result;
    }

    /** The longest current silence of a part, in seconds. */
    int longestSilence() {
        return longest;
    }

    @Override
    public void close() {
        schedule.shutdownNow();
    }
}
