package groupsync.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks every few seconds that Kafka, the topics and the rights to them are there. Logs each outage and its end. */
public final class KafkaHealth implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaHealth.class);
    private static final long INTERVAL_SECONDS = 5;
    private static final int TIMEOUT_MILLIS = 4_000;

    /** An instruction for the operator. */
    public static final String REMEDY =
            "check kafka.brokers, its security (camel.component.kafka.*), the topics and the rights";

    /** The cause before the first check: a process must not be ready before it has checked. */
    public static final String STARTING = "starting, Kafka has not been looked at yet";

    /** Why Kafka cannot be used, since when, and the time of the next check. */
    public record Outage(String cause, Instant since, Instant nextCheck) {}

    private final Map<String, Object> client;
    private final String updates;
    private final TopicAccess access;
    private final TopicSettingsCheck settingsCheck;
    private final Clock clock;
    private final OpenTransactions transactions;
    private final Lag lag;
    private final AtomicLong checks = new AtomicLong();
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "kafka-health");
        thread.setDaemon(true);
        return thread;
    });
    private boolean settingsChecked;
    /** Made at the first check that resolves the name of a broker. */
    private volatile @Nullable Admin admin;

    private volatile @Nullable Outage outage;

    /**
     * Starts to check.
     *
     * @param client settings of any Kafka client
     * @param clock the time of day, to be shown
     * @param steady a clock that is never set
     */
    public KafkaHealth(
            Map<String, Object> client,
            String updates,
            String outcomes,
            String deadLetters,
            Clock clock,
            Clock steady) {
        this.client = Map.copyOf(client);
        this.updates = updates;
        access = new TopicAccess(
                Map.of(updates, AclOperation.READ, outcomes, AclOperation.WRITE, deadLetters, AclOperation.WRITE));
        settingsCheck = new TopicSettingsCheck(updates, outcomes, deadLetters);
        this.clock = clock;
        transactions = new OpenTransactions(clock, steady);
        lag = new Lag(transactions);
        outage = new Outage(STARTING, clock.instant(), clock.instant());
        var unused = schedule.scheduleWithFixedDelay(this::checkSafely, 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    /** The outage; empty while Kafka can be used. */
    public Optional<Outage> outage() {
        return Optional.ofNullable(outage);
    }

    /** The number of checks since the start. */
    public long checks() {
        return checks.get();
    }

    /**
     * The updates behind these positions at the last check; empty before the first.
     *
     * @param positions of each partition that counts, the offset of the first unread update, or a negative number
     */
    public OptionalLong behind(Map<TopicPartition, Long> positions) {
        return lag.behind(positions);
    }

    /** Those of these partitions whose updates wait behind a transaction that does not end. */
    public List<Standstill> standstills(Collection<TopicPartition> partitions) {
        return transactions.standstills(partitions);
    }

    /** A schedule ends for good at the first exception, without a word in the log. */
    private void checkSafely() {
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
            var topic =
                    Objects.requireNonNull(access.check(admin, TIMEOUT_MILLIS).get(updates));
            record(null);
            lag.measure(admin, topic, TIMEOUT_MILLIS);
            if (!settingsChecked) {
                settingsChecked = true;
                settingsCheck.run(admin, TIMEOUT_MILLIS);
            }
        } catch (TopicAccess.UnusableTopicException e) {
            record(e.getMessage());
            if (e.getCause() instanceof AuthenticationException) {
                disconnect();
            }
        }
    }

    /** The next check connects again. An expired login would stay in use otherwise. */
    private void disconnect() {
        close(Duration.ZERO);
        admin = null;
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
        var now = clock.instant();
        outage = new Outage(cause, before == null ? now : before.since(), now.plusSeconds(INTERVAL_SECONDS));
        if (before == null || !before.cause().equals(cause)) {
            LOG.warn("Kafka cannot be used cause=[{}] remedy=[{}]", cause, REMEDY);
        }
    }

    private void close(Duration timeout) {
        var current = admin;
        if (current != null) {
            current.close(timeout);
        }
    }

    @Override
    public void close() {
        schedule.shutdownNow();
        close(Duration.ofSeconds(1));
    }
}
