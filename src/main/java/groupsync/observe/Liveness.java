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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether all that should go on does. What gives no sign of life for long has ended or hangs for good, and only a
 * restart mends it: nothing that the service waits for, such as Zoom, Kafka or a slot of the limit, keeps it from
 * giving signs.
 */
final class Liveness implements HealthCheck, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Liveness.class);

    /** Looks of a second each, so that the time for which a machine is suspended does not count. */
    static final int LONGEST_SILENCE = 300;

    private final Map<String, LongSupplier> parts;
    private final Supplier<? extends Collection<PendingUpdate>> underWay;
    private final Clock clock;
    private final Map<Object, Silence> silences = new HashMap<>();
    private volatile int longest;
    private volatile @Nullable Result dead;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "life-watch");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param looks since the signs were so many
     */
    private record Silence(long signs, int looks) {}

    /**
     * Does not look yet.
     *
     * @param parts how many signs of life each has given
     * @param underWay the updates that are worked on
     */
    Liveness(Map<String, LongSupplier> parts, Supplier<? extends Collection<PendingUpdate>> underWay, Clock clock) {
        this.parts = Map.copyOf(parts);
        this.underWay = underWay;
        this.clock = clock;
    }

    /** Looks once a second from now on. */
    void start() {
        var unused = looks.scheduleWithFixedDelay(this::lookSafely, 1, 1, TimeUnit.SECONDS);
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException e) {
            // Otherwise the schedule would end, and nobody would hear of it.
            LOG.warn("cannot look whether all goes on", e);
        }
    }

    void look() {
        var signs = new HashMap<Object, Long>();
        parts.forEach((part, given) -> signs.put(part, given.getAsLong()));
        underWay.get().forEach(update -> signs.put(update, update.signsOfLife()));
        silences.keySet().retainAll(signs.keySet());
        signs.forEach((which, given) -> silences.merge(
                which,
                new Silence(given, 0),
                (before, now) -> before.signs == given ? new Silence(given, before.looks + 1) : now));
        longest = silences.values().stream().mapToInt(Silence::looks).max().orElse(0);
        found(silences.entrySet().stream()
                .filter(silence -> silence.getValue().looks >= LONGEST_SILENCE)
                .map(silence -> silence.getKey() instanceof PendingUpdate update
                        ? "the work on the update " + update
                        : silence.getKey().toString())
                .sorted()
                .findFirst()
                .orElse(null));
    }

    private void found(@Nullable String silent) {
        var before = dead;
        if (silent == null) {
            dead = null;
            if (before != null) {
                LOG.info("all goes on again");
            }
        } else if (before == null) {
            var cause = silent + " has given no sign of life for " + LONGEST_SILENCE + " s";
            LOG.error("only a restart mends this cause=[{}]", cause);
            var now = clock.instant();
            dead = Result.down("life", cause, "take a thread dump, restart the service and report it", now, now);
        }
    }

    @Override
    public Result check() {
        var found = dead;
        return found == null ? Result.up("life") : found;
    }

    /** For how many seconds the most silent of all has given no sign of life. */
    int longestSilence() {
        return longest;
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
