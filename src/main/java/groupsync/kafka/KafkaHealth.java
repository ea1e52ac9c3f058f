package groupsync.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks every few seconds that Kafka, the topics and the rights to them are there. Logs each outage and its end. */
public final class KafkaHealth implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaHealth.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int TIMEOUT_MILLIS = 4_000;
    /** A process must not be ready before it has checked. */
    private static final String STARTING = "starting, Kafka has not been looked at yet";

    /** An instruction for the operator. */
    public static final String REMEDY =
            "check kafka.brokers, its security (camel.component.kafka.*), the topics and the rights";

    private final String updates;
    private final TopicAccess access;
    private final TopicSettingsCheck settingsCheck;
    private final Lag lag;
    private final Clock timeOfDay;
    private final AtomicLong checks = new AtomicLong();
    private final ScheduledExecutorService schedule =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("kafka-health", true));
    private boolean settingsChecked;
    /** Made at the first check that resolves the name of a broker. */
    private volatile @Nullable Admin admin;

    private volatile @Nullable Outage outage;
    private volatile Instant nextCheck;

    /**
     * Has an outage until the first check.
     *
     * @param lag measured at each check
     * @param timeOfDay the time of day, to be shown
     */
    public KafkaHealth(String updates, String outcomes, String deadLetters, Lag lag, Clock timeOfDay) {
        this.updates = updates;
        access = new TopicAccess(
                Map.of(updates, AclOperation.READ, outcomes, AclOperation.WRITE, deadLetters, AclOperation.WRITE));
        settingsCheck = new TopicSettingsCheck(updates, outcomes, deadLetters);
        this.lag = lag;
        this.timeOfDay = timeOfDay;
        nextCheck = timeOfDay.instant();
        outage = new Outage(STARTING, nextCheck);
    }

    /** Starts to check, with these settings of any Kafka client. */
    public void start(Map<String, Object> client) {
        var unused =
                schedule.scheduleWithFixedDelay(() -> checkSafely(client), 0, INTERVAL.toSeconds(), TimeUnit.SECONDS);
    }

    /** The outage; empty while Kafka can be used. */
    public Optional<Outage> outage() {
        return Optional.ofNullable(outage);
    }

    /** The time of day of the next check during an outage. */
    public Instant nextCheck() {
        return nextCheck;
    }

    /** The number of checks since the start. */
    public long checks() {
        return checks.get();
    }

    /** A schedule ends for good at the first exception, without a word in the log. */
    private void checkSafely(Map<String, Object> client) {
        try {
            var current = admin;
            if (current == null) {
                current = Admin.create(client);
                admin = current;
            }
            check(current);
        } catch (RuntimeException e) {
            record(ConsumerHealth.cause(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        checks.incrementAndGet();
    }

    private void check(Admin admin) throws InterruptedException {
        try {
            var topics = access.check(admin, TIMEOUT_MILLIS);
            record(null);
            lag.measure(admin, Objects.requireNonNull(topics.get(updates)), TIMEOUT_MILLIS);
            if (!settingsChecked) {
                settingsChecked = true;
                settingsCheck.run(admin, TIMEOUT_MILLIS);
            }
        } catch (TopicAccess.UnusableTopicException e) {
            record(e.getMessage());
            if (e.getCause() instanceof AuthenticationException) {
                // The next check connects again. An expired login would stay in use otherwise.
                disconnect(Duration.ZERO);
            }
        }
    }

    private void record(@Nullable String cause) {
        var before = outage;
        if (cause == null) {
            outage = null;
            if (before != null && !before.cause().equals(STARTING)) {
                LOG.info("Kafka can be used again");
            }
            return;
        }
        var now = timeOfDay.instant();
        nextCheck = now.plus(INTERVAL);
        outage = new Outage(cause, before == null ? now : before.since());
        if (before == null || !before.cause().equals(cause)) {
            LOG.warn("Kafka cannot be used cause=[{}] remedy=[{}]", cause, REMEDY);
        }
    }

    private void disconnect(Duration timeout) {
        var current = admin;
        if (current != null) {
            admin = null;
            current.close(timeout);
        }
    }

    @Override
    public void close() {
        schedule.shutdownNow();
        disconnect(Duration.ofSeconds(1));
    }
}
