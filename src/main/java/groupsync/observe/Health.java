package groupsync.observe;

import groupsync.SteadyClock;
import groupsync.delivery.CircuitBreaker;
import groupsync.delivery.Pause;
import groupsync.kafka.ConsumerHealth;
import groupsync.kafka.DamagedBatches;
import groupsync.kafka.KafkaHealth;
import groupsync.kafka.Lease;
import groupsync.kafka.Standstill;
import groupsync.observe.HealthCheck.Result;
import groupsync.queue.GroupQueues;
import groupsync.queue.OwnedPartitions;
import groupsync.settings.KafkaClientSettings;
import groupsync.settings.ManagementSettings;
import groupsync.settings.TopicSettings;
import groupsync.settings.WrongSettingException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches over Kafka, and answers whoever watches over the service, for as long as that runs. */
public final class Health extends SimpleEventNotifierSupport {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);
    private static final String KAFKA = "kafka";

    private final ManagementSettings management;
    private final TopicSettings topics;
    private final GroupQueues queues;
    private final OwnedPartitions partitions;
    private final CircuitBreaker breaker;
    private final ConsumerHealth reading;
    private final DamagedBatches damaged;
    private final Lease lease;
    private final Metrics metrics;
    private final Clock clock;
    private final Instant started;
    private final Liveness life;
    private final ObserveServer server;
    private volatile @Nullable KafkaHealth watch;

    /** @throws WrongSettingException if the management port cannot be had */
    public Health(
            ManagementSettings management,
            TopicSettings topics,
            GroupQueues queues,
            OwnedPartitions partitions,
            CircuitBreaker breaker,
            ConsumerHealth reading,
            DamagedBatches damaged,
            Lease lease,
            Metrics metrics,
            Clock clock) {
        this.management = management;
        this.topics = topics;
        this.queues = queues;
        this.partitions = partitions;
        this.breaker = breaker;
        this.reading = reading;
        this.damaged = damaged;
        this.lease = lease;
        this.metrics = metrics;
        this.clock = clock;
        started = clock.instant();
        life = new Liveness(
                Map.of(
                        "the thread that reads updates", reading::polls,
                        "the timer probe-zoom", breaker::checks,
                        "the thread that looks at Kafka", this::looked),
                queues::takenUpdates,
                clock);
        server = server(management, life, List.of(this::zoom, this::kafka), metrics);
        setIgnoreExchangeEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
    }

    /** The port that health and metrics are on. */
    public int port() {
        return server.port();
    }

    private static ObserveServer server(
            ManagementSettings management, HealthCheck life, List<HealthCheck> checks, Metrics metrics) {
        try {
            return new ObserveServer(
                    new InetSocketAddress(management.address(), management.port()), life, checks, metrics::scrape);
        } catch (IOException | UnresolvedAddressException e) {
            throw new WrongSettingException(
                    "management.port",
                    "'" + management.port() + "' on management.address '" + management.address()
                            + "' cannot be listened on (" + e + "); 0 takes a free port");
        }
    }

    @Override
    public void notify(CamelEvent event) {
        switch (event.getType()) {
            case CamelContextStarted -> {
                var context = ((CamelEvent.CamelContextEvent) event).getContext();
                watch = new KafkaHealth(
                        KafkaClientSettings.of(context).client(),
                        topics.updates(),
                        topics.outcomes(),
                        topics.deadLetters(),
                        clock,
                        new SteadyClock());
                life.start();
                LOG.info(
                        "health at http://{}:{}/observe/health, metrics at /observe/metrics",
                        management.address(),
                        server.port());
            }
            // Before the routes are stopped: what they wait for then is only what is under way.
            case CamelContextStopping -> queues.stop();
            default -> {}
        }
    }

    private long looked() {
        var watching = watch;
        return watching == null ? 0 : watching.checks();
    }

    /** For how many seconds the most silent part of the service has given no sign of life. */
    public double silence() {
        return life.longestSilence();
    }

    private Result zoom() {
        return breaker.pause()
                .filter(why -> !why.part().equals(KAFKA))
                .map(Health::closed)
                .orElseGet(() -> Result.up("zoom"));
    }

    private Result kafka() {
        return kafkaAway()
                .or(() ->
                        breaker.pause().filter(why -> why.part().equals(KAFKA)).map(Health::closed))
                .or(this::standstill)
                .orElseGet(() -> Result.up(KAFKA));
    }

    /** Of all partitions that stand still, with the remedy for the first: the others may have the same cause. */
    private Optional<Result> standstill() {
        var standstills = standstills();
        return standstills.stream().findFirst().map(first -> {
            var causes = standstills.stream().map(Standstill::cause).collect(Collectors.joining("; "));
            return Result.down(KAFKA, causes, first.remedy(), first.since(), clock.instant());
        });
    }

    private List<Standstill> standstills() {
        var standstills = new ArrayList<>(damaged.standstills());
        var watching = watch;
        if (watching != null) {
            standstills.addAll(watching.standstills(partitions.positions().keySet()));
        }
        return standstills;
    }

    /** How many of our partitions are not read on, while the others are. */
    public double stalled() {
        return standstills().size();
    }

    private static Result closed(Pause why) {
        return Result.down(why.part(), why.cause(), why.remedy(), why.since(), why.nextProbe());
    }

    private Optional<Result> kafkaAway() {
        var watching = watch;
        if (watching == null) {
            return Optional.of(Result.down(KAFKA, KafkaHealth.STARTING, KafkaHealth.REMEDY, started, clock.instant()));
        }
        return watching.outage()
                .map(why -> Result.down(KAFKA, why.cause(), KafkaHealth.REMEDY, why.since(), why.nextCheck()))
                .or(() -> reading.failure()
                        .map(why -> Result.down(KAFKA, why.cause(), KafkaHealth.REMEDY, why.since(), clock.instant())))
                .or(() -> lease.expiry()
                        .map(why -> Result.down(KAFKA, why.cause(), KafkaHealth.REMEDY, why.since(), clock.instant())));
    }

    /** The events of our partitions that were not yet read, if that is known, else not a number. */
    public double unread() {
        var watching = watch;
        var behind = watching == null ? OptionalLong.empty() : watching.behind(partitions.positions());
        return behind.isPresent() ? behind.getAsLong() : Double.NaN;
    }

    /** 1 if Kafka can be used, as far as known, else 0. */
    public double kafkaUp() {
        return kafkaAway().isEmpty() ? 1 : 0;
    }

    @Override
    protected void doStop() {
        server.close();
        life.close();
        metrics.close();
        var watching = watch;
        if (watching != null) {
            watching.close();
        }
    }
}
