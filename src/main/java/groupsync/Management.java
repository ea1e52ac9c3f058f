package groupsync;

import groupsync.kafka.DamagedBatches;
import groupsync.kafka.EventsInHand;
import groupsync.kafka.KafkaWatch;
import groupsync.kafka.Lease;
import groupsync.kafka.Reading;
import groupsync.kafka.Standstill;
import groupsync.management.HealthCheck;
import groupsync.management.HealthCheck.Result;
import groupsync.management.ManagementServer;
import groupsync.metrics.Metrics;
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
final class Management extends SimpleEventNotifierSupport {

    private static final Logger LOG = LoggerFactory.getLogger(Management.class);
    private static final String KAFKA = "kafka";

    private final Settings settings;
    private final EventsInHand inHand;
    private final Gate gate;
    private final Reading reading;
    private final DamagedBatches damaged;
    private final Lease lease;
    private final Metrics metrics;
    private final Clock clock;
    private final Instant started;
    private final LifeWatch life;
    private final ManagementServer server;
    private volatile @Nullable KafkaWatch watch;

    /** @throws WrongSettingException if the management port cannot be had */
    Management(
            Settings settings,
            EventsInHand inHand,
            Gate gate,
            Reading reading,
            DamagedBatches damaged,
            Lease lease,
            Dispatcher dispatcher,
            Metrics metrics,
            Clock clock) {
        this.settings = settings;
        this.inHand = inHand;
        this.gate = gate;
        this.reading = reading;
        this.damaged = damaged;
        this.lease = lease;
        this.metrics = metrics;
        this.clock = clock;
        started = clock.instant();
        life = new LifeWatch(
                Map.of(
                        "the thread that reads updates", reading::tried,
                        "the timer go-on", dispatcher::asked,
                        "the thread that looks at Kafka", this::looked),
                inHand::underWay,
                clock);
        server = server(settings.management, life, List.of(this::zoom, this::kafka), metrics);
        setIgnoreExchangeEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
    }

    /** The port that health and metrics are on. */
    int port() {
        return server.port();
    }

    private static ManagementServer server(
            InetSocketAddress address, HealthCheck life, List<HealthCheck> checks, Metrics metrics) {
        try {
            return new ManagementServer(
                    new InetSocketAddress(address.getHostString(), address.getPort()), life, checks, metrics::scrape);
        } catch (IOException | UnresolvedAddressException e) {
            throw new WrongSettingException(
                    "management.port",
                    "'" + address.getPort() + "' on management.address '" + address.getHostString()
                            + "' cannot be listened on (" + e + "); 0 takes a free port");
        }
    }

    @Override
    public void notify(CamelEvent event) {
        switch (event.getType()) {
            case CamelContextStarted -> {
                var context = ((CamelEvent.CamelContextEvent) event).getContext();
                watch = new KafkaWatch(
                        KafkaClients.settings(context),
                        settings.updates,
                        settings.outcomes,
                        settings.deadLetters,
                        clock,
                        new SteadyClock());
                life.start();
                LOG.info(
                        "health at http://{}:{}/observe/health, metrics at /observe/metrics",
                        settings.management.getHostString(),
                        server.port());
            }
            // Before the routes are stopped: what they wait for then is only what is under way.
            case CamelContextStopping -> inHand.stop();
            default -> {}
        }
    }

    private long looked() {
        var watching = watch;
        return watching == null ? 0 : watching.looked();
    }

    /** For how many seconds the most silent part of the service has given no sign of life. */
    double silence() {
        return life.longestSilence();
    }

    private Result zoom() {
        return gate.closed()
                .filter(why -> !why.part().equals(KAFKA))
                .map(Management::closed)
                .orElseGet(() -> Result.up("zoom"));
    }

    private Result kafka() {
        return kafkaAway()
                .or(() -> gate.closed().filter(why -> why.part().equals(KAFKA)).map(Management::closed))
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
            standstills.addAll(watching.standstills(inHand.positions().keySet()));
        }
        return standstills;
    }

    /** How many of our partitions are not read on, while the others are. */
    double stalled() {
        return standstills().size();
    }

    private static Result closed(Gate.Closed why) {
        return Result.down(why.part(), why.cause(), why.remedy(), why.since(), why.nextProbe());
    }

    private Optional<Result> kafkaAway() {
        var watching = watch;
        if (watching == null) {
            return Optional.of(Result.down(KAFKA, KafkaWatch.STARTING, KafkaWatch.REMEDY, started, clock.instant()));
        }
        return watching.away()
                .map(why -> Result.down(KAFKA, why.cause(), KafkaWatch.REMEDY, why.since(), why.nextLook()))
                .or(() -> reading.failure()
                        .map(why -> Result.down(KAFKA, why.cause(), KafkaWatch.REMEDY, why.since(), clock.instant())))
                .or(() -> lease.doubt()
                        .map(why -> Result.down(KAFKA, why.cause(), KafkaWatch.REMEDY, why.since(), clock.instant())));
    }

    /** The events of our partitions that were not yet read, if that is known, else not a number. */
    double unread() {
        var watching = watch;
        var behind = watching == null ? OptionalLong.empty() : watching.behind(inHand.positions());
        return behind.isPresent() ? behind.getAsLong() : Double.NaN;
    }

    /** 1 if Kafka can be used, as far as known, else 0. */
    double kafkaUp() {
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
