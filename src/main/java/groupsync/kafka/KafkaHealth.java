package groupsync.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every few seconds whether Kafka and the topics are there and how far the updates go, and tells when Kafka goes or comes. */
public final class KafkaHealth implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaHealth.class);
    private static final long INTERVAL_SECONDS = 5;
    private static final int TIMEOUT_MILLIS = 4_000;
    /** More than the headers of a dead letter ever take, in bytes. */
    private static final long HEADERS = 16_384;

    /** Likewise. One that is larger has a trace state or a tracking id as none should be. */
    private static final long LARGEST_OUTCOME = 16_384;

    /** What an operator can do about it. */
    public static final String REMEDY =
            "check kafka.brokers, its security (camel.component.kafka.*), the topics and the rights";

    /** A process that has just started must not say that it is ready before it knows. */
    public static final String STARTING = "starting, Kafka has not been looked at yet";

    /** Why Kafka cannot be used, since when, and when it is next looked at. */
    public record Outage(String cause, Instant since, Instant nextCheck) {}

    private final Map<String, Object> client;
    /** What the service does with each topic, and so has to have the right to do. */
    private final Map<String, AclOperation> topics;

    private final String updates;
    private final String outcomes;
    private final String deadLetters;
    private final Clock clock;
    private final OpenTransactions transactions;
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "kafka-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicLong checks = new AtomicLong();
    private boolean settingsChecked;
    /** Made when it is first needed: it cannot be while no name of a broker can be resolved. */
    private volatile @Nullable Admin admin;

    private volatile @Nullable Outage outage;
    private volatile Map<TopicPartition, Span> spans = Map.of();

    /** From the first event that is still there to where the next one will be. */
    private record Span(long begin, long end) {}

    /**
     * Starts to look.
     *
     * @param client how to connect, as for any client of Kafka
     * @param clock the time of day, which is shown
     * @param steady a clock that nobody sets
     */
    public KafkaHealth(
            Map<String, Object> client,
            String updates,
            String outcomes,
            String deadLetters,
            Clock clock,
            Clock steady) {
        this.client = Map.copyOf(client);
        this.topics = Map.of(updates, AclOperation.READ, outcomes, AclOperation.WRITE, deadLetters, AclOperation.WRITE);
        this.updates = updates;
        this.outcomes = outcomes;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.transactions = new OpenTransactions(clock, steady);
        this.outage = new Outage(STARTING, clock.instant(), clock.instant());
        var unused = schedule.scheduleWithFixedDelay(this::checkSafely, 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    /** Why Kafka cannot be used, if it cannot, or nobody knows yet. */
    public Optional<Outage> outage() {
        return Optional.ofNullable(outage);
    }

    /**
     * How many updates there are behind these positions, as of the last look; it needs no consumer, whose own lag stands
     * still while it is paused.
     *
     * @param positions for each partition that counts, the offset of the first that was not read, or a negative number
     */
    public OptionalLong behind(Map<TopicPartition, Long> positions) {
        var known = spans;
        if (known.isEmpty()) {
            return OptionalLong.empty();
        }
        var behind = 0L;
        for (var position : positions.entrySet()) {
            var span = known.get(position.getKey());
            if (span != null) {
                behind += Math.max(0, span.end() - Math.max(span.begin(), position.getValue()));
            }
        }
        return OptionalLong.of(behind);
    }

    /** Those of these partitions whose updates wait behind a transaction that does not end. */
    public List<Standstill> standstills(Collection<TopicPartition> partitions) {
        return transactions.standstills(partitions);
    }

    /** A schedule ends for good at the first exception, and nobody would hear of it. */
    private void checkSafely() {
        try {
            check();
        } catch (RuntimeException e) {
            record(ConsumerHealth.cause(e));
        }
        checks.incrementAndGet();
    }

    /** The number of checks since the start. */
    public long checks() {
        return checks.get();
    }

    private void check() {
        var current = admin;
        if (current == null) {
            current = Admin.create(client);
            admin = current;
        }
        check(current);
    }

    private void check(Admin admin) {
        var partitions = List.<TopicPartition>of();
        var options = new DescribeTopicsOptions().timeoutMs(TIMEOUT_MILLIS).includeAuthorizedOperations(true);
        for (var description :
                admin.describeTopics(topics.keySet(), options).topicNameValues().entrySet()) {
            try {
                var topic = description.getValue().get();
                var allowed = topic.authorizedOperations();
                // Seen now, and not when there is an outcome or a dead letter that cannot be published.
                if (allowed != null && !allowed.contains(topics.get(topic.name()))) {
                    record(missingRight(topic.name()));
                    return;
                }
                if (topic.name().equals(updates)) {
                    partitions = topic.partitions().stream()
                            .map(partition -> new TopicPartition(updates, partition.partition()))
                            .toList();
                }
            } catch (ExecutionException e) {
                record(cause(description.getKey(), e.getCause()));
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        record(null);
        measure(admin, partitions);
        if (!settingsChecked) {
            settingsChecked = true;
            checkSettings(admin);
        }
    }

    private void measure(Admin admin, List<TopicPartition> partitions) {
        // What waits behind a transaction that is open cannot be read yet, but it waits.
        var begins = offsets(admin, partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
        var stables = offsets(admin, partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
        var ends = offsets(admin, partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
        try {
            var measured = new HashMap<TopicPartition, Span>();
            for (var partition : partitions) {
                var end = ends.partitionResult(partition).get().offset();
                measured.put(
                        partition,
                        new Span(begins.partitionResult(partition).get().offset(), end));
                transactions.measured(
                        partition, stables.partitionResult(partition).get().offset(), end);
            }
            spans = Map.copyOf(measured);
        } catch (ExecutionException e) {
            LOG.debug("how many updates there are is not known", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ListOffsetsResult offsets(
            Admin admin, List<TopicPartition> partitions, OffsetSpec spec, IsolationLevel level) {
        return admin.listOffsets(
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> spec)),
                new ListOffsetsOptions(level).timeoutMs(TIMEOUT_MILLIS));
    }

    /** What the topics' settings make likely is said once, and not only when a record is refused. */
    private void checkSettings(Admin admin) {
        try {
            var settings = settings(admin);
            var largestUpdate = largestMessage(settings, updates);
            suggest(settings, deadLetters, "the dead letter of the largest update", largestUpdate + HEADERS);
            suggest(settings, outcomes, "the largest outcome", LARGEST_OUTCOME);
            for (var topic : topics.keySet()) {
                var policy = setting(settings, topic, TopicConfig.CLEANUP_POLICY_CONFIG);
                if (policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                    LOG.warn(
                            "{}: cleanup.policy={} removes all but the last record of each key; set it to delete",
                            topic,
                            policy);
                }
            }
        } catch (ExecutionException e) {
            LOG.info(
                    "{} or {} may be too small or compacted, which cannot be looked up without the right to"
                            + " DescribeConfigs of them and of {}: {}",
                    deadLetters,
                    outcomes,
                    updates,
                    String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void suggest(Map<String, Config> settings, String topic, String what, long size) {
        var largest = largestMessage(settings, topic);
        if (largest < size) {
            LOG.warn(
                    "{}: max.message.bytes={} is too small for {}, which is shortened then; set it to {} or more",
                    topic,
                    largest,
                    what,
                    size);
        }
    }

    private static long largestMessage(Map<String, Config> settings, String topic) {
        return Long.parseLong(setting(settings, topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
    }

    private static String setting(Map<String, Config> settings, String topic, String name) {
        return Objects.requireNonNull(settings.get(topic), topic).get(name).value();
    }

    private Map<String, Config> settings(Admin admin) throws ExecutionException, InterruptedException {
        var resources = topics.keySet().stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        return admin
                .describeConfigs(resources, new DescribeConfigsOptions().timeoutMs(TIMEOUT_MILLIS))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(topic -> topic.getKey().name(), Map.Entry::getValue));
    }

    private String missingRight(String topic) {
        return "the right to " + topics.get(topic) + " the topic " + topic + " is missing";
    }

    private String cause(String topic, @Nullable Throwable failure) {
        if (failure instanceof UnknownTopicOrPartitionException) {
            return "the topic " + topic + " is missing";
        }
        if (failure instanceof TopicAuthorizationException) {
            return missingRight(topic);
        }
        if (failure instanceof TimeoutException) {
            return "no broker answers";
        }
        if (failure instanceof AuthenticationException) {
            connectAnew();
            return "no connection to a broker: " + ConsumerHealth.cause(failure);
        }
        return "the topic " + topic + " cannot be used: " + failure;
    }

    /** Otherwise a login that has ended for good would be used for ever. */
    private void connectAnew() {
        var current = admin;
        if (current != null) {
            admin = null;
            current.close(Duration.ZERO);
        }
    }

    private void record(@Nullable String cause) {
        var before = outage;
        var now = clock.instant();
        if (cause == null) {
            outage = null;
            if (before != null && !before.cause().equals(STARTING)) {
                LOG.info("Kafka is back");
            }
            return;
        }
        outage = new Outage(cause, before == null ? now : before.since(), now.plusSeconds(INTERVAL_SECONDS));
        if (before == null || !before.cause().equals(cause)) {
            LOG.warn("Kafka cannot be used cause=[{}] remedy=[{}]", cause, REMEDY);
        }
    }

    @Override
    public void close() {
        schedule.shutdownNow();
        var current = admin;
        if (current != null) {
            current.close(Duration.ofSeconds(1));
        }
    }
}
