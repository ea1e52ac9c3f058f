package groupsync.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether updates can be read, across the consumers that replace each other. Logs each change. */
public final class ConsumerHealth {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerHealth.class);

    /** While a right is missing, several polls a second fail, and between them others succeed without records. */
    private static final Duration WITHOUT_FAILURE = Duration.ofSeconds(5);

    private final Clock timeOfDay;
    private final Clock steady;
    private volatile @Nullable Outage outage;
    private final AtomicLong polls = new AtomicLong();
    private Instant lastFailed = Instant.MIN;

    /**
     * Without an outage at first.
     *
     * @param timeOfDay the time of day, to be shown
     * @param steady a clock that is never set
     */
    public ConsumerHealth(Clock timeOfDay, Clock steady) {
        this.timeOfDay = timeOfDay;
        this.steady = steady;
    }

    /** Why updates cannot be read; empty while they can be. */
    public Optional<Outage> outage() {
        return Optional.ofNullable(outage);
    }

    /** The thread that reads updates polls now, or connects. */
    void polled() {
        polls.incrementAndGet();
    }

    /** The number of polls since the start, failed ones included; it grows at least once a second. */
    public long polls() {
        return polls.get();
    }

    void failed(RuntimeException e) {
        var cause = cause(e);
        var before = outage;
        lastFailed = steady.instant();
        outage = new Outage(cause, before == null ? timeOfDay.instant() : before.since());
        if (before == null || !before.cause().equals(cause)) {
            LOG.warn("updates cannot be read cause=[{}]", cause);
        }
    }

    /** @param records whether any were read, which ends the outage at once */
    void succeeded(boolean records) {
        if (outage != null && (records || !steady.instant().isBefore(lastFailed.plus(WITHOUT_FAILURE)))) {
            outage = null;
            LOG.info("updates are read again");
        }
    }

    static String cause(Throwable e) {
        var root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof UnsupportedVersionException
                ? "consumer.group-protocol=consumer needs brokers from 4.0 on; set it to classic"
                : e == root ? e.toString() : e + ", caused by " + root;
    }
}
